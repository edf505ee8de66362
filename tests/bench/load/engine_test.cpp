#include "bench/load/engine.h"

#include "report/model/client_certainty.h"
#include "tests/bench/net/scripted_server.h"

#include <gmock/gmock.h>

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;
using net::testing::ScriptedServer;
using report::StreamTimeline;
using std::chrono::nanoseconds;

std::string stream_of(int tokens) {
    std::string body;
    for (int i = 0; i < tokens; ++i)
        body += "data: {\"choices\":[{\"delta\":{\"content\":\"hi\"}}]}\n\n";
    body += "data: [DONE]\n\n";
    return "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// Answers every request with three tokens at once.
void answer(int descriptor, int) {
    while (!ScriptedServer::read_request(descriptor).empty())
        net::testing::write_all(descriptor, stream_of(3));
}

/// Answers every request with two tokens, the second some milliseconds after the first.
void answer_in_two_writes(int descriptor, int) {
    // Else the second waits for the client's delayed acknowledgement, about 40 ms.
    const int on = 1;
    ASSERT_EQ(::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), 0);
    while (!ScriptedServer::read_request(descriptor).empty()) {
        const std::string stream = stream_of(2);
        const auto second = stream.rfind("data: {");
        net::testing::write_all(descriptor, stream.substr(0, second));
        std::this_thread::sleep_for(5ms);
        net::testing::write_all(descriptor, stream.substr(second));
    }
}

/// Takes a request and never answers; ends when the client closes.
void keep_silent(int descriptor, int) {
    while (!ScriptedServer::read_request(descriptor).empty()) {
    }
}

/// Keeps what a worker hands over.
class Keeper final : public report::TimelineSink {
  public:
    void on_timeline(const StreamTimeline& timeline) override { timelines.push_back(timeline); }
    std::vector<StreamTimeline> timelines;
};

scenarios::Scenario scenario(std::uint16_t port) {
    scenarios::Scenario scenario;
    scenarios::Target target;
    target.name = "server";
    target.url.host = "127.0.0.1";
    target.url.port = port;
    scenario.targets.push_back(target);
    scenario.drain = 5s;
    return scenario;
}

scenarios::LoadPhase closed(double users, nanoseconds duration) {
    scenarios::LoadPhase phase;
    phase.shape = scenarios::ClosedLoop{{users, users, 0ns}, 0ns};
    phase.duration = duration;
    return phase;
}

scenarios::LoadPhase open(double rate, nanoseconds duration, std::optional<std::uint64_t> most = {}) {
    scenarios::LoadPhase phase;
    phase.shape = scenarios::OpenLoop{{rate, rate, 0ns}, scenarios::Arrivals::constant, most};
    phase.duration = duration;
    return phase;
}

/// Runs a scenario and gives back all timelines.
class EngineRun {
  public:
    explicit EngineRun(const scenarios::Scenario& scenario, unsigned workers = 1, nanoseconds nap = {})
        : keepers_(workers) {
        std::vector<report::TimelineSink*> sinks;
        for (auto& keeper : keepers_)
            sinks.push_back(&keeper);
        engine.emplace(scenario, EngineOptions{workers, std::chrono::steady_clock::now(), nap}, sinks);
    }

    EngineRun& run() {
        result = engine->run();
        for (const auto& keeper : keepers_) {
            for (const auto& timeline : keeper.timelines) {
                ++outcomes[std::string{to_string(timeline.outcome)}];
                timelines.push_back(timeline);
            }
        }
        return *this;
    }

    std::optional<Engine> engine;
    EngineResult result;
    std::vector<StreamTimeline> timelines;
    std::map<std::string, int> outcomes;

  private:
    std::vector<Keeper> keepers_;
};

using Outcomes = std::map<std::string, int>;

