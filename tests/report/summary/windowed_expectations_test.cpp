#include "report/summary/windowed_expectations.h"

#include "tests/report/summary/group_fixture.h"
#include "tests/report/summary/run_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

scenarios::Expectation gate(nanoseconds window) {
    scenarios::Expectation made;
    made.condition = ratio_condition("errors", 0.05);
    made.window = window;
    return made;
}

/// Two targets, a warm-up and two phases of 10 s each.
scenarios::Scenario two_phases() {
    auto scenario = scenario_of({"direct", "gateway"}, {"warm", "steady", "peak"});
    scenario.load[0].warmup = true;
    return scenario;
}

std::vector<std::string> places(const Summary& summary) {
    std::vector<std::string> texts;
    for (const auto& each : summary.windowed) {
        texts.push_back(fmt::format("{} {} {} {}/{}", each.expectation, each.target, each.phase, each.missed,
                                    each.windows));
    }
    return texts;
}

RequestMetrics failed_at(nanoseconds start, std::uint32_t target, std::uint32_t phase) {
    auto request = failed_request(Outcome::reset);
    request.start = start;
    request.target = target;
    request.phase = phase;
    return request;
}

TEST(WindowedExpectations, AreJudgedOnEachTargetAndMeasuredPhase) {
    auto scenario = two_phases();
    scenario.expect = {scenarios::Expectation{}, gate(5s), gate(2s)};
    scenario.expect[2].target = "gateway";
    scenario.expect[2].phase = "peak";
    WindowedExpectations windowed(scenario);
    windowed.add(failed_at(1s, 0, 0));
    windowed.add(failed_at(12s, 0, 1));
    WindowedExpectations worker(scenario);
    worker.add(failed_at(21s, 1, 2));
    worker.add(failed_at(29s, 1, 2));
    windowed.merge(worker);
    Summary summary;
    windowed.summarize(summary, nanoseconds::max());
    EXPECT_THAT(places(summary),
                ElementsAre("1 direct steady 1/2", "1 direct peak 0/2", "1 gateway steady 0/2",
                            "1 gateway peak 2/2", "2 gateway peak 2/5"));
    windowed.summarize(summary, 20s);
    EXPECT_THAT(places(summary),
                ElementsAre("1 direct steady 1/2", "1 direct peak 0/0", "1 gateway steady 0/2",
                            "1 gateway peak 0/0", "2 gateway peak 0/0"));
}

TEST(WindowedExpectations, KeepNothingWhereNoneHasAWindow) {
    auto scenario = two_phases();
    scenario.expect.resize(2);
    WindowedExpectations windowed(scenario);
    windowed.add(failed_at(12s, 0, 1));
    Summary summary;
    windowed.summarize(summary, nanoseconds::max());
    EXPECT_THAT(summary.windowed, IsEmpty());
}

TEST(WindowedExpectations, RefuseMoreWindowsThanTheLoaderDoes) {
    auto scenario = two_phases();
    scenario.expect = {gate(1ms), gate(999us), gate(0s), gate(-1s)};
    Summary summary;
    WindowedExpectations(scenario).summarize(summary, nanoseconds::max());
    EXPECT_THAT(places(summary), ElementsAre("0 direct steady 0/10000", "0 direct peak 0/10000",
                                             "0 gateway steady 0/10000", "0 gateway peak 0/10000"));
}

}  // namespace
}  // namespace streamgauge::report
