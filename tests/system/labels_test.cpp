#include "tests/system/fixture.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <map>
#include <string>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

struct Said {
    std::uint64_t requests = 0;
    double ttft_p50_ms = 0;
};

/// What the summary says of each value of its one label.
std::map<std::string, Said> said_in(const boost::json::object& summary) {
    std::map<std::string, Said> said;
    for (const auto& group : summary.at("labels").at(0).at("groups").as_array()) {
        auto& value = said[std::string(group.at("value").as_string())];
        value.requests = group.at("due").to_number<std::uint64_t>();
        value.ttft_p50_ms =
            group.at("metrics").at("ttft").at("percentiles").at(0).at("value_ns").to_number<double>() / 1e6;
    }
    return said;
}

TEST(Labels, TellCacheHitsFromMisses) {
    Bench bench;
    const Simulator server(
        {"--cache-hits", "30%", "--ttft", "200ms", "--hit-ttft", "20ms", "--itl", "2ms", "--tokens", "10"});
    const Scene scene{.url = server.chat_url(),
                      .load = "{ phase: steady, users: 20, for: 3s }",
                      .more = "labels: { cache: response.header(x-cache) }\n"};
    const auto finished = bench.run(scene);
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("By cache (x-cache)"));
    const auto summary = bench.folder().summary();
    auto said = said_in(summary);
    ASSERT_EQ(said.size(), 2U);
    EXPECT_GT(said["HIT"].requests, 30U);
    EXPECT_GT(said["MISS"].requests, said["HIT"].requests);
    EXPECT_NEAR(said["HIT"].ttft_p50_ms, 20, 15);
    EXPECT_NEAR(said["MISS"].ttft_p50_ms, 200, 15);
    std::map<std::string, std::uint64_t> rows;
    for (const auto& row : bench.folder().rows())
        ++rows[std::string(row.at("labels").at("cache").as_string())];
    EXPECT_EQ(rows["HIT"], said["HIT"].requests);
    EXPECT_EQ(rows["MISS"], said["MISS"].requests);

    const auto again = run({program(), "report", bench.folder().path().string(), "--json"});
    EXPECT_EQ(again.status, 0) << again.err;
    EXPECT_EQ(boost::json::serialize(boost::json::parse(again.out).at("labels")),
              boost::json::serialize(summary.at("labels")));
}

}  // namespace
}  // namespace streamgauge::system_tests
