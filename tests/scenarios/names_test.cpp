#include "scenarios/names.h"

#include <gmock/gmock.h>

#include <array>
#include <filesystem>

namespace streamgauge::scenarios {
namespace {

using ::testing::HasSubstr;

YamlNode scalar(std::string text) {
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.where = {"a.yaml", 2, 3};
    node.raw = text;
    node.text = std::move(text);
    return node;
}

TEST(CheckName, TakesLettersDigitsDashesAndUnderscores) {
    DiagnosticCollector collector;
    for (const char* name : {"a", "warm-up", "Peak_2", "2"}) {
        EXPECT_TRUE(check_name(scalar(name), name, "phase", collector)) << name;
    }
    EXPECT_FALSE(collector.has_errors());
    for (const std::string& name : {std::string(), std::string("a.b"), std::string("a b"), std::string("a/b"),
                                    std::string("\xc3\xa9"), std::string(65, 'x')}) {
        EXPECT_FALSE(check_name(scalar(name), name, "phase", collector)) << name;
    }
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("cannot be the name of a phase"));
}

TEST(ReadName, SuggestsANearOne) {
    constexpr std::array<std::string_view, 2> names{"constant", "poisson"};
    DiagnosticCollector collector;
    std::string name;
    EXPECT_TRUE(read_name(scalar("poisson"), "poisson", "p", names, name, collector));
    EXPECT_EQ(name, "poisson");
    EXPECT_FALSE(read_name(scalar("posson"), "posson", "p", names, name, collector));
    const auto diagnostics = collector.take_sorted();
    EXPECT_EQ(diagnostics[0].suggestion, "poisson");
    EXPECT_THAT(diagnostics[0].message, HasSubstr("one of constant, poisson; `posson` is not one"));
}

TEST(CheckReadableFile, TellsMissingFromFolder) {
    const std::filesystem::path here = std::filesystem::path(STREAMGAUGE_SOURCE_DIR) / "scenarios";
    DiagnosticCollector collector;
    EXPECT_TRUE(check_readable_file(here / "minimal.yaml", scalar("x"), "p", collector));
    EXPECT_FALSE(check_readable_file(here / "none.yaml", scalar("x"), "p", collector));
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("none.yaml does not exist"));
    EXPECT_FALSE(check_readable_file(here, scalar("x"), "p", collector));
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("is not a file"));
}

}  // namespace
}  // namespace streamgauge::scenarios
