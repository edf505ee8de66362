#pragma once

#include "report/buffering/arrival_curve.h"
#include "report/model/stream_timeline.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace streamgauge::report {

/// How much later each part of an answer came through the path than directly: d(u) = Q_path(u) - Q_direct(u),
/// where Q(u) is the moment, from `sent`, by which the share u of a stream's token events had arrived. By
/// share, so that answers of different length still match. Point i stands for u = (i + 1/2) / 200. In ns.
using DelayCurve = std::array<double, arrival_points>;

/// The delay of one pair of requests. Empty when the curve of one of them is not known.
std::optional<DelayCurve> delay_curve(const ArrivalCurve& path, const ArrivalCurve& direct);
std::optional<DelayCurve> delay_curve(const StreamTimeline& path, const StreamTimeline& direct);

/// The mean of the pairs' curves, of which there is at least one.
DelayCurve mean_delay(std::span<const DelayCurve> pairs);

/// A figure with its 95 % interval, from resampling pairs.
struct PairedFigure {
    std::chrono::nanoseconds value{0}, low{0}, high{0};
};

/// What a path does to a stream: `lag` delays every token alike and is only slow; `hold` is what it keeps
/// tokens back beyond that.
struct PairedHold {
    std::size_t pairs = 0;
    PairedFigure lag, hold_mean, hold_p95;
};

/// Fewer pairs say nothing about their own spread.
inline constexpr std::size_t fewest_pairs = 5;

/// Lag and hold of a path from the pairs' curves. The curves are averaged; lag is the second smallest point,
/// because a buffer that drains barely delays the last event, so that lag is what even the least held token
/// suffers; hold(u) = d(u) - lag, its mean and p95 over u. Intervals by 1,000 resamplings of the pairs
/// (Efron, percentile method), drawn from `seed`. Empty for fewer than 5 pairs.
std::optional<PairedHold> hold_of_pairs(std::span<const DelayCurve> pairs, std::uint64_t seed);

}  // namespace streamgauge::report
