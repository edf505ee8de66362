#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <utility>

namespace streamgauge::report::testing {

/// Builds timelines for tests in a few readable words. All moments are given from the start of the run, which
/// is `run_start`. A new builder stands for a request that was due and sent at 0 over a warm connection and
/// got its response header; `token(...)` calls add one read with one event each unless told otherwise.
class TimelineBuilder {
  public:
    using nanoseconds = std::chrono::nanoseconds;

    /// Some moment on the run's clock that is not zero, so that a forgotten offset shows.
    static constexpr Moment run_start{std::chrono::seconds{1000}};

    static constexpr Moment at(nanoseconds since_start) { return run_start + since_start; }

    TimelineBuilder() {
        timeline_.request_id = "00000000-0000-4000-8000-000000000000";
        timeline_.intended = at(nanoseconds{0});
        timeline_.outcome = Outcome::completed;
        timeline_.http_status = 200;
        sent(nanoseconds{0});
    }

    TimelineBuilder& target(std::uint32_t index) { return timeline_.target = index, *this; }
    TimelineBuilder& phase(std::uint32_t index) { return timeline_.phase = index, *this; }
    TimelineBuilder& sequence(std::uint64_t number) { return timeline_.sequence = number, *this; }
    TimelineBuilder& intended(nanoseconds when) { return timeline_.intended = at(when), *this; }
    TimelineBuilder& outcome(Outcome outcome) { return timeline_.outcome = outcome, *this; }
    TimelineBuilder& detail(std::string text) { return timeline_.detail = std::move(text), *this; }
    TimelineBuilder& status(int status) { return timeline_.http_status = status, *this; }

    TimelineBuilder& sent(nanoseconds when) {
        timeline_.sent = at(when);
        timeline_.send_done = at(when);
        return *this;
    }
    TimelineBuilder& never_sent() {
        timeline_.sent.reset();
        timeline_.send_done.reset();
        timeline_.http_status = 0;
        return *this;
    }
    TimelineBuilder& headers(nanoseconds when) { return timeline_.headers = at(when), *this; }
    TimelineBuilder& first_byte(nanoseconds when) { return timeline_.first_byte = at(when), *this; }
    TimelineBuilder& end(nanoseconds when) { return timeline_.end = at(when), *this; }

    /// One read that arrived at `arrival` and cannot have arrived before `arrival - width`.
    TimelineBuilder& read(nanoseconds arrival, nanoseconds width = nanoseconds{0},
                          StampSource source = StampSource::kernel, bool ends_inside_event = false) {
        timeline_.reads.emplace_back(at(arrival), at(arrival - width), 0, source, ends_inside_event);
        if (!timeline_.first_byte) timeline_.first_byte = at(arrival);
        if (!timeline_.headers) timeline_.headers = at(arrival);
        if (!timeline_.first_event) timeline_.first_event = at(arrival);
        timeline_.end = at(arrival);
        return *this;
    }

    /// A token event that was complete with the latest read.
    TimelineBuilder& event(TokenKind kind = TokenKind::answer, std::uint32_t tokens = 0,
                           std::uint32_t bytes = 100) {
        const auto read = static_cast<std::uint32_t>(timeline_.reads.size() - 1);
        timeline_.tokens.push_back({read, 0, bytes, tokens, kind});
        timeline_.reads.back().wire_bytes += bytes;
        timeline_.wire_bytes += bytes;
        ++timeline_.events;
        return *this;
    }
    TimelineBuilder& events(int count) {
        for (int i = 0; i < count; ++i)
            event();
        return *this;
    }

    /// A read with one token event in it.
    TimelineBuilder& token(nanoseconds arrival, TokenKind kind = TokenKind::answer,
                           std::uint32_t tokens = 0) {
        return read(arrival).event(kind, tokens);
    }
    TimelineBuilder& tokens(std::initializer_list<nanoseconds> arrivals) {
        for (const auto arrival : arrivals)
            token(arrival);
        return *this;
    }
    /// `count` token events, one a read, the first at `first`, then one every `gap`.
    TimelineBuilder& steady_tokens(int count, nanoseconds first, nanoseconds gap) {
        for (int i = 0; i < count; ++i)
            token(first + i * gap);
        return *this;
    }

    /// When the server says it sent the latest token event, on its own clock.
    TimelineBuilder& stamp(nanoseconds server_clock) {
        timeline_.stamps.push_back({server_clock, nanoseconds{0}});
        return *this;
    }

    TimelineBuilder& usage(std::uint64_t output_tokens, std::uint64_t reasoning_tokens = 0) {
        timeline_.output_tokens = output_tokens;
        if (reasoning_tokens > 0) timeline_.reasoning_tokens = reasoning_tokens;
        return *this;
    }

    /// The timeline, for what has no word of its own above.
    StreamTimeline& raw() { return timeline_; }
    const StreamTimeline& build() const { return timeline_; }

  private:
    StreamTimeline timeline_;
};

}  // namespace streamgauge::report::testing
