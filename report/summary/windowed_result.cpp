#include "report/summary/windowed_result.h"

#include "report/summary/figure.h"
#include "report/summary/judgement.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <string>

namespace streamgauge::report {

namespace {

/// Seconds, to the microsecond, because 1,230 s and 1,240 s are both 21 minutes.
std::string moment(nanoseconds time) {
    const auto microseconds = std::chrono::floor<std::chrono::microseconds>(time).count();
    return fmt::format("{:.12g}s", static_cast<double>(microseconds) / 1e6);
}

std::string when(const WindowedSummary& windows) {
    auto text =
        fmt::format("in {}-{} of {}", moment(windows.worst_begin), moment(windows.worst_end), windows.phase);
    const auto skipped = windows.windows - windows.measured;
    if (windows.missed > 1) text += fmt::format(", {} of {} windows missed", windows.missed, windows.windows);
    if (skipped > 0) text += fmt::format(", {} of {} not measurable", skipped, windows.windows);
    return text;
}

std::string why_unmeasured(const WindowedSummary& windows, nanoseconds length) {
    const auto written = scenarios::format_duration(length);
    if (windows.windows == 0) return fmt::format("the phase came to less than half a window of {}", written);
    return fmt::format("none of the {} windows of {} could be measured; the first: {}", windows.windows,
                       written, windows.reason);
}

}  // namespace

ExpectationResult check_windows(std::size_t position, const scenarios::Expectation& expectation,
                                const GroupSummary& group, const Summary& summary) {
    ExpectationResult result;
    result.expectation = expectation;
    result.target = group.target;
    result.phase = group.phase;
    const auto found = std::ranges::find_if(summary.windowed, [&](const WindowedSummary& windows) {
        return windows.expectation == position && windows.target == group.target &&
               windows.phase == group.phase;
    });
    if (found == summary.windowed.end()) {
        result.reason = "its windows were not counted";
    } else if (found->measured == 0) {
        result.reason = why_unmeasured(*found, *expectation.window);
    } else {
        Figure figure = figure_of(found->worst, expectation.condition);
        figure.low.reset();
        figure.high.reset();
        judge_figure(figure, expectation.condition, result);
        result.measured = fmt::format("{} {}", figure.text, when(*found));
    }
    return result;
}

}  // namespace streamgauge::report
