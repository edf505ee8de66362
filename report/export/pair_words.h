#pragma once

#include "report/summary/summary.h"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// The figures of pairs that outputs show, by the names they go under.
struct NamedPairFigure {
    std::string_view name;   ///< `ttft_added`
    std::string_view words;  ///< `TTFT added`
    std::optional<PairedFigure> PairSummary::*figure;
};
inline constexpr std::array<NamedPairFigure, 4> pair_figures{
    {{"ttft_added", "TTFT added", &PairSummary::ttft_added},
     {"lag", "lag", &PairSummary::lag},
     {"hold_mean", "hold mean", &PairSummary::hold_mean},
     {"hold_p95", "hold p95", &PairSummary::hold_p95}}};

/// `holds tokens back`.
std::string_view verdict_words(PairVerdict verdict);

/// `310ms`, `-2ms`.
std::string signed_duration(nanoseconds value);
/// The same of a figure, or `-` for what is not measured.
std::string signed_duration(const std::optional<PairedFigure>& figure);

/// `301ms to 313ms`; empty for what is not measured.
std::string interval_words(const std::optional<PairedFigure>& figure);

/// The pairs of a target in a phase (empty: over all measured phases); nullptr when there are none.
const PairSummary* find_pair(const Summary& summary, std::string_view target, std::string_view phase);

}  // namespace streamgauge::report
