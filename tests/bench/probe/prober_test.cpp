#include "bench/probe/prober.h"

#include "bench/simulator/server.h"
#include "tests/bench/probe/subject.h"

#include <gmock/gmock.h>

#include <thread>
#include <vector>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

simulator::ServeOptions quick_answers() {
    simulator::ServeOptions options;
    options.behaviour.ttft = simulator::Distribution::constant(1ms);
    options.behaviour.itl = simulator::Distribution::constant(0ms);
    return options;
}

class ProberTest : public ::testing::Test {
  protected:
    explicit ProberTest(const simulator::ServeOptions& options = quick_answers()) : server{options} {
        server.start();
        subject.scenario.targets[0].url.port = server.port();
    }

    simulator::Server server;
    Subject subject = usual_subject();
    Prober prober;
};

TEST_F(ProberTest, MakesTwoRequestsOfEachVariantTheSecondOnTheSameConnection) {
    const std::vector experiments{make_experiment(Variant::plain, subject),
                                  make_experiment(Variant::short_answer, subject)};
    const auto trials = prober.run(experiments);
    ASSERT_THAT(trials, SizeIs(4));
    for (std::size_t i = 0; i < trials.size(); ++i) {
        EXPECT_EQ(trials[i].variant, i < 2 ? Variant::plain : Variant::short_answer);
        EXPECT_EQ(trials[i].timeline.outcome, report::Outcome::completed);
        EXPECT_EQ(trials[i].timeline.tokens.size(), i < 2 ? 128u : 32u);
        EXPECT_EQ(trials[i].timeline.new_connection, i % 2 == 0);
    }
    EXPECT_GT(prober.health().reads, 0u);
}

TEST_F(ProberTest, GetsLargerEventsFromTheSimulator) {
    const std::vector experiments{make_experiment(Variant::large_events, subject, 217)};
    const auto trials = prober.run(experiments);
    ASSERT_THAT(trials, SizeIs(2));
    EXPECT_NEAR(trials[0].timeline.tokens.at(0).bytes, 868, 40);
}

TEST_F(ProberTest, AsksNoSecondTimeWhereItWasRefused) {
    subject.scenario.workload.extra["streamgauge"] = boost::json::object{{"fault", "not_found"}};
    const std::vector experiments{make_experiment(Variant::plain, subject)};
    const auto trials = prober.run(experiments);
    ASSERT_THAT(trials, SizeIs(1));
    EXPECT_EQ(trials[0].timeline.http_status, 404);
}

TEST_F(ProberTest, EndsAtOnceWhenAborted) {
    subject.scenario.workload.extra["streamgauge"] = boost::json::object{{"fault", "never_answer"}};
    const std::vector experiments{make_experiment(Variant::plain, subject)};
    const auto start = std::chrono::steady_clock::now();
    std::jthread interruption{[&] {
        while (server.statistics().requests == 0 && std::chrono::steady_clock::now() - start < 20s)
            std::this_thread::sleep_for(1ms);
        prober.abort();
    }};
    const auto trials = prober.run(experiments);
    EXPECT_LT(std::chrono::steady_clock::now() - start, 20s);
    EXPECT_EQ(trials.at(0).timeline.outcome, report::Outcome::aborted);
    EXPECT_THAT(prober.run(experiments), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::probe