TEST(Engine, ALimitEndsAClosedLoopAfterExactlyThatManyRequests) {
    const ScriptedServer server{answer};
    auto what = scenario(server.port());
    what.load = {closed(4, 60s)};
    what.limits.requests = 100;
    EngineRun run{what, 2};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 100}}));
    EXPECT_LE(server.connections(), 4) << "connections are used again";
    EXPECT_EQ(run.engine->progress().requests_done, 100U);
    EXPECT_EQ(run.engine->progress().token_events, 300U);
    EXPECT_EQ(run.engine->progress().streams_open, 0U);
    EXPECT_GE(run.result.health.reads, 100U);
}

TEST(Engine, TellsWhatTheRunTookOfTheMachineWhateverTheWorkers) {
    const ScriptedServer server{answer};
    auto what = scenario(server.port());
    what.load = {closed(6, 60s)};
    what.limits.requests = 60;
    what.connections.max_rate = 100;
    what.connections.source_addresses = {"127.0.0.2", "127.0.0.3"};
    EngineRun run{what, 3};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 60}}));
    const auto& health = run.result.health;
    EXPECT_EQ(health.peak_ports, static_cast<std::uint64_t>(server.connections()))
        << "none was closed before the end, so all were open at a time, over all workers";
    EXPECT_GT(health.peak_descriptors, health.peak_ports);
    EXPECT_GE(health.descriptor_limit, health.peak_descriptors);
    EXPECT_EQ(health.port_limit % 2, 0U);
    EXPECT_GT(health.port_limit, 1'000U);
    ASSERT_EQ(health.notes.size(), 1U) << "the pace made users wait";
    EXPECT_NE(health.notes[0].find("`connections.max_rate`"), std::string::npos) << health.notes[0];
}

TEST(Engine, EachDueRequestOfAnOpenLoopHasATimelineWhateverTheWorkers) {
    const ScriptedServer server{answer};
    auto what = scenario(server.port());
    what.load = {open(200, 500ms)};
    for (const unsigned workers : {1U, 2U, 3U}) {
        EngineRun run{what, workers};
        EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 100}})) << workers << " workers";
        std::set<std::string> ids;
        for (const auto& timeline : run.timelines)
            ids.insert(timeline.request_id);
        EXPECT_EQ(ids.size(), 100U);
    }
}

TEST(Engine, AWorkerThatNapsFinishesAndKnowsThatItGroupedTokens) {
    const ScriptedServer server{answer_in_two_writes};
    auto what = scenario(server.port());
    what.load = {closed(4, 60s)};
    what.limits.requests = 12;
    EngineRun run{what, 1, 50ms};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 12}}));
    int grouped = 0;
    for (const auto& timeline : run.timelines) {
        report::for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
            if (end - first < 2) return;
            ++grouped;
            EXPECT_TRUE(uncertain) << "the tokens came 5 ms apart";
        });
    }
    EXPECT_GT(grouped, 0) << "a worker asleep finds both tokens at once";
}

TEST(Engine, RequestsKeepTheirIntendedMoments) {
    const ScriptedServer server{answer};
    auto what = scenario(server.port());
    what.load = {open(100, 300ms)};
    const auto before = std::chrono::steady_clock::now();
    EngineRun run{what};
    run.run();
    std::set<nanoseconds> offsets;
    const auto first = std::ranges::min(run.timelines, {}, &StreamTimeline::intended).intended;
    for (const auto& timeline : run.timelines) {
        offsets.insert(timeline.intended - first);
        EXPECT_GE(*timeline.sent, timeline.intended);
        EXPECT_GE(timeline.intended, before);
    }
    std::set<nanoseconds> expected;
    for (int i = 0; i < 30; ++i)
        expected.insert(i * 10ms);
    EXPECT_EQ(offsets, expected);
}

TEST(Engine, BeyondMaxInFlightRequestsAreNotStarted) {
    const ScriptedServer server{keep_silent};
    auto what = scenario(server.port());
    what.load = {open(100, 200ms, 5)};
    what.drain = 0s;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"aborted", 5}, {"not_started", 15}}));
}

