#include "tests/system/fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <ostream>
#include <set>

namespace streamgauge::system_tests {
namespace {

const std::filesystem::path samples = std::filesystem::path(STREAMGAUGE_SOURCE_DIR) / "scenarios";

/// A sample and what makes it short enough for a test.
struct Sample {
    std::string name;
    std::vector<std::string> overrides;
    bool with_baseline = false;  ///< run twice, and the second time compared with the first
};

const std::vector<Sample>& all_samples() {
    static const std::vector<Sample> list{
        {"minimal", {"load.steady.for=2s"}},
        {"closed-loop",
         {"load.warm-up.for=300ms", "load.morning.users=30", "load.morning.think=50ms", "load.morning.for=1s",
          "load.busy.think=50ms", "load.busy.for=1s"}},
        {"open-loop",
         {"load.warm-up.for=300ms", "load.steady.rate=100/s", "load.steady.for=4s", "load.peak.rate=300/s",
          "load.peak.for=2s"}},
        {"abort", {"load.climb.rate=100/s", "load.climb.for=1s"}},
        {"anthropic", {"load.steady.rate=100/s", "load.steady.for=1s"}},
        {"synthetic-prompts", {"load.steady.users=40", "load.steady.for=2s"}},
        {"gateway-split", {"load.steady.for=2s"}},
        {"compare", {"load.steady.rate=60/s", "load.steady.for=4s"}},
        {"labels", {"load.steady.for=2s"}},
        {"hops", {"load.steady.for=3s"}},
        {"baseline",
         {"load.warm-up.for=300ms", "load.steady.rate=60/s", "load.steady.for=8s",
          "baseline.floor.relative=50%"},
         true},
        {"demo", {"load.warm-up.for=300ms", "load.crowd.users=60", "load.crowd.for=3s"}},
    };
    return list;
}

std::ostream& operator<<(std::ostream& out, const Sample& sample) {
    return out << sample.name;
}

class SampleScenario : public ::testing::TestWithParam<Sample> {};

TEST_P(SampleScenario, RunsAgainstTheSimulator) {
    const Simulator plain({"--ttft", "200ms", "--itl", "10ms", "--tokens", "25"});
    const Simulator holding({"--ttft", "200ms", "--itl", "10ms", "--tokens", "60", "--event-size", "300",
                             "--buffering", "block:4096"});
    const TemporaryFolder files;
    const auto url = fmt::format("http://127.0.0.1:{}", plain.port());
    const std::vector<std::string> environment{"STREAMGAUGE_URL=" + url,
                                               "GATEWAY_URL=" + url,
                                               "SERVICE_URL=" + url,
                                               "INGRESS_URL=" + url,
                                               "EDGE_URL=" + url,
                                               fmt::format("DEMO_PLAIN_PORT={}", plain.port()),
                                               fmt::format("DEMO_HELD_PORT={}", holding.port())};
    const auto run_sample = [&](const std::string& name, const std::vector<std::string>& more) {
        std::vector<std::string> command{program(), "run", (samples / (GetParam().name + ".yaml")).string(),
                                         "--out", (files.path() / name).string()};
        for (const auto& text : GetParam().overrides)
            command.insert(command.end(), {"--set", text});
        command.insert(command.end(), more.begin(), more.end());
        return run_until_valid(command, RunFolder(files.path() / name), environment);
    };
    std::vector<std::string> more;
    if (GetParam().with_baseline) {
        EXPECT_EQ(run_sample("before", {}).status, 0);
        more = {"--baseline", (files.path() / "before").string()};
    }
    const auto finished = run_sample("run", more);
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    EXPECT_TRUE(std::filesystem::exists(files.path() / "run" / "report.html"));
}

INSTANTIATE_TEST_SUITE_P(Each, SampleScenario, ::testing::ValuesIn(all_samples()), [](const auto& sample) {
    auto name = sample.param.name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
});

TEST(SampleScenarios, AreAllRun) {
    std::set<std::string> present, run_here;
    for (const auto& entry : std::filesystem::directory_iterator(samples)) {
        if (entry.path().extension() == ".yaml") present.insert(entry.path().stem().string());
    }
    for (const auto& sample : all_samples())
        run_here.insert(sample.name);
    EXPECT_EQ(present, run_here);
}

}  // namespace
}  // namespace streamgauge::system_tests
