#include "scenarios/interpolation.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

std::optional<std::string> environment(std::string_view name) {
    if (name == "KEY") return "sk-1234";
    if (name == "HOST") return "chat.example";
    if (name == "EMPTY") return "";
    if (name == "NESTED") return "${env:KEY}";
    if (name == "HUGE") return std::string(100'000, 'x');
    return std::nullopt;
}

TEST(Interpolate, ReplacesVariables) {
    const Interpolated result = interpolate("https://${env:HOST}/v1?k=${env:KEY}!", environment);
    EXPECT_EQ(result.error, "");
    EXPECT_EQ(result.text, "https://chat.example/v1?k=sk-1234!");
    EXPECT_THAT(result.variables, ElementsAre("chat.example", "sk-1234"));
    EXPECT_TRUE(result.changed);
}

TEST(Interpolate, LeavesOtherTextAlone) {
    for (const char* text : {"", "plain", "$", "$HOME", "{}", "5$", "a } b", "$ {env:KEY}"}) {
        const Interpolated result = interpolate(text, environment);
        EXPECT_EQ(result.text, text);
        EXPECT_FALSE(result.changed) << text;
        EXPECT_EQ(result.error, "") << text;
    }
}

TEST(Interpolate, FallsBackToTheDefaultWhenUnsetOrEmpty) {
    EXPECT_EQ(interpolate("${env:NOPE:-http://127.0.0.1:8080}", environment).text, "http://127.0.0.1:8080");
    EXPECT_EQ(interpolate("${env:EMPTY:-x}", environment).text, "x");
    EXPECT_EQ(interpolate("${env:NOPE:-}", environment).text, "");
    EXPECT_EQ(interpolate("${env:KEY:-x}", environment).text, "sk-1234");
    EXPECT_THAT(interpolate("${env:NOPE:-x}", environment).variables, IsEmpty());
    EXPECT_TRUE(interpolate("${env:NOPE:-x}", environment).changed);
}

TEST(Interpolate, ReportsWhatIsNotThere) {
    EXPECT_THAT(interpolate("${env:NOPE}", environment).error, HasSubstr("`NOPE` is not set"));
    EXPECT_THAT(interpolate("${env:EMPTY}", environment).error, HasSubstr("`EMPTY` is empty"));
    EXPECT_THAT(interpolate("${env:HUGE}", environment).error, HasSubstr("more than 64 KiB"));
}

TEST(Interpolate, RefusesOtherExpressions) {
    for (const char* text : {"${KEY}", "${env:}", "${env:A-B}", "${env: KEY}", "${file:/etc/passwd}", "${}",
                             "${env:1A}", "${ENV:KEY}"}) {
        EXPECT_THAT(interpolate(text, environment).error, HasSubstr("is not understood")) << text;
    }
    EXPECT_THAT(interpolate("${env:KEY", environment).error, HasSubstr("no closing"));
}

TEST(Interpolate, DoesNotLookIntoWhatItReplaced) {
    EXPECT_EQ(interpolate("${env:NESTED}", environment).text, "${env:KEY}");
}

TEST(Interpolate, KeepsALiteralWithTwoDollars) {
    EXPECT_EQ(interpolate("$${env:KEY}", environment).text, "${env:KEY}");
    EXPECT_EQ(interpolate("a $${b} ${env:HOST}$${c}", environment).text, "a ${b} chat.example${c}");
}

TEST(InterpolateTree, ReportsTheScalarAndMarksItUnusable) {
    DiagnosticCollector collector;
    YamlNode root = *parse_yaml("a: ${env:KEY}\n${env:KEY}: ${env:NOPE}\n", "a.yaml", collector);
    interpolate_tree(root, environment, collector);
    EXPECT_EQ(root.find("a")->text, "sk-1234");
    EXPECT_EQ(root.find("a")->raw, "${env:KEY}");
    const YamlNode* second = root.find("${env:KEY}");
    ASSERT_NE(second, nullptr) << "keys are left alone";
    EXPECT_TRUE(second->unusable);
    const auto diagnostics = collector.take_sorted();
    ASSERT_EQ(diagnostics.size(), 1U);
    EXPECT_EQ(diagnostics[0].where.line, 2);
    EXPECT_THAT(diagnostics[0].message, Not(HasSubstr("sk-1234")));
}

}  // namespace
}  // namespace streamgauge::scenarios
