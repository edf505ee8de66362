#include "bench/probe/experiment.h"

#include "tests/bench/probe/subject.h"

#include <gmock/gmock.h>

#include <vector>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const auto& target_of(const Experiment& experiment) {
    return experiment.scenario.targets.front();
}

TEST(Experiment, AcceptsOnlyTheCodingItIsAbout) {
    auto subject = usual_subject();
    subject.scenario.targets[0].accept_encoding = {"zstd"};
    EXPECT_THAT(target_of(make_experiment(Variant::plain, subject)).accept_encoding, IsEmpty());
    EXPECT_THAT(target_of(make_experiment(Variant::gzip, subject)).accept_encoding, ElementsAre("gzip"));
    EXPECT_THAT(target_of(make_experiment(Variant::brotli, subject)).accept_encoding, ElementsAre("br"));
    EXPECT_THAT(target_of(make_experiment(Variant::short_answer, subject)).accept_encoding, IsEmpty());
}

TEST(Experiment, AsksForShorterAndLongerAnswers) {
    auto subject = usual_subject();
    EXPECT_EQ(make_experiment(Variant::plain, subject).scenario.workload.max_tokens, 128u);
    EXPECT_EQ(make_experiment(Variant::short_answer, subject).scenario.workload.max_tokens, 32u);
    EXPECT_EQ(make_experiment(Variant::long_answer, subject).scenario.workload.max_tokens, 1024u);
    subject.scenario.workload.max_tokens = 3;
    EXPECT_EQ(make_experiment(Variant::short_answer, subject).scenario.workload.max_tokens, 3u);
    subject.scenario.workload.max_tokens = 5000;
    EXPECT_EQ(make_experiment(Variant::long_answer, subject).scenario.workload.max_tokens, 5000u);
}

TEST(Experiment, AsksOpenAiServersForLogProbabilitiesToEnlargeEvents) {
    auto subject = usual_subject();
    const auto chat = make_experiment(Variant::large_events, subject, 200);
    EXPECT_TRUE(chat.scenario.workload.extra.at("logprobs").as_bool());
    subject.scenario.targets[0].api = "openai-completions";
    const auto completions = make_experiment(Variant::large_events, subject, 200);
    EXPECT_EQ(completions.scenario.workload.extra.at("logprobs").to_number<int>(), 5);
    subject.scenario.targets[0].api = "anthropic-messages";
    EXPECT_THAT(make_experiment(Variant::large_events, subject, 200).scenario.workload.extra, IsEmpty());
}

TEST(Experiment, TellsTheSimulatorTheSizeInAHeader) {
    auto subject = usual_subject();
    const auto plain = make_experiment(Variant::large_events, subject, 200);
    ASSERT_EQ(target_of(plain).headers.size(), 1u);
    EXPECT_EQ(target_of(plain).headers[0].value, "event_size=800");
    subject.scenario.targets[0].headers = {{"x-streamgauge-behaviour", "buffering=full", false}};
    const auto joined = make_experiment(Variant::large_events, subject, 200);
    ASSERT_EQ(target_of(joined).headers.size(), 1u);
    EXPECT_EQ(target_of(joined).headers[0].value, "buffering=full; event_size=800");
}

TEST(Experiment, TellsTheSimulatorTheSizeWhereTheScenarioGivesItsOrders) {
    auto subject = usual_subject();
    subject.scenario.workload.extra["streamgauge"] = boost::json::object{{"event_size", 200}};
    const auto experiment = make_experiment(Variant::large_events, subject, 200);
    EXPECT_THAT(target_of(experiment).headers, IsEmpty());
    const auto& orders = experiment.scenario.workload.extra.at("streamgauge").as_object();
    EXPECT_EQ(orders.at("event_size").to_number<int>(), 800);
}

TEST(Experiment, IsBoundedInRequestsAndTime) {
    auto subject = usual_subject();
    subject.timeout = 2s;
    subject.scenario.limits.requests = 1000;
    subject.scenario.expect.emplace_back();
    subject.scenario.comparison.emplace();
    for (const auto variant : {Variant::plain, Variant::large_events}) {
        const auto scenario = make_experiment(variant, subject, 200).scenario;
        EXPECT_EQ(scenario.limits.requests, 2u);
        EXPECT_EQ(scenario.timeouts.total, 2s);
        EXPECT_EQ(scenario.timeouts.first_token, 2s);
        EXPECT_LE(scenario.load.at(0).duration, 2s);
        EXPECT_THAT(scenario.expect, IsEmpty());
        EXPECT_FALSE(scenario.comparison);
    }
}

TEST(Experiment, CountsWhatIsOpenAtOnce) {
    const auto subject = usual_subject();
    const std::vector<Experiment> first{make_experiment(Variant::plain, subject),
                                        make_experiment(Variant::gzip, subject)};
    EXPECT_EQ(open_at_once(first), 2u);
    const std::vector<Experiment> then{make_experiment(Variant::large_events, subject, 200),
                                       make_experiment(Variant::long_answer, subject)};
    EXPECT_EQ(open_at_once(then), 4u);
}

}  // namespace
}  // namespace streamgauge::probe
