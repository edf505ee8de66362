#include "report/export/comparison_text.h"

#include "report/export/escape.h"
#include "report/export/pair_words.h"
#include "report/export/text_table.h"

#include <algorithm>
#include <climits>
#include <string_view>

namespace streamgauge::report {
namespace {

using Cell = TextTable::Cell;

Shade shade_of(PairVerdict verdict) {
    switch (verdict) {
        case PairVerdict::holds:
            return Shade::bad;
        case PairVerdict::delays:
        case PairVerdict::too_few:
            return Shade::warning;
        case PairVerdict::passes:
            break;
    }
    return Shade::good;
}

std::vector<Cell> cells_of(const PairSummary& pair) {
    return {{terminal_text(pair.target, 30), Shade::bold},
            {std::to_string(pair.pairs)},
            {signed_duration(pair.ttft_added)},
            {signed_duration(pair.lag)},
            {signed_duration(pair.hold_p95)},
            {interval_words(pair.hold_p95), Shade::dim},
            {std::string(verdict_words(pair.verdict)), shade_of(pair.verdict)}};
}

/// A sentence on lines of its own, indented.
std::string sentence(std::string_view words, Shade shade, std::size_t width, bool colour) {
    // The dot stands for the indent, which wrapping would drop.
    const auto body = wrapped(". " + terminal_text(words), width, 2);
    return "  " +
           shaded(std::string_view(body).substr(std::min<std::size_t>(body.size(), 2)), shade, colour) + '\n';
}

/// Of the targets over all measured phases, in the order of the summary.
template <typename Take>
void for_each_target(const Summary& summary, Take&& take) {
    for (const auto& pair : summary.comparisons) {
        if (pair.phase.empty()) take(pair);
    }
}

}  // namespace

std::string comparison_text(const Summary& summary, const TerminalStyle& style) {
    if (summary.comparisons.empty()) return "";
    const auto width = static_cast<std::size_t>(std::max(style.width, 40));
    TextTable table{{{"", "", true, INT_MAX},
                     {"", "pairs", false, 2},
                     {"", "TTFT added", false, 3},
                     {"", "lag", false, 4},
                     {"", "hold p95", false, 6},
                     {"", "95% interval", false, 1},
                     {"", "", true, 5}}};
    for_each_target(summary, [&](const PairSummary& pair) { table.add(cells_of(pair)); });
    const auto title = "Compared with " + terminal_text(summary.comparisons.front().base, 64);
    std::string text = '\n' + shaded(title, Shade::bold, style.colour) + '\n';
    text += table.draw(width, 2, style.colour);
    if (const auto& hops = summary.hops) {
        const auto shade = hops->holds ? Shade::bad : hops->slows ? Shade::warning : Shade::good;
        text += sentence(hops->sentence + ".", shade, width, style.colour);
    } else {
        for_each_target(summary, [&](const PairSummary& pair) {
            text += sentence(pair.sentence + ".", shade_of(pair.verdict), width, style.colour);
        });
    }
    for_each_target(summary, [&](const PairSummary& pair) {
        for (const auto& warning : pair.warnings)
            text += sentence("Note: " + warning + ".", Shade::dim, width, style.colour);
    });
    return text;
}

}  // namespace streamgauge::report