TEST(Engine, WhatTheDrainDoesNotEndIsAborted) {
    const ScriptedServer server{keep_silent};
    auto what = scenario(server.port());
    what.load = {closed(3, 50ms)};
    what.drain = 50ms;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"aborted", 3}}));
    for (const auto& timeline : run.timelines)
        EXPECT_TRUE(timeline.sent && timeline.end);
}

TEST(Engine, TheTokenLimitCancelsWhatIsOpen) {
    const ScriptedServer server{[](int descriptor, int number) {
        number == 0 ? keep_silent(descriptor, number) : answer(descriptor, number);
    }};
    auto what = scenario(server.port());
    what.load = {closed(2, 60s)};
    what.limits.output_tokens = 30;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"cancelled", 1}, {"completed", 10}}));
}

TEST(Engine, StopLetsOpenStreamsEndAndStartsNoMore) {
    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    bool go_on = false;
    const ScriptedServer server{[&](int descriptor, int) {
        if (ScriptedServer::read_request(descriptor).empty()) return;
        std::unique_lock lock{mutex};
        ++waiting;
        changed.notify_all();
        changed.wait(lock, [&] { return go_on; });
        net::testing::write_all(descriptor, stream_of(1));
        lock.unlock();
        ScriptedServer::read_request(descriptor);
    }};
    auto what = scenario(server.port());
    what.load = {closed(3, 60s)};
    EngineRun run{what};
    std::jthread stopper{[&] {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return waiting == 3; });
        run.engine->stop();
        run.engine->stop();
        go_on = true;
        changed.notify_all();
    }};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 3}}));
}

TEST(Engine, WhatWouldHaveBeenDueAfterAStopIsNotDue) {
    const ScriptedServer server{keep_silent};
    auto what = scenario(server.port());
    what.load = {open(20, 60s), open(20, 60s)};
    what.drain = 300ms;
    EngineRun run{what};
    std::jthread stopper{[&] {
        while (run.engine->progress().streams_open < 3)
            std::this_thread::yield();
        run.engine->stop();
    }};
    const auto& end = run.run();
    EXPECT_EQ(end.outcomes.count("not_started"), 0U) << "of 2,400";
    EXPECT_GE(end.outcomes.at("aborted"), 3) << "the drain counts from the stop";
}

TEST(Engine, AbortEndsEverythingAtOnce) {
    std::atomic<int> waiting{0};
    const ScriptedServer server{[&](int descriptor, int) {
        ScriptedServer::read_request(descriptor);
        waiting.fetch_add(1);
        waiting.notify_all();
        ScriptedServer::read_request(descriptor);
    }};
    auto what = scenario(server.port());
    what.load = {closed(3, 60s)};
    EngineRun run{what};
    std::jthread stopper{[&] {
        for (int seen = 0; seen < 3; seen = waiting.load())
            waiting.wait(seen);
        run.engine->abort();
    }};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"aborted", 3}}));
}

TEST(Engine, AStaleConnectionIsReplacedWithoutATrace) {
    const ScriptedServer server{[](int descriptor, int number) {
        ScriptedServer::read_request(descriptor);
        net::testing::write_all(descriptor, stream_of(1));
        if (number == 0) {
            ScriptedServer::read_request(
                descriptor);  // taken, and the connection closed instead of an answer
        } else {
            answer(descriptor, number);
        }
    }};
    auto what = scenario(server.port());
    what.load = {closed(1, 60s)};
    what.limits.requests = 3;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 3}}));
    EXPECT_EQ(server.connections(), 2);
}

TEST(Engine, ATargetThatRefusesGivesARowForEveryRequest) {
    std::uint16_t port = 0;
    {
        const net::testing::Listener gone;
        port = gone.port();
    }
    auto what = scenario(port);
    what.load = {closed(2, 60s)};
    what.limits.requests = 10;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"connect_failed", 10}}));
}

