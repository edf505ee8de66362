#pragma once

#include "report/buffering/delay_curve.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <span>

namespace streamgauge::report {

/// True when a path holds tokens back: the p95 of its hold is at least 50 ms, and so is the lower end of its
/// interval. Pairs of equal streams differ by the rhythm of their answers alone, which is never negative
/// hold, so that a small figure shows nothing.
bool shows_hold(const PairedHold& path);

/// True when a path delays every token alike: by 20 ms or more, and its interval does not reach down to none.
bool shows_lag(const PairedHold& path);

/// Where along a chain tokens are held, and where they are only delayed.
struct HopVerdict {
    std::optional<std::size_t> holds;  ///< the first hop, from the origin outward, where hold jumps
    std::optional<std::size_t> slows;  ///< the hop that adds the most lag, if it adds 20 ms or more
};

/// `outward` is what pairs against the origin say of each hop's address, the innermost hop first, so that hop
/// i's figures contain those of the hops before it. Hold jumps where it shows, is at least 50 ms above that
/// of the hop before, and the intervals of the two lie apart.
HopVerdict judge_hops(std::span<const PairedHold> outward);

}  // namespace streamgauge::report
