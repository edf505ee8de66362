#include "bench/simulator/event_source.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Instant received_at{std::chrono::seconds{1000}};

ServedRequest request(std::uint64_t tokens, std::uint64_t number = 0) {
    ServedRequest request;
    request.number = number;
    request.received = received_at;
    request.behaviour.tokens = tokens;
    return request;
}

struct Emitted {
    std::chrono::nanoseconds after;  ///< due, since the request
    bool token;
    std::string text;
};

std::vector<Emitted> all_of(const ServedRequest& served) {
    EventSource source{served};
    std::vector<Emitted> events;
    while (source.next_due() != never) {
        Emitted event{source.next_due() - received_at, false, {}};
        event.token = source.emit(source.next_due(), event.text);
        events.push_back(event);
    }
    EXPECT_TRUE(source.done());
    return events;
}

std::vector<std::chrono::nanoseconds> times_of(const std::vector<Emitted>& events) {
    std::vector<std::chrono::nanoseconds> times;
    times.reserve(events.size());
    for (const auto& event : events)
        times.push_back(event.after);
    return times;
}

TEST(EventSource, TimesAreTtftAndGapsFromTheRequestsArrival) {
    EXPECT_THAT(times_of(all_of(request(3))), ElementsAre(0ms, 200ms, 220ms, 240ms, 240ms, 240ms));
}

TEST(EventSource, CacheHitsComeAtTheirShareAndSooner) {
    int hits = 0;
    for (std::uint64_t number = 0; number < 1'000; ++number) {
        auto served = request(1, number);
        EXPECT_EQ(EventSource{served}.cache_hit(), std::nullopt);
        served.behaviour.cache_hits = 0.3;
        served.behaviour.hit_ttft = Distribution::constant(15ms);
        const bool hit = EventSource{served}.cache_hit().value();
        hits += hit ? 1 : 0;
        EXPECT_EQ(all_of(served).at(1).after, hit ? 15ms : 200ms) << number;
    }
    EXPECT_NEAR(hits, 300, 60);
}

TEST(EventSource, LateEventsDoNotShiftTheOnesAfterThem) {
    EventSource source{request(3)};
    std::vector<std::chrono::nanoseconds> times;
    while (source.next_due() != never) {
        times.push_back(source.next_due() - received_at);
        std::string ignored;
        source.emit(source.next_due() + 15ms, ignored);
    }
    EXPECT_THAT(times, ElementsAre(0ms, 200ms, 220ms, 240ms, 240ms, 240ms));
}

TEST(EventSource, RoleMayComeWithTheFirstToken) {
    auto served = request(2);
    served.behaviour.role_first = Switch::off;
    const auto events = all_of(served);
    EXPECT_THAT(times_of(events), ElementsAre(200ms, 220ms, 220ms, 220ms));
    EXPECT_TRUE(events[0].token);
    EXPECT_THAT(events[0].text, HasSubstr(R"("role":"assistant")"));
}

TEST(EventSource, FinishMayComeLate) {
    auto served = request(1);
    served.behaviour.late_finish = Distribution::constant(50ms);
    EXPECT_THAT(times_of(all_of(served)), ElementsAre(0ms, 200ms, 250ms, 250ms));
}

TEST(EventSource, AnswerWithoutTokensFinishesAfterTtft) {
    EXPECT_THAT(times_of(all_of(request(0))), ElementsAre(0ms, 200ms, 200ms));
}

TEST(EventSource, TokensAreGroupedIntoEvents) {
    auto served = request(10);
    served.behaviour.tokens_per_event = 4;
    std::vector<std::ptrdiff_t> words;
    for (const auto& event : all_of(served)) {
        if (!event.token) continue;
        const auto content = contents_of(event.text).at(0);
        words.push_back(std::count(content.begin(), content.end(), ' '));
    }
    EXPECT_THAT(words, ElementsAre(4, 4, 2));
}

TEST(EventSource, TokenCountComesFromTheRequestUnlessTold) {
    auto served = request(0);
    served.behaviour.tokens.reset();
    const auto tokens = [](const auto& events) {
        return std::count_if(events.begin(), events.end(), [](const auto& event) { return event.token; });
    };
    EXPECT_EQ(tokens(all_of(served)), 100);
    served.completion.max_tokens = 7;
    EXPECT_EQ(tokens(all_of(served)), 7);
    served.behaviour.tokens = 3;
    EXPECT_EQ(tokens(all_of(served)), 3);
}

