#include "scenarios/json_reader.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using ::testing::HasSubstr;

boost::json::object read(std::string_view yaml, DiagnosticCollector& collector) {
    const YamlNode node = *parse_yaml(yaml, "a.yaml", collector);
    return read_request_extra(node, "extra", collector);
}

TEST(RequestExtra, BecomesTheJsonItStandsFor) {
    DiagnosticCollector collector;
    const auto object = read(
        "{ temperature: 0, top_p: 0.95, n: -1, big: 18446744073709551615, on: true, off: FALSE, none: ~, "
        "empty: "
        "\"\", stop: [\"\\n\", \"5\", yes], tools: [{ type: function }], small: 1e-3, plus: +4 }",
        collector);
    EXPECT_FALSE(collector.has_errors());
    EXPECT_EQ(boost::json::value(object),
              boost::json::parse(R"({"temperature":0,"top_p":0.95,"n":-1,"big":18446744073709551615,"on":true,
                  "off":false,"none":null,"empty":"","stop":["\n","5","yes"],"tools":[{"type":"function"}],
                  "small":1e-3,"plus":4})"));
    EXPECT_TRUE(object.at("temperature").is_int64()) << "0, not 0.0: servers tell them apart";
}

TEST(RequestExtra, RefusesStreamAndNumbersBeyondAllRanges) {
    DiagnosticCollector collector;
    read("{ stream: true }", collector);
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("`extra.stream` cannot be set"));
    read("{ temperature: 1e999 }", collector);
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("out of range"));
    read("text", collector);
    EXPECT_THAT(collector.take_sorted()[0].message, HasSubstr("needs a mapping"));
}

}  // namespace
}  // namespace streamgauge::scenarios
