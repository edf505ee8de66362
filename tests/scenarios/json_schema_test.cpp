#include "tests/scenarios/json_schema.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Case {
    const char* schema;
    const char* good;
    const char* bad;
};

TEST(SchemaViolations, FollowEachKeyword) {
    const Case cases[]{
        {R"({"type":"integer"})", "1", "1.5"},
        {R"({"type":["string","null"]})", "null", "true"},
        {R"({"type":"number"})", "1", "\"1\""},
        {R"({"const":1})", "1", "2"},
        {R"({"enum":["a","b"]})", "\"b\"", "\"c\""},
        {R"({"minimum":1})", "1", "0"},
        {R"({"maximum":1})", "1", "2"},
        {R"({"minLength":1})", "\"a\"", "\"\""},
        {R"({"pattern":"^a+$"})", "\"aa\"", "\"ab\""},
        {R"({"items":{"type":"string"}})", "[\"a\"]", "[1]"},
        {R"({"minItems":1})", "[1]", "[]"},
        {R"({"uniqueItems":true})", "[1,2]", "[1,2,1]"},
        {R"({"contains":{"const":1}})", "[2,1]", "[2]"},
        {R"({"properties":{"a":{"const":1}}})", R"({"a":1,"b":2})", R"({"a":2})"},
        {R"({"properties":{"a":false}})", R"({"b":2})", R"({"a":2})"},
        {R"({"properties":{"a":true},"additionalProperties":false})", R"({"a":1})", R"({"b":1})"},
        {R"({"additionalProperties":{"const":1}})", R"({"b":1})", R"({"b":2})"},
        {R"({"propertyNames":{"pattern":"^a"}})", R"({"ab":1})", R"({"b":1})"},
        {R"({"required":["a"]})", R"({"a":1})", R"({"b":1})"},
        {R"({"minProperties":1})", R"({"a":1})", "{}"},
        {R"({"maxProperties":1})", R"({"a":1})", R"({"a":1,"b":2})"},
        {R"({"dependencies":{"a":["b"]}})", R"({"a":1,"b":2})", R"({"a":1})"},
        {R"({"allOf":[{"minimum":1},{"maximum":2}]})", "1", "3"},
        {R"({"anyOf":[{"const":1},{"const":2}]})", "2", "3"},
        {R"({"oneOf":[{"minimum":1},{"maximum":2}]})", "3", "1"},
        {R"({"not":{"const":1}})", "2", "1"},
        {R"({"definitions":{"one":{"const":1}},"allOf":[{"$ref":"#/definitions/one"}]})", "1", "2"},
    };
    for (const auto& [schema, good, bad] : cases) {
        const auto rules = boost::json::parse(schema);
        EXPECT_THAT(schema_violations(boost::json::parse(good), rules), IsEmpty())
            << schema << " and " << good;
        EXPECT_FALSE(schema_violations(boost::json::parse(bad), rules).empty()) << schema << " and " << bad;
    }
}

TEST(SchemaViolations, PointAtThePlace) {
    const auto schema = boost::json::parse(R"({"properties":{"a":{"items":{"minimum":5}}}})");
    EXPECT_THAT(schema_violations(boost::json::parse(R"({"a":[7,1]})"), schema),
                ElementsAre("/a/1: is too small"));
}

TEST(SchemaViolations, PassOverNoKeyword) {
    for (const char* schema : {R"({"multipleOf":2})", R"({"$ref":"#/definitions/none"})",
                               R"({"$ref":"#","description":"ignored"})", R"({"type":"float"})",
                               R"({"$ref":"https://example.com/schema"})"}) {
        EXPECT_THROW(schema_violations(boost::json::parse("1"), boost::json::parse(schema)),
                     std::invalid_argument)
            << schema;
    }
}

TEST(ForEachSubschema, FindsThemAll) {
    std::vector<std::string> pointers;
    for_each_subschema(
        boost::json::parse(R"({"properties":{"a":{"items":{"anyOf":[{},{}]}}},"enum":[{"not":{}}]})"),
        [&](const std::string& pointer, const boost::json::object&) { pointers.push_back(pointer); });
    EXPECT_THAT(pointers, ElementsAre("", "/properties/a", "/properties/a/items",
                                      "/properties/a/items/anyOf/0", "/properties/a/items/anyOf/1"));
}

}  // namespace
}  // namespace streamgauge::scenarios
