#include "scenarios/mapping_reader.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class MappingReaderTest : public ::testing::Test {
  protected:
    const YamlNode& node(std::string_view yaml) {
        node_ = *parse_yaml(yaml, "a.yaml", collector_);
        return node_;
    }
    DiagnosticCollector collector_;

  private:
    YamlNode node_;
};

TEST_F(MappingReaderTest, LeavesWhatIsNotThere) {
    MappingReader reader(node("{ a: text, b: true, c: 2s, d: 5k, e: 50% }"), "p", collector_);
    std::string a, other = "as before";
    bool b = false;
    std::chrono::nanoseconds c{};
    std::optional<std::uint64_t> d;
    double e = 0;
    reader.text("a", a);
    reader.text("other", other);
    reader.flag("b", b);
    reader.duration("c", c, Zero::refused);
    reader.count("d", d);
    reader.percentage("e", e);
    reader.reject_unknown_keys();
    EXPECT_EQ(a, "text");
    EXPECT_EQ(other, "as before");
    EXPECT_TRUE(b);
    EXPECT_EQ(c, 2s);
    EXPECT_EQ(d, 5000);
    EXPECT_EQ(e, 0.5);
    EXPECT_FALSE(collector_.has_errors());
}

TEST_F(MappingReaderTest, WhatNobodyAskedForIsUnknown) {
    MappingReader reader(node("{ idle: 5s, iddle: 6s, bandwidth: 7 }"), "timeouts", collector_);
    std::chrono::nanoseconds idle{};
    reader.duration("idle", idle, Zero::refused);
    reader.reject_unknown_keys();
    const auto diagnostics = collector_.take_sorted();
    ASSERT_THAT(diagnostics, SizeIs(2));
    EXPECT_EQ(diagnostics[0].message, "unknown key `iddle` in `timeouts`");
    EXPECT_EQ(diagnostics[0].suggestion, "idle");
    EXPECT_EQ(diagnostics[0].where.column, 13);
    EXPECT_EQ(diagnostics[1].message, "unknown key `bandwidth` in `timeouts`; its keys are idle");
}

TEST_F(MappingReaderTest, RequireShowsHowToWriteTheKey) {
    MappingReader reader(node("{ a: 1 }"), "", collector_);
    EXPECT_EQ(reader.require("load", "load: [...]"), nullptr);
    EXPECT_EQ(collector_.take_sorted()[0].message,
              "the scenario has no `load`; write one, such as `load: [...]`");
    EXPECT_EQ(reader.path_of("load"), "load");
}

TEST_F(MappingReaderTest, FindsNothingInWhatIsNoMapping) {
    MappingReader reader(node("[a]"), "limits", collector_);
    EXPECT_EQ(reader.find("a"), nullptr);
    EXPECT_EQ(reader.require("a", "a: 1"), nullptr);
    reader.reject_unknown_keys();
    const auto diagnostics = collector_.take_sorted();
    ASSERT_THAT(diagnostics, SizeIs(1)) << "one error says it all";
    EXPECT_THAT(diagnostics[0].message, HasSubstr("`limits` needs a mapping"));
}

}  // namespace
}  // namespace streamgauge::scenarios
