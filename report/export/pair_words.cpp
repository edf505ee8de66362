#include "report/export/pair_words.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace streamgauge::report {

std::string_view verdict_words(PairVerdict verdict) {
    switch (verdict) {
        case PairVerdict::holds:
            return "holds tokens back";
        case PairVerdict::delays:
            return "slow, but it streams";
        case PairVerdict::too_few:
            return "too few pairs";
        case PairVerdict::passes:
            break;
    }
    return "streams as the base does";
}

std::string signed_duration(nanoseconds value) {
    return (value < nanoseconds{0} ? "-" : "") + scenarios::format_duration(std::chrono::abs(value));
}

std::string signed_duration(const std::optional<PairedFigure>& figure) {
    return figure ? signed_duration(figure->value) : "-";
}

std::string interval_words(const std::optional<PairedFigure>& figure) {
    if (!figure) return "";
    return fmt::format("{} to {}", signed_duration(figure->low), signed_duration(figure->high));
}

const PairSummary* find_pair(const Summary& summary, std::string_view target, std::string_view phase) {
    const auto found = std::ranges::find_if(summary.comparisons, [&](const PairSummary& pair) {
        return pair.target == target && pair.phase == phase;
    });
    return found == summary.comparisons.end() ? nullptr : &*found;
}

}  // namespace streamgauge::report
