#include "report/export/json_reader.h"

#include <boost/json/object.hpp>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

TEST(ParseJsonTest, ReadsEveryKindOfValue) {
    const auto json =
        parse_json(R"({"a":[1,-2,18446744073709551615,0.1],"b":{"c":null,"d":true},"e":"x\n\u20ac"})");
    ASSERT_TRUE(json);
    const auto& object = json->as_object();
    EXPECT_EQ(object.at("a").at(1).as_int64(), -2);
    EXPECT_EQ(object.at("a").at(2).as_uint64(), 18'446'744'073'709'551'615U);
    EXPECT_EQ(object.at("a").at(3).as_double(), 0.1);
    EXPECT_TRUE(object.at("b").at("c").is_null());
    EXPECT_TRUE(object.at("b").at("d").as_bool());
    EXPECT_EQ(object.at("e").as_string(), "x\n\u20ac");
}

TEST(ParseJsonTest, RefusesWhatIsNone) {
    for (const auto* text : {"", "{", "{\"a\":}", "nul", "[1,]", "{} {}", "\"\xff\""})
        EXPECT_FALSE(parse_json(text)) << text;
    EXPECT_FALSE(parse_json(std::string(100'000, '[')));
}

TEST(JsonLineReaderTest, ReadsFieldsByTypeAndName) {
    JsonLineReader reader;
    ASSERT_TRUE(reader.parse(
        R"({"integer":-5,"count":7,"number":2.5,"flag":false,"text":"x","list":[1,-2],"pairs":[["a","b"],["c","d"]],"texts":{"e":"f","g":"h"}})"));
    EXPECT_EQ(reader.integer("integer"), -5);
    EXPECT_EQ(reader.count("count"), 7U);
    EXPECT_EQ(reader.number("number"), 2.5);
    EXPECT_EQ(reader.number("count"), 7.0);
    EXPECT_EQ(reader.boolean("flag"), false);
    EXPECT_EQ(reader.text("text"), "x");
    EXPECT_THAT(reader.integers("list").value(), ElementsAre(1, -2));
    EXPECT_THAT(reader.pairs("pairs"), ElementsAre(Pair("a", "b"), Pair("c", "d")));
    EXPECT_THAT(reader.texts("texts"), ElementsAre(Pair("e", "f"), Pair("g", "h")));
}

TEST(JsonLineReaderTest, HasNothingForAbsentFieldsAndOtherTypes) {
    JsonLineReader reader;
    ASSERT_TRUE(reader.parse(
        R"({"integer":-5,"text":"x","none":null,"list":[1,"a"],"pairs":[["a"],["c","d"],1],"texts":{"a":1,"b":null,"c":"d"}})"));
    EXPECT_FALSE(reader.integer("absent"));
    EXPECT_FALSE(reader.integer("text"));
    EXPECT_FALSE(reader.integer("none"));
    EXPECT_FALSE(reader.count("integer"));
    EXPECT_FALSE(reader.number("text"));
    EXPECT_FALSE(reader.boolean("integer"));
    EXPECT_FALSE(reader.text("integer"));
    EXPECT_FALSE(reader.integers("list"));
    EXPECT_FALSE(reader.integers("absent"));
    EXPECT_THAT(reader.pairs("pairs"), ElementsAre(Pair("c", "d")));
    EXPECT_THAT(reader.pairs("text"), IsEmpty());
    EXPECT_THAT(reader.texts("texts"), ElementsAre(Pair("c", "d")));
    EXPECT_THAT(reader.texts("pairs"), IsEmpty());
}

TEST(JsonLineReaderTest, ForgetsTheLineBeforeADamagedOne) {
    JsonLineReader reader;
    EXPECT_FALSE(reader.integer("a"));
    ASSERT_TRUE(reader.parse(R"({"a":1})"));
    for (const auto* line : {"{\"a\":2", "[1]", "", "7"}) {
        EXPECT_FALSE(reader.parse(line)) << line;
        EXPECT_FALSE(reader.integer("a"));
    }
    ASSERT_TRUE(reader.parse(R"({"a":3})"));
    EXPECT_EQ(reader.integer("a"), 3);
}

}  // namespace
}  // namespace streamgauge::report
