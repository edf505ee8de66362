#include "scenarios/secret_collector.h"

#include "scenarios/diagnostic_collector.h"

#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;

YamlNode tree(std::string_view text) {
    DiagnosticCollector collector;
    return *parse_yaml(text, "a.yaml", collector);
}

TEST(SecretCollector, KeepsEachValueOnceLongestFirst) {
    SecretCollector secrets("");
    for (const char* value : {"abc", "", "abcd", "abcd", "Bearer abcd", "defg"})
        secrets.add(value);
    EXPECT_THAT(secrets.take_values(), ElementsAre("Bearer abcd", "abcd", "defg"));
}

TEST(SecretCollector, HidesPartsWhereTheyAreWritten) {
    const std::string source = "key: sk-1234 # sk-1234 again\nurl: \"http://u:pw@h/\"\nname: sk-1234\n";
    SecretCollector secrets(source);
    const YamlNode root = tree(source);
    EXPECT_TRUE(secrets.hide(*root.find("url"), "u:pw"));
    EXPECT_TRUE(secrets.hide(*root.find("key"), "sk-1234"));
    EXPECT_EQ(secrets.masked_source(), "key: *** # sk-1234 again\nurl: \"http://***@h/\"\nname: sk-1234\n");
}

TEST(SecretCollector, HidesOverlapsOnce) {
    const std::string source = "key: abcdef\n";
    SecretCollector secrets(source);
    const YamlNode root = tree(source);
    EXPECT_TRUE(secrets.hide(*root.find("key"), "abcd"));
    EXPECT_TRUE(secrets.hide(*root.find("key"), "cdef"));
    EXPECT_TRUE(secrets.hide(*root.find("key"), "bc"));
    EXPECT_EQ(secrets.masked_source(), "key: ***\n");
}

TEST(SecretCollector, AdmitsWhenTheValueIsNotWrittenOut) {
    for (const std::string source :
         {"key: \"sk\\x2d1234\"\n", "key: one\n  two\n", "key: >-\n  sk-1234\n", "key: 'it''s'\n"}) {
        SecretCollector secrets(source);
        const YamlNode root = tree(source);
        EXPECT_FALSE(secrets.hide(*root.find("key"), root.find("key")->raw)) << source;
    }
}

TEST(SecretCollector, AValueFromAnArgumentIsNotInTheSource) {
    SecretCollector secrets("a: 1\n");
    YamlNode node;
    node.kind = YamlNode::Kind::scalar;
    node.raw = "sk-1234";
    EXPECT_TRUE(secrets.hide(node, "sk-1234"));
    EXPECT_EQ(secrets.masked_source(), "a: 1\n");
}

}  // namespace
}  // namespace streamgauge::scenarios
