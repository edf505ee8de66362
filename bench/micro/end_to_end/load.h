#pragma once

#include "bench/micro/floor/floor_client.h"
#include "report/model/moment.h"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

namespace streamgauge::micro {

using floor::Transport;
using report::Moment;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

/// What the simulated server is asked for, and how the client goes about it: streams opened one after the
/// other, then a window in which all of them are open and CPU time is counted.
struct Load {
    std::string name;
    Transport transport = Transport::cleartext;
    std::uint64_t streams = 5'000;
    double tokens_per_second = 50'000;
    nanoseconds ramp = 1500ms;
    nanoseconds settle = 500ms;  ///< from the last stream's start to the window
    nanoseconds window = 2500ms;
    nanoseconds nap{0};  ///< the client is asleep this long before each poll
    /// Streams this short, each followed by another on the same connection until the window is over.
    std::optional<std::uint64_t> repeated_tokens;
    bool errors_in_window = false;  ///< token errors of what was sent in the window; else of all tokens
    bool with_errors = true;        ///< else none is kept, so that memory is that of the client alone

    /// Distances between a stream's tokens lie evenly around this mean, from half of it to one and a half.
    nanoseconds mean_gap() const {
        return nanoseconds{std::llround(static_cast<double>(streams) / tokens_per_second * 1e9)};
    }
    /// So many that the stream opened first is open until the window is over.
    std::uint64_t tokens() const {
        if (repeated_tokens) return *repeated_tokens;
        return static_cast<std::uint64_t>((ramp + settle + window) / mean_gap()) + 2;
    }
    nanoseconds open_every() const { return ramp / static_cast<nanoseconds::rep>(streams); }
    Moment window_begin(Moment start) const { return start + ramp + settle; }
    Moment window_end(Moment start) const { return window_begin(start) + window; }
    /// Well after the last stream has ended, even if it began late.
    Moment give_up(Moment start) const {
        return window_end(start) + 2 * ramp + 3 * nap + mean_gap() * static_cast<int>(tokens()) / 2 + 5s;
    }
};

}  // namespace streamgauge::micro
