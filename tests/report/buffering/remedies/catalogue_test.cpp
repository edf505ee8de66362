#include "report/buffering/remedies/catalogue.h"

#include "tests/scenarios/json_schema.h"
#include "tests/scenarios/yaml_json.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace streamgauge::report {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string file_text(const std::string& name) {
    std::ifstream in(std::string(STREAMGAUGE_SOURCE_DIR) + "/report/buffering/remedies/" + name,
                     std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

TEST(Catalogue, IsTheFileInsideTheProgram) {
    EXPECT_EQ(products_yaml(), file_text("products.yaml"));
}

TEST(Catalogue, EveryEntryMatchesTheSchema) {
    const auto schema = boost::json::parse(file_text("schema.json"));
    const auto products = scenarios::yaml_to_json(file_text("products.yaml"));
    EXPECT_THAT(scenarios::schema_violations(products, schema), IsEmpty());
    EXPECT_EQ(products.at("products").as_array().size(), remedy_catalogue().products.size());
    EXPECT_EQ(products.at("generic").as_array().size(), remedy_catalogue().generic.size());
}

TEST(Catalogue, TheSchemaNamesTheKindsThatAreBuffering) {
    const auto schema = boost::json::parse(file_text("schema.json"));
    for (const auto& kind : schema.at_pointer("/definitions/kind/enum").as_array()) {
        const std::string_view name(kind.as_string().data(), kind.as_string().size());
        const auto found = std::ranges::find(buffering_names, name);
        ASSERT_NE(found, buffering_names.end()) << name;
        BufferingVerdict verdict;
        verdict.kind = static_cast<BufferingKind>(found - buffering_names.begin());
        EXPECT_TRUE(verdict.is_buffered()) << name;
    }
}

TEST(Catalogue, KnowsTheProductsThatPeopleUse) {
    std::set<std::string> names;
    for (const auto& product : remedy_catalogue().products)
        names.insert(product.name);
    for (const char* name : {"nginx",      "haproxy",
                             "envoy",      "istio",
                             "caddy",      "apache",
                             "varnish",    "lighttpd",
                             "traefik",    "express-compression",
                             "starlette",  "nextjs",
                             "cloudflare", "aws-api-gateway",
                             "cloudfront", "aws-alb",
                             "azure-apim", "google-load-balancer",
                             "kong",       "apisix",
                             "litellm",    "squid",
                             "h2o",        "mitmproxy",
                             "uvicorn"}) {
        EXPECT_TRUE(names.contains(name)) << name;
    }
}

/// One entry, with a line of it replaced.
std::string entry(const std::string& line, const std::string& by) {
    std::string text =
        "generic:\n"
        "  - remedy: Look.\n"
        "products:\n"
        "  - name: one\n"
        "    title: One\n"
        "    seen_by:\n"
        "      - { header: Server, equals: ONE, confidence: 0.5 }\n"
        "    remedies:\n"
        "      - { kinds: [block], when: { tls: true }, remedy: Turn it off., snippet: off }\n"
        "    source: its page\n";
    if (!line.empty()) text.replace(text.find(line), line.size(), by);
    return text;
}

TEST(Catalogue, ReadsAnEntry) {
    const auto catalogue = parse_catalogue(entry("", ""));
    ASSERT_EQ(catalogue.products.size(), 1U);
    const auto& product = catalogue.products[0];
    EXPECT_EQ(product.title, "One");
    EXPECT_EQ(product.signs.at(0).header, "server");
    EXPECT_EQ(product.signs.at(0).match, ProductSign::Match::equals);
    EXPECT_EQ(product.signs.at(0).value, "one");
    EXPECT_EQ(product.timeout, "");
    const auto& advice = product.advice.at(0);
    EXPECT_TRUE(advice.fits(BufferingKind::block, true, false));
    EXPECT_FALSE(advice.fits(BufferingKind::block, false, false));
    EXPECT_FALSE(advice.fits(BufferingKind::full, true, false));
    EXPECT_EQ(catalogue.interest_in("server"), RemedyCatalogue::Interest::value);
    EXPECT_EQ(catalogue.interest_in("via"), RemedyCatalogue::Interest::none);
}

struct Wrong {
    const char* line;
    const char* by;
    const char* sentence;
};

TEST(Catalogue, NamesTheLineOfWhatIsWrong) {
    for (const auto& [line, by, sentence] :
         {Wrong{"title:", "titel:", "line 5: unknown key `titel`"},
          Wrong{"    title: One\n", "", "line 4: `title` is missing"},
          Wrong{"[block]", "[blocks]", "line 9: `blocks` is no kind of buffering"},
          Wrong{"0.5", "1.5", "line 7: `confidence` must be above 0"},
          Wrong{"header: Server, equals: ONE,", "", "line 7: a sign is either"},
          Wrong{"equals: ONE", "equals: ONE, contains: ON", "line 7: a sign has one pattern"},
          Wrong{"equals: ONE", "equals: ONE, unless: [two]", "`unless` names `two`"},
          Wrong{"remedy: Look.", "{ kinds: [full], remedy: Look. }", "must fit all kinds"},
          Wrong{"tls: true", "tls: maybe", "line 9"}, Wrong{"generic:", "generic: [", "line"},
          Wrong{"seen_by:\n      - {", "seen_by: {", "line"}}) {
        try {
            parse_catalogue(entry(line, by));
            ADD_FAILURE() << by;
        } catch (const std::runtime_error& error) {
            EXPECT_THAT(error.what(), HasSubstr(sentence)) << by;
        }
    }
}

}  // namespace
}  // namespace streamgauge::report