TEST(Engine, AThinkingUserPauses) {
    const ScriptedServer server{answer};
    auto what = scenario(server.port());
    what.load = {closed(1, 500ms)};
    std::get<scenarios::ClosedLoop>(what.load[0].shape).think = 100ms;
    EngineRun run{what};
    run.run();
    ASSERT_GE(run.timelines.size(), 2U);
    EXPECT_LE(run.timelines.size(), 5U);
    for (std::size_t i = 1; i < run.timelines.size(); ++i) {
        EXPECT_GE(run.timelines[i].intended - *run.timelines[i - 1].end, 100ms);
    }
}

TEST(Engine, AMissingCaFileIsSaidAtTheStart) {
    auto what = scenario(1);
    what.load = {closed(1, 1s)};
    what.targets[0].url.tls = true;
    what.targets[0].tls.ca_file = "/nowhere/ca.pem";
    EXPECT_THROW(EngineRun{what}, std::runtime_error);
}

/// Three targets that are compared; what each was asked, in order.
class Compared {
  public:
    Compared() {
        for (std::uint32_t i = 0; i < 3; ++i) {
            servers_.push_back(
                std::make_unique<ScriptedServer>([this, i](int descriptor, int) { answer(descriptor, i); }));
        }
        what = scenario(servers_[0]->port());
        for (std::uint32_t i = 1; i < 3; ++i) {
            what.targets.push_back(what.targets[0]);
            what.targets.back().url.port = servers_[i]->port();
        }
        what.comparison = {.base = 1, .with = {0, 2}, .chain = false, .prompts = {}, .where = {}};
    }

    /// The targets of every arrival in the order they were asked, by pair.
    std::map<std::string, std::string> orders(const EngineRun& run) const {
        std::map<std::string, std::map<std::uint32_t, const StreamTimeline*>> pairs;
        for (const auto& timeline : run.timelines)
            pairs[timeline.pair_id][timeline.pair_position] = &timeline;
        std::map<std::string, std::string> orders;
        for (const auto& [pair, members] : pairs) {
            const StreamTimeline* before = nullptr;
            for (const auto& [position, timeline] : members) {
                orders[pair] += std::to_string(timeline->target);
                if (before) {
                    EXPECT_GE(*timeline->sent, *before->end) << "one after the other";
                }
                before = timeline;
            }
        }
        return orders;
    }

    /// Bodies of requests, each with the target it went to.
    std::multimap<std::string, std::uint32_t> asked() const {
        const std::lock_guard lock(mutex_);
        return asked_;
    }

    scenarios::Scenario what;

  private:
    void answer(int descriptor, std::uint32_t target) {
        for (;;) {
            const auto request = ScriptedServer::read_request(descriptor);
            if (request.empty()) return;
            {
                const std::lock_guard lock(mutex_);
                asked_.emplace(request.substr(request.find("\r\n\r\n") + 4), target);
            }
            net::testing::write_all(descriptor, stream_of(3));
        }
    }

    mutable std::mutex mutex_;
    std::multimap<std::string, std::uint32_t> asked_;
    std::vector<std::unique_ptr<ScriptedServer>> servers_;
};

using Orders = std::map<std::string, std::string>;

class ComparedBy : public ::testing::TestWithParam<unsigned> {};

TEST_P(ComparedBy, WorkersGoThroughTheTargetsOfEachArrivalInTurn) {
    Compared compared;
    compared.what.load = {open(240, 100ms)};
    EngineRun run{compared.what, GetParam()};
    run.run();
    // Rates count requests: 24 of them are 8 arrivals.
    EXPECT_EQ(compared.orders(run), (Orders{{"0-0-0", "102"},
                                            {"0-0-1", "201"},
                                            {"0-0-2", "021"},
                                            {"0-0-3", "120"},
                                            {"0-0-4", "210"},
                                            {"0-0-5", "012"},
                                            {"0-0-6", "102"},
                                            {"0-0-7", "201"}}));
}

