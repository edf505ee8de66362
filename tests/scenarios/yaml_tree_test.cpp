#include "scenarios/yaml_tree.h"

#include <gmock/gmock.h>

#include <chrono>

namespace streamgauge::scenarios {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

struct Parsed {
    std::optional<YamlNode> root;
    std::vector<Diagnostic> diagnostics;
};

Parsed parse(std::string_view text) {
    DiagnosticCollector collector;
    Parsed parsed;
    parsed.root = parse_yaml(text, "a.yaml", collector);
    parsed.diagnostics = collector.take_sorted();
    return parsed;
}

TEST(YamlTree, KeepsPlacesOfKeysAndValues) {
    const Parsed parsed = parse("a: 1\nb:\n  - x\n  - \"y z\"\n");
    ASSERT_TRUE(parsed.root);
    const YamlNode* list = parsed.root->find("b");
    ASSERT_NE(list, nullptr);
    EXPECT_EQ(list->key_where.line, 2);
    EXPECT_EQ(list->key_where.column, 1);
    ASSERT_THAT(list->children, SizeIs(2));
    EXPECT_EQ(list->children[1].where.line, 4);
    EXPECT_EQ(list->children[1].where.column, 5);
    EXPECT_EQ(list->children[1].text, "y z");
    EXPECT_EQ(list->children[1].where.file, "a.yaml");
}

TEST(YamlTree, TellsQuotedFromPlain) {
    const Parsed parsed = parse("[1, \"1\", '1', yes, true, 1.5, 1e3, -4, .5, 5., 1s, +, \"\"]");
    ASSERT_TRUE(parsed.root);
    std::vector<ScalarType> types;
    for (const YamlNode& node : parsed.root->children)
        types.push_back(scalar_type(node));
    using enum ScalarType;
    EXPECT_THAT(types, ::testing::ElementsAre(whole_number, text, text, text, boolean, number, number,
                                              whole_number, number, number, text, text, text));
}

TEST(YamlTree, ReportsDuplicateKeysAndKeepsTheFirst) {
    const Parsed parsed = parse("a: 1\nb: 2\na: 3\na: 4\n");
    ASSERT_THAT(parsed.diagnostics, SizeIs(2));
    EXPECT_EQ(parsed.diagnostics[0].where.line, 3);
    EXPECT_THAT(parsed.diagnostics[1].message, HasSubstr("line 1 already"));
    EXPECT_EQ(parsed.root->find("a")->text, "1");
}

TEST(YamlTree, CopiesWhatAnAliasNames) {
    const Parsed parsed = parse("a: &x { b: 1 }\nc: *x\n");
    ASSERT_TRUE(parsed.root);
    EXPECT_EQ(parsed.root->find("c")->find("b")->text, "1");
    EXPECT_EQ(parsed.root->find("c")->key_where.line, 2);
}

TEST(YamlTree, RefusesAnAliasInsideItself) {
    const Parsed parsed = parse("a: &x [*x]\n");
    EXPECT_FALSE(parsed.root);
    ASSERT_THAT(parsed.diagnostics, SizeIs(1));
    EXPECT_THAT(parsed.diagnostics[0].message, HasSubstr("inside the value it names"));
}

TEST(YamlTree, BoundsWhatAliasesUnfoldTo) {
    std::string text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j)
            text += (j > 0 ? ", *a" : "*a") + std::to_string(i - 1);
        text += "]\n";
    }
    const Parsed parsed = parse(text);
    EXPECT_FALSE(parsed.root);
    ASSERT_THAT(parsed.diagnostics, SizeIs(1));
    EXPECT_THAT(parsed.diagnostics[0].message, HasSubstr("more than 20000 values"));
}

TEST(YamlTree, BoundsTheDepth) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    EXPECT_TRUE(parse(nested(deepest_yaml_nesting)).root);
    const Parsed deeper = parse(nested(deepest_yaml_nesting + 1));
    EXPECT_FALSE(deeper.root);
    EXPECT_THAT(deeper.diagnostics[0].message, HasSubstr("nested more than 64 levels deep"));
}

TEST(YamlTree, BoundsTheDepthThatAliasesBuildUp) {
    std::string text = "a0: &a0 [x]\n";
    for (int i = 1; i < 100; ++i) {
        text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [*a" + std::to_string(i - 1) + "]\n";
    }
    const Parsed parsed = parse(text);
    EXPECT_FALSE(parsed.root);
    EXPECT_THAT(parsed.diagnostics[0].message, HasSubstr("levels deep"));
}

TEST(YamlTree, RefusesTagsSecondDocumentsAndOddKeys) {
    EXPECT_THAT(parse("a: !!binary aGk=\n").diagnostics[0].message, HasSubstr("tags"));
    EXPECT_THAT(parse("a: 1\n---\nb: 2\n").diagnostics[0].message, HasSubstr("second YAML document"));
    EXPECT_THAT(parse("{[a]: 1}\n").diagnostics[0].message, HasSubstr("plain word"));
    EXPECT_THAT(parse("? {a: 1}\n: 1\n").diagnostics[0].message, HasSubstr("plain word"));
    EXPECT_THAT(parse("~: 1\n").diagnostics[0].message, HasSubstr("a key is missing"));
}

TEST(YamlTree, GivesAPlaceToSyntaxErrors) {
    const Parsed parsed = parse("a: 1\nb: [1, 2\n");
    EXPECT_FALSE(parsed.root);
    ASSERT_THAT(parsed.diagnostics, SizeIs(1));
    EXPECT_THAT(parsed.diagnostics[0].message, HasSubstr("not valid YAML"));
    EXPECT_GE(parsed.diagnostics[0].where.line, 2);
}

TEST(YamlTree, AnEmptyTextIsNull) {
    for (const char* text : {"", "\n", "# only a comment\n", "---\n"}) {
        const Parsed parsed = parse(text);
        ASSERT_TRUE(parsed.root) << text;
        EXPECT_TRUE(parsed.root->is_null()) << text;
    }
}

/// A megabyte of any of these must neither crash nor take long; the file bound lets no more in.
TEST(YamlTree, SurvivesHostileTexts) {
    const auto start = std::chrono::steady_clock::now();
    for (const char* piece :
         {"[", "{", "- ", "? ", "a: ", "&a ", "*a ", "\"", "'", "|\n", "{a: [", "\xff", "- - \n"}) {
        std::string text;
        while (text.size() < 1024 * 1024)
            text += piece;
        const Parsed parsed = parse(text);
        EXPECT_FALSE(parsed.diagnostics.empty() && !parsed.root) << piece;
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(60));
}

}  // namespace
}  // namespace streamgauge::scenarios
