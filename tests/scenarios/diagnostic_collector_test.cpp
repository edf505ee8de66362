#include "scenarios/diagnostic_collector.h"

#include "scenarios/loader.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::SizeIs;

std::vector<std::string> lines_of(DiagnosticCollector& collector) {
    std::vector<std::string> lines;
    for (const Diagnostic& diagnostic : collector.take_sorted()) {
        lines.push_back(format_diagnostic(diagnostic));
    }
    return lines;
}

TEST(DiagnosticCollector, SortsByPlaceWithArgumentsLast) {
    DiagnosticCollector collector;
    collector.error({"--set drain", 0, 0}, "e");
    collector.error({"a.yaml", 10, 1}, "d");
    collector.error({"a.yaml", 2, 9}, "c");
    collector.warning({"a.yaml", 2, 3}, "b");
    collector.error({"a.yaml", 1, 7}, "a");
    EXPECT_THAT(lines_of(collector),
                ElementsAre("a.yaml:1:7: error: a", "a.yaml:2:3: warning: b", "a.yaml:2:9: error: c",
                            "a.yaml:10:1: error: d", "--set drain: error: e"));
}

TEST(DiagnosticCollector, TellsErrorsFromWarnings) {
    DiagnosticCollector collector;
    EXPECT_FALSE(collector.has_errors());
    collector.warning({}, "odd");
    EXPECT_FALSE(collector.has_errors());
    collector.error({}, "wrong");
    EXPECT_TRUE(collector.has_errors());
}

TEST(DiagnosticCollector, CountsWhatItDoesNotList) {
    DiagnosticCollector collector;
    for (int line = 1; line <= 200; ++line)
        collector.warning({"a.yaml", line, 1}, "odd");
    for (int line = 201; line <= 250; ++line)
        collector.error({"a.yaml", line, 1}, "wrong");
    const auto lines = lines_of(collector);
    ASSERT_THAT(lines, SizeIs(101));
    EXPECT_EQ(lines[0], "a.yaml:1:1: warning: odd");
    EXPECT_EQ(lines[99], "a.yaml:250:1: error: wrong") << "no warning may push an error off the list";
    EXPECT_THAT(lines[100], EndsWith("150 more like these are not listed"));
}

TEST(FormatDiagnostic, EndsWithTheSuggestion) {
    EXPECT_EQ(format_diagnostic({Severity::error, {"dir/a.yaml", 3, 5}, "unknown key `raet`", "rate"}),
              "dir/a.yaml:3:5: error: unknown key `raet` (did you mean `rate`?)");
}

TEST(FormatDiagnostic, StaysOneLineWhateverTheFileHolds) {
    EXPECT_EQ(format_diagnostic({Severity::error, {"a\n.yaml", 1, 1}, "key `\x1b[31m\r`", "\x7f"}),
              "a\\x0a.yaml:1:1: error: key `\\x1b[31m\\x0d` (did you mean `\\x7f`?)");
}

}  // namespace
}  // namespace streamgauge::scenarios
