#include "bench/load/engine.h"
#include "report/export/run_folder.h"
#include "report/export/run_info.h"
#include "report/export/run_recorder.h"
#include "scenarios/loader.h"
#include "tests/system/fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <sched.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <vector>

namespace streamgauge::system_tests {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::HasSubstr;

/// The last core this test may use.
std::string some_core() {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    int core = CPU_SETSIZE - 1;
    while (!CPU_ISSET(core, &set))
        --core;
    return std::to_string(core);
}

std::vector<std::string> before(std::vector<std::string> first, const std::vector<std::string>& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

/// The names of the checks that made the run invalid.
std::vector<std::string> broken_checks(const RunFolder& folder) {
    std::vector<std::string> names;
    const auto summary = folder.summary();
    for (const auto& check : summary.at("validity").at("checks").as_array()) {
        if (check.at("state").as_string() == "invalid") names.emplace_back(check.at("name").as_string());
    }
    return names;
}

/// Hands timelines on, and keeps how far the time of each token is from the stamp of the server.
class TokenErrors final : public report::TimelineSink {
  public:
    explicit TokenErrors(report::TimelineSink& next) : next_{next} {}

    void on_timeline(const report::StreamTimeline& timeline) override {
        next_.on_timeline(timeline);
        for (std::size_t i = 0; i < std::min(timeline.tokens.size(), timeline.stamps.size()); ++i)
            errors.push_back(timeline.arrival(i).time_since_epoch() - timeline.stamps[i].sent);
    }

    std::vector<nanoseconds> errors;

  private:
    report::TimelineSink& next_;
};

struct StalledRun {
    report::Summary summary;
    std::vector<nanoseconds> token_errors;
};

/// One worker that is asleep for `nap` before each look at its sockets, recorded as `streamgauge run` does.
StalledRun run_stalled(const Scene& scene, nanoseconds nap, const std::filesystem::path& folder) {
    const auto loaded = scenarios::parse_scenario(scenario_text(scene), "stalled.yaml");
    if (!loaded.scenario) throw std::runtime_error(scenarios::format_diagnostic(loaded.diagnostics.at(0)));
    const auto start = std::chrono::steady_clock::now() + 200ms;
    const auto unix_ns = nanoseconds{std::chrono::system_clock::now().time_since_epoch() + 200ms}.count();
    report::RunRecorder recorder(*loaded.scenario, report::RunFolder::create(folder),
                                 report::describe_run(*loaded.scenario, 1, unix_ns), 1, start, unix_ns);
    TokenErrors sink(recorder.sink(0));
    load::Engine engine(*loaded.scenario, {1, start, nap}, {&sink});
    const auto result = engine.run();
    return {recorder.finish(result.health, result.duration, 0), std::move(sink.errors)};
}

TEST(Validity, AStalledWorkerKeepsTokenTimesAndOwnsUpToSendingLate) {
    const Simulator simulator;
    Scene scene{simulator.chat_url(), "", "stamps: true, ttft: 250ms, itl: 400ms, tokens: 5"};
    scene.load = "{ phase: steady, rate: 50/s, for: 2s }";
    const TemporaryFolder files;
    auto run = run_stalled(scene, 190ms, files.path() / "run");
    ASSERT_EQ(run.token_errors.size(), 500U);
    // By its own clock the client would be late by half a nap at the median. The rest is for a server that
    // waits for its core between its stamp and its write.
    std::ranges::sort(run.token_errors);
    EXPECT_LT(run.token_errors[run.token_errors.size() / 2], 1ms);
    EXPECT_LT(run.token_errors[run.token_errors.size() * 9 / 10], 10ms);
    EXPECT_GT(run.token_errors.front(), -50us);

    EXPECT_FALSE(run.summary.validity.valid);
    const auto& checks = run.summary.validity.checks;
    const auto send_lag = std::ranges::find(checks, "send_lag", &report::ValidityCheck::name);
    ASSERT_NE(send_lag, checks.end());
    EXPECT_EQ(send_lag->state, report::ValidityCheck::State::invalid) << send_lag->figure;
    EXPECT_THAT(send_lag->remedy, HasSubstr("left later than they were due"));
    EXPECT_EQ(run.summary.verdict.exit_code, 3);
}

TEST(Validity, OpenFilesThatRunOutAreNotMeasurable) {
    const Simulator simulator;
    Scene scene{simulator.chat_url(), "", "ttft: 600ms, itl: 5ms, tokens: 3"};
    scene.load = "{ phase: steady, rate: 200/s, for: 1s }";
    Bench bench;
    const auto finished = run(before({"sh", "-c", "ulimit -n 64; exec \"$@\"", "sh"},
                                     bench.command(scene, {"--quiet", "--workers", "1"})));
    EXPECT_EQ(finished.status, 3) << finished.out << finished.err;
    EXPECT_THAT(broken_checks(bench.folder()), ::testing::Contains("delivered_load"));
    EXPECT_THAT(finished.out, HasSubstr("Raise the limits on open files"));
    bool told = false;
    for (const auto& row : bench.folder().rows()) {
        if (row.at("outcome").as_string() != "not_started") continue;
        EXPECT_THAT(std::string(row.at("detail").as_string()), HasSubstr("`ulimit -n`"));
        told = true;
    }
    EXPECT_TRUE(told);
}

TEST(Validity, AClientStarvedByABusyNeighbourIsNotMeasurable) {
    const Simulator simulator;
    const std::string core = some_core();
    const std::vector<std::string> busy{"taskset", "-c", core, "sh", "-c", "while :; do :; done"};
    const Process neighbour{busy}, another{busy};
    Scene scene{simulator.chat_url(), "", "ttft: 50ms, itl: 5ms, tokens: 100"};
    scene.load = "{ phase: steady, users: 100, for: 2s }";
    Bench bench;
    const auto finished = run(before({"taskset", "-c", core, "nice", "-n", "19"},
                                     bench.command(scene, {"--quiet", "--workers", "1"})));
    EXPECT_EQ(finished.status, 3) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("Not measurable"));
    EXPECT_THAT(finished.out, HasSubstr("Something else uses"));
    EXPECT_THAT(broken_checks(bench.folder()), ::testing::Contains("core_wait"));
}

TEST(Validity, AServerFasterThanItCanBeReadIsNotMeasurable) {
    const Simulator simulator;
    Scene scene{simulator.chat_url(), "", "ttft: 5ms, itl: 0ms, tokens: 100000"};
    scene.load = "{ phase: steady, users: 8, for: 1s }";
    Bench bench;
    const auto finished = run(bench.command(scene, {"--quiet", "--workers", "1"}));
    EXPECT_EQ(finished.status, 3) << finished.out << finished.err;
    EXPECT_THAT(broken_checks(bench.folder()), ::testing::Contains("uncertain_tokens"));
    EXPECT_THAT(finished.out, HasSubstr("The client read its sockets too late"));
    EXPECT_FALSE(bench.folder().rows().empty()) << "what was measured is kept";
}

}  // namespace
}  // namespace streamgauge::system_tests