TEST(EventSource, ReasoningThenAnswerThenToolCall) {
    auto served = request(3);
    served.behaviour.reasoning = 1;
    served.behaviour.tool_call = 2;
    std::string text;
    for (const auto& event : all_of(served)) {
        if (event.token) text += event.text;
    }
    const auto reasoning = text.find("reasoning_content");
    const auto answer = text.find(R"("content")");
    const auto tool = text.find("tool_calls");
    EXPECT_LT(reasoning, answer);
    EXPECT_LT(answer, tool);
    EXPECT_NE(tool, std::string::npos);
}

TEST(EventSource, UsageCountsReasoning) {
    auto served = request(10);
    served.behaviour.tokens_per_event = 2;
    served.behaviour.reasoning = 3;
    served.completion.include_usage = true;
    const auto events = all_of(served);
    const auto& usage = events[events.size() - 2].text;
    EXPECT_EQ(number_after(usage, "completion_tokens"), 10);
    EXPECT_EQ(number_after(usage, "reasoning_tokens"), 6);
}

TEST(EventSource, UsageFollowsTheApiUnlessTold) {
    auto served = request(1);
    const auto has_usage = [](const auto& events) {
        return std::any_of(events.begin(), events.end(), [](const auto& event) {
            return event.text.find("\"usage\":{") != std::string::npos;
        });
    };
    EXPECT_FALSE(has_usage(all_of(served)));
    served.behaviour.usage = Switch::on;
    EXPECT_TRUE(has_usage(all_of(served)));
    served.completion.include_usage = true;
    served.behaviour.usage = Switch::off;
    EXPECT_FALSE(has_usage(all_of(served)));
}

TEST(EventSource, EventsArePaddedToTheirSize) {
    for (const std::uint64_t size : {258, 300, 2048}) {
        auto served = request(4);
        served.behaviour.event_size = size;
        served.behaviour.stamps = size > 290;
        for (const auto& event : all_of(served)) {
            if (event.token) {
                EXPECT_NEAR(static_cast<double>(event.text.size()), static_cast<double>(size), 17.0);
            }
        }
    }
}

TEST(EventSource, SmallEventsLeaveOutWhatTheyCan) {
    auto served = request(4);
    served.behaviour.event_size = 80;
    for (const auto& event : all_of(served)) {
        if (event.token) {
            EXPECT_EQ(event.text.size(), 80u);
        }
    }
}

TEST(EventSource, StampsHoldTheMomentsAndTheIndex) {
    auto served = request(2);
    served.behaviour.stamps = true;
    std::int64_t index = 0;
    for (const auto& event : all_of(served)) {
        if (!event.token) {
            EXPECT_EQ(number_after(event.text, "sent_ns"), std::nullopt);
            continue;
        }
        EXPECT_EQ(number_after(event.text, "sent_ns"), monotonic_ns(received_at + event.after));
        EXPECT_EQ(number_after(event.text, "received_ns"), monotonic_ns(received_at));
        EXPECT_THAT(event.text, HasSubstr(R"(,"index":)" + std::to_string(index++) + "}"));
    }
    EXPECT_EQ(index, 2);
}

std::string transcript(std::uint64_t seed, std::uint64_t number) {
    auto served = request(20, number);
    served.behaviour.seed = seed;
    served.behaviour.ttft = *Distribution::parse("uniform(100ms,300ms)");
    served.behaviour.itl = *Distribution::parse("exponential(20ms)");
    std::string text;
    for (const auto& event : all_of(served))
        text += std::to_string(event.after.count()) + event.text;
    return text;
}

TEST(EventSource, SeedAndRequestNumberDecideEverything) {
    EXPECT_EQ(transcript(1, 5), transcript(1, 5));
    std::set<std::string> different{transcript(1, 5), transcript(1, 6), transcript(2, 5)};
    EXPECT_EQ(different.size(), 3u);
}

TEST(EventSource, AMalformedEventIsCutAndTheNextIsWhole) {
    auto served = request(2);
    EventSource source{served};
    std::string ignored;
    source.emit(received_at, ignored);
    std::string broken;
    source.emit_malformed(received_at, broken);
    EXPECT_TRUE(broken.ends_with("\n\n"));
    EXPECT_EQ(broken.find('\n'), broken.size() - 2);
    EXPECT_FALSE(broken.ends_with("}\n\n"));
    std::string whole;
    EXPECT_TRUE(source.emit(received_at, whole));
    EXPECT_TRUE(whole.ends_with("}\n\n"));
}

TEST(EventSource, WholeAnswerIsDueWhenTheStreamWouldEnd) {
    auto served = request(5);
    served.behaviour.reasoning = 1;
    EventSource source{served};
    EXPECT_EQ(source.whole_due() - received_at, 280ms);
    const auto answer = source.whole_answer();
    EXPECT_EQ(number_after(answer, "completion_tokens"), 5);
    EXPECT_THAT(answer, HasSubstr("reasoning_content"));
}

}  // namespace
}  // namespace streamgauge::simulator
