#pragma once

#include "report/buffering/release_rule.h"
#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace streamgauge::report {

/// Reads that arrived so close together that the path must have sent them as one.
struct Burst {
    Moment first{}, last{};            ///< arrival of its first and last read
    std::uint64_t wire_bytes = 0;      ///< framing included
    std::size_t events = 0;            ///< token events completed in it, client-uncertain ones left out
    std::size_t uncertain_events = 0;  ///< token events whose arrival the client itself blurred
    bool ends_inside_event = false;
};

/// Splits a stream into bursts. Two reads belong together when they are less than 2 ms apart, or, where
/// tokens come faster, less than half the stream's mean time per event or half the usual time between reads,
/// whichever is longer. Reads after the one that completed the last token are left out: they carry end marks
/// and trailers.
std::vector<Burst> find_bursts(const StreamTimeline& timeline);

/// How long the events of each burst took to be made: the time since the burst before, but at most twice what
/// so many usually take, because beyond that the model paused first. Of the first burst that time is not
/// known: the usual pace stands in, though not for longer than `time_to_first_token`.
std::vector<std::chrono::nanoseconds> making_times(const std::vector<Burst>& bursts,
                                                   std::chrono::nanoseconds time_to_first_token);

/// Spread of some numbers.
struct Variation {
    double median = 0;
    double near_median = 0;  ///< share of the numbers within 10 % of the median
    double coefficient = 0;  ///< standard deviation / mean; 0 for fewer than two numbers
};
Variation variation_of(std::vector<double> values);

/// What a stream's bursts look like, as the detector's rules see them.
struct BurstSignals {
    std::size_t events = 0;            ///< token events that count
    std::size_t uncertain_events = 0;  ///< left out
    std::size_t bursts = 0;            ///< bursts with at least one event that counts
    std::size_t interior = 0;          ///< bursts other than the first and the last
    double events_per_burst = 0;
    double largest_share = 0;  ///< share of the events that came within max(10 ms, 2 % of the stream)
    std::chrono::nanoseconds largest_span{0};  ///< from the first to the last of those
    std::size_t blocks = 0;                    ///< bursts other than the last
    std::size_t ends_inside = 0;               ///< of those, how many end inside an event
    std::uint64_t first_bytes = 0;             ///< of the first burst
    std::size_t first_events = 0;              ///< of the first burst; 0 when the client blurred it
    Variation bytes, counts;                   ///< of interior bursts
    Variation gap_ns;  ///< from the start of one burst to the start of the next; the last one left out
    RuleFit timer, window,
        size;  ///< how interior bursts answer to time (ns), tokens, and bytes in whole events
    double ns_per_event = 0, bytes_per_event = 0;  ///< of interior bursts, else of the last
    double events_per_chunk = 0;                   ///< 0 without chunked framing
    double chunk_bytes = 0;                        ///< median HTTP chunk
    std::chrono::nanoseconds hold_p95{0};          ///< if tokens were made evenly since the burst before
};

BurstSignals measure_bursts(const StreamTimeline& timeline);

}  // namespace streamgauge::report
