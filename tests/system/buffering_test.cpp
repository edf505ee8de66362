#include "tests/system/fixture.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace streamgauge::system_tests {
namespace {

using ::testing::AnyOf;
using ::testing::Eq;

/// How the simulator holds the stream back, and what the run must say.
struct Case {
    std::string name;
    std::string behaviour;
    std::string kind;
    std::string or_kind{};  ///< the other right answer: streams of one speed cannot always decide
    std::string target{};
};

std::ostream& operator<<(std::ostream& out, const Case& given) {
    return out << given.name;
}

class EveryBuffering : public ::testing::TestWithParam<Case> {
  protected:
    /// The verdict on all streams of a run against a simulator that behaves so.
    boost::json::object verdict() {
        const auto& given = GetParam();
        const Simulator simulator;
        Bench bench;
        Scene scene{
            simulator.chat_url(), given.target,
            "ttft: 150ms, itl: \"uniform(10ms,30ms)\", tokens: 100, event_size: 258, " + given.behaviour};
        scene.load = "{ phase: steady, users: 8, for: 3s }";
        const auto finished = bench.run(scene, {"--quiet"});
        EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
        for (const auto& row : bench.folder().rows()) {
            if (row.at("outcome").as_string() != "completed") continue;
            EXPECT_EQ(row.at("token_events").to_number<int>(), 100);
        }
        const auto summary = bench.folder().summary();
        const auto& all = summary.at("groups").as_array().at(0).as_object();
        return all.at("buffering").at("verdict").as_object();
    }
};

TEST_P(EveryBuffering, IsFoundAsItWasAskedFor) {
    const auto& given = GetParam();
    const auto found = verdict();
    EXPECT_THAT(std::string(found.at("kind").as_string()), AnyOf(Eq(given.kind), Eq(given.or_kind))) << found;
}

const std::string gzip = "accept_encoding: [gzip]";
const std::string brotli = "accept_encoding: [br]";
const std::string zstd = "accept_encoding: [zstd]";

INSTANTIATE_TEST_SUITE_P(
    Table, EveryBuffering,
    ::testing::Values(Case{"None", "buffering: none", "none"}, Case{"Full", "buffering: full", "full"},
                      Case{"Block", "buffering: \"block:4096\"", "block"},
                      Case{"Timer", "buffering: \"timer:200ms\"", "timer", "timer_or_window"},
                      Case{"TokenWindow", "buffering: \"tokens:12\"", "token_window", "timer_or_window"},
                      Case{"FlushedGzip", "encoding: gzip", "none", "", gzip},
                      Case{"FlushedBrotli", "encoding: br", "none", "", brotli},
                      Case{"FlushedZstd", "encoding: zstd", "none", "", zstd},
                      Case{"HeldGzip", "encoding: gzip, compress_held: on", "compression", "", gzip},
                      Case{"HeldBrotli", "encoding: br, compress_held: on", "compression", "", brotli},
                      Case{"HeldZstd", "encoding: zstd, compress_held: on", "compression", "", zstd}),
    [](const auto& given) { return given.param.name; });

}  // namespace
}  // namespace streamgauge::system_tests