TEST_P(ComparedBy, UsersFinishTheirArrivalsAtTheLimit) {
    Compared compared;
    compared.what.load = {closed(4, 60s)};
    compared.what.limits.requests = 60;
    EngineRun run{compared.what, GetParam()};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 60}}));
    const auto orders = compared.orders(run);
    EXPECT_EQ(orders.size(), 20U);
    for (const auto& [pair, order] : orders) {
        EXPECT_EQ(order.size(), 3U) << pair;
        EXPECT_THAT(order, ::testing::AnyOf("102", "201", "021", "120", "210", "012")) << pair;
    }
    const auto first_of = [&](const char* pair, const char* order) {
        return !orders.contains(pair) || orders.at(pair) == order;
    };
    EXPECT_TRUE(first_of("0-0-0", "102"));
    EXPECT_TRUE(first_of("0-1-0", "201")) << "each user begins one turn later";
}

TEST_P(ComparedBy, FreshPromptsDifferInAllRequests) {
    Compared compared;
    compared.what.load = {open(240, 100ms)};
    EngineRun{compared.what, GetParam()}.run();
    std::set<std::string> bodies;
    std::set<std::size_t> lengths;
    for (const auto& [body, target] : compared.asked()) {
        bodies.insert(body);
        lengths.insert(body.size());
    }
    EXPECT_EQ(bodies.size(), 24U);
    EXPECT_EQ(lengths.size(), 1U);
}

TEST_P(ComparedBy, IdenticalPromptsAreTheSameToTheLetter) {
    Compared compared;
    compared.what.load = {open(240, 100ms)};
    compared.what.comparison->prompts = scenarios::PairPrompts::identical;
    compared.what.workload.prompts =
        scenarios::SyntheticPrompts{{scenarios::LengthDistribution::Kind::constant, 20, 0}, 0};
    EngineRun{compared.what, GetParam()}.run();
    const auto asked = compared.asked();
    EXPECT_EQ(asked.size(), 24U);
    for (const auto& [body, target] : asked)
        EXPECT_EQ(asked.count(body), 3U);
}

INSTANTIATE_TEST_SUITE_P(Workers, ComparedBy, ::testing::Values(1U, 3U));

TEST(Engine, AnArrivalGoesOnAfterARequestThatFailed) {
    Compared compared;
    compared.what.targets[1].url.port = 1;  // nobody listens there
    compared.what.load = {open(60, 100ms)};
    EngineRun run{compared.what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"completed", 4}, {"connect_failed", 2}}));
}

TEST(Engine, StoppedUsersBeginNoFurtherRequestOfTheirArrival) {
    const ScriptedServer server{keep_silent};
    auto what = scenario(server.port());
    what.targets.push_back(what.targets[0]);
    what.comparison = {.base = 0, .with = {1}, .chain = false, .prompts = {}, .where = {}};
    what.load = {closed(3, 60s)};
    what.timeouts.first_token = 300ms;
    EngineRun run{what};
    std::jthread stopper{[&] {
        while (run.engine->progress().streams_open < 3)
            std::this_thread::yield();
        run.engine->stop();
    }};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"timeout_first_token", 3}}));
}

TEST(Engine, AnArrivalBeyondMaxInFlightIsNotStartedAtAll) {
    const ScriptedServer server{keep_silent};
    auto what = scenario(server.port());
    what.targets.push_back(what.targets[0]);
    what.comparison = {.base = 0, .with = {1}, .chain = false, .prompts = {}, .where = {}};
    what.load = {open(40, 100ms, 1)};
    what.timeouts.first_token = 300ms;
    EngineRun run{what};
    EXPECT_EQ(run.run().outcomes, (Outcomes{{"timeout_first_token", 2}, {"not_started", 2}}));
}

}  // namespace
}  // namespace streamgauge::load
