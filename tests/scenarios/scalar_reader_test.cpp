#include "scenarios/scalar_reader.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

/// One scalar read from YAML, and what was said about it.
class ScalarReader : public ::testing::Test {
  protected:
    const YamlNode& node(std::string_view yaml) {
        node_ = *parse_yaml(yaml, "a.yaml", collector_);
        return node_;
    }
    std::string complaint() {
        const auto diagnostics = collector_.take_sorted();
        return diagnostics.empty() ? "" : diagnostics[0].message;
    }
    DiagnosticCollector collector_;

  private:
    YamlNode node_;
};

TEST_F(ScalarReader, ReadsEachKind) {
    EXPECT_EQ(read_text(node("hello"), "p", collector_), "hello");
    EXPECT_EQ(read_flag(node("true"), "p", collector_), true);
    EXPECT_EQ(read_flag(node("False"), "p", collector_), false);
    EXPECT_EQ(read_duration(node("800ms"), "p", Zero::refused, collector_), 800ms);
    EXPECT_EQ(read_duration(node("0s"), "p", Zero::allowed, collector_), 0ms);
    EXPECT_EQ(read_whole_number(node("+7"), "p", {}, collector_), 7);
    EXPECT_EQ(read_count(node("100k"), "p", collector_), 100'000);
    EXPECT_EQ(read_rate(node("50/s"), "p", collector_), 50);
    EXPECT_EQ(read_percentage(node("60%"), "p", collector_), 0.6);
    EXPECT_FALSE(collector_.has_errors());
}

TEST_F(ScalarReader, NamesThePathAndAnExample) {
    EXPECT_EQ(read_duration(node("5"), "load.peak.for", Zero::refused, collector_), std::nullopt);
    EXPECT_EQ(complaint(),
              "`load.peak.for` needs a duration with its unit, such as `800ms` or `2s`; `5` is not one");
}

TEST_F(ScalarReader, SaysWhatStandsThere) {
    read_count(node("[1]"), "p", collector_);
    EXPECT_THAT(complaint(), HasSubstr("a list is not one"));
    read_count(node("{a: 1}"), "p", collector_);
    EXPECT_THAT(complaint(), HasSubstr("a mapping is not one"));
    read_count(node("~"), "p", collector_);
    EXPECT_THAT(complaint(), HasSubstr("`p` has no value"));
    read_whole_number(node("\"7\""), "p", {}, collector_);
    EXPECT_THAT(complaint(), HasSubstr("the text `7` is not one"));
    read_text(node("42"), "p", collector_);
    EXPECT_THAT(complaint(), HasSubstr("put `42` in quotes"));
}

TEST_F(ScalarReader, KeepsToRanges) {
    EXPECT_EQ(read_whole_number(node("11"), "p", {.least = 1, .most = 10}, collector_), std::nullopt);
    EXPECT_THAT(complaint(), HasSubstr("from 1 to 10"));
    EXPECT_EQ(read_whole_number(node("99999999999999999999"), "p", {}, collector_), std::nullopt);
    EXPECT_EQ(read_percentage(node("101%"), "p", collector_), std::nullopt);
    EXPECT_EQ(read_rate(node("1000001/s"), "p", collector_), std::nullopt);
    EXPECT_EQ(read_count(node("0"), "p", collector_), std::nullopt);
    EXPECT_EQ(read_duration(node("0s"), "p", Zero::refused, collector_), std::nullopt);
}

TEST_F(ScalarReader, NeverShowsWhatAVariableHeld) {
    YamlNode secret = node("\"${env:KEY}\"");
    secret.text = "sk-1234";
    secret.interpolated = true;
    read_duration(secret, "p", Zero::refused, collector_);
    const std::string said = complaint();
    EXPECT_THAT(said, HasSubstr("`${env:KEY}`"));
    EXPECT_THAT(said, Not(HasSubstr("sk-1234")));
}

TEST_F(ScalarReader, ReadsNumbersAndTextsOutOfVariables) {
    YamlNode number = node("\"${env:N}\"");
    number.text = "12";
    number.interpolated = true;
    EXPECT_EQ(read_whole_number(number, "p", {}, collector_), 12);
    EXPECT_EQ(read_text(number, "p", collector_), "12");
}

TEST_F(ScalarReader, PassesOverUnusableValuesInSilence) {
    YamlNode unusable = node("${env:NOPE}");
    unusable.unusable = true;
    EXPECT_EQ(read_duration(unusable, "p", Zero::refused, collector_), std::nullopt);
    EXPECT_EQ(read_text(unusable, "p", collector_), std::nullopt);
    EXPECT_FALSE(collector_.has_errors());
}

TEST(Shown, CutsLongTextsBetweenCharacters) {
    EXPECT_EQ(shown("short"), "short");
    EXPECT_EQ(shown(std::string(100, 'x')), std::string(60, 'x') + "...");
    std::string accents;
    for (int i = 0; i < 50; ++i)
        accents += "x\xc3\xa9";
    EXPECT_EQ(shown(accents).size() % 3, 0U) << "a character was cut in two";
}

}  // namespace
}  // namespace streamgauge::scenarios
