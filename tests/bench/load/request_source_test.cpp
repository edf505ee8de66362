#include "bench/load/request_source.h"

#include "bench/load/arrival_process.h"

#include <gmock/gmock.h>

#include <map>
#include <set>
#include <tuple>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;

scenarios::Scenario two_targets() {
    scenarios::Scenario scenario;
    scenario.targets.resize(2);
    scenario.targets[0].share = 0.25;
    scenario.targets[1].share = 0.75;
    scenario.workload.prompts =
        scenarios::SyntheticPrompts{{scenarios::LengthDistribution::Kind::uniform, 5, 30}, 0.2};
    return scenario;
}

using Sent =
    std::map<std::uint64_t, std::tuple<std::chrono::nanoseconds, std::uint32_t, std::string, std::string>>;

/// What `workers` workers would send in one open-loop phase, each with its own source and schedule.
Sent sent_by(unsigned workers) {
    const auto scenario = two_targets();
    Sent sent;
    for (unsigned worker = 0; worker < workers; ++worker) {
        const RequestSource source(scenario, 99);
        ArrivalProcess arrivals({{20, 80, 2s}, scenarios::Arrivals::poisson, std::nullopt}, 5s,
                                scenario.seed);
        while (const auto due = arrivals.next()) {
            const auto index = arrivals.count() - 1;
            if (index % workers != worker) continue;
            const auto plan = source.plan({0, 0, index});
            sent[index] = {*due, plan.target, plan.prompt.text, plan.request_id};
        }
    }
    return sent;
}

TEST(RequestSource, PlansTheSameWhateverTheNumberOfWorkers) {
    const auto alone = sent_by(1);
    EXPECT_GT(alone.size(), 200u);
    EXPECT_EQ(alone, sent_by(2));
    EXPECT_EQ(alone, sent_by(7));
}

TEST(RequestSource, DealsTargetsByTheirShares) {
    const RequestSource source(two_targets(), 1);
    int open_loop = 0;
    for (std::uint64_t i = 0; i < 400; ++i)
        open_loop += source.plan({0, 0, i}).target == 0 ? 1 : 0;
    EXPECT_NEAR(open_loop, 100, 1);
    for (std::uint64_t user = 0; user < 5; ++user) {
        int own = 0;
        for (std::uint64_t i = 0; i < 40; ++i)
            own += source.plan({0, user, i}).target == 0 ? 1 : 0;
        EXPECT_NEAR(own, 10, 1) << "user " << user;
    }
}

TEST(RequestSource, RequestsOfOneArrivalShareTheirPairAndNothingElse) {
    auto scenario = two_targets();
    scenario.comparison = {.base = 0, .with = {1}, .chain = false, .prompts = {}, .where = {}};
    const RequestSource source(scenario, 1);
    ASSERT_EQ(source.requests_per_arrival(), 2u);
    std::set<std::string> pairs, ids;
    for (std::uint64_t index = 0; index < 50; ++index) {
        const auto first = source.plan({0, 2, index, 0}), second = source.plan({0, 2, index, 1});
        EXPECT_EQ(first.pair_id, second.pair_id);
        EXPECT_NE(first.target, second.target);
        pairs.insert(first.pair_id);
        ids.insert({first.request_id, second.request_id});
    }
    EXPECT_EQ(pairs.size(), 50u);
    EXPECT_EQ(ids.size(), 100u);
    EXPECT_EQ(RequestSource(two_targets(), 1).plan({0, 2, 0}).pair_id, "");
}

TEST(RequestSource, IdsDifferByKeyAndByRun) {
    const RequestSource source(two_targets(), 1), other_run(two_targets(), 2);
    std::set<std::string> ids;
    for (std::uint32_t phase = 0; phase < 3; ++phase) {
        for (std::uint64_t lane = 0; lane < 20; ++lane) {
            for (std::uint64_t index = 0; index < 50; ++index) {
                ids.insert(source.plan({phase, lane, index}).request_id);
                ids.insert(other_run.plan({phase, lane, index}).request_id);
            }
        }
    }
    EXPECT_EQ(ids.size(), 2u * 3 * 20 * 50);
}

TEST(RequestSource, RunNonceChangesNothingButTheId) {
    const RequestSource source(two_targets(), 1), other_run(two_targets(), 2);
    EXPECT_EQ(source.plan({0, 4, 2}).prompt.text, other_run.plan({0, 4, 2}).prompt.text);
    EXPECT_EQ(source.plan({0, 4, 2}).target, other_run.plan({0, 4, 2}).target);
}

TEST(MakeRequestId, IsAVersion4Uuid) {
    constexpr auto shape = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";
    for (std::uint64_t index = 0; index < 200; ++index) {
        EXPECT_THAT(make_request_id(7, {1, 2, index}), ::testing::MatchesRegex(shape));
    }
}

}  // namespace
}  // namespace streamgauge::load
