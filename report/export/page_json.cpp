#include "report/export/page_json.h"

#include "report/export/escape.h"
#include "report/export/summary_json.h"

#include <boost/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

namespace streamgauge::report {
namespace {

namespace json = boost::json;
using std::chrono::microseconds;

constexpr std::array<std::string_view, 5> drawn_metrics{"ttft", "itl", "tpot", "e2e", "hold"};

/// How many of `budget` each of `takers` gets.
std::size_t share_of(std::size_t budget, std::size_t takers, std::size_t least, std::size_t most) {
    return std::clamp(budget / std::max<std::size_t>(takers, 1), least, most);
}

json::string text(std::string_view anything) {
    const auto valid = valid_utf8(anything);
    return json::string(valid.data(), valid.size());
}

/// Where a quantile stands on the tail axis, in thousandths; the maximum has no place there.
std::int64_t tail_position(double quantile) {
    return std::llround(-1000 * std::log10(1 - quantile));
}

json::array curve_json(const MetricSummary& metric, std::size_t most) {
    json::array flat;
    const auto& curve = metric.curve;
    const std::size_t taken = std::min(most, curve.size());
    for (std::size_t i = 0; i < taken; ++i) {
        const auto& [quantile, ns] = curve[taken == 1 ? 0 : i * (curve.size() - 1) / (taken - 1)];
        if (quantile >= 1) continue;
        flat.push_back(tail_position(quantile));
        flat.push_back(ns);
    }
    return flat;
}

json::object histogram_json(const HistogramBars& histogram, std::size_t most) {
    const auto fitting = coarsen(histogram, most);
    json::array flat;
    for (const auto& [bar, count] : fitting.bars) {
        flat.push_back(bar);
        flat.push_back(count);
    }
    return {
        {"zeros", fitting.zeros}, {"parts_per_octave", fitting.parts_per_octave}, {"bars", std::move(flat)}};
}

/// Groups as in summary.json, less curves and histograms that are not drawn.
void fit_groups(const Summary& summary, json::object& into) {
    const std::size_t drawn = summary.groups.size() * 4;
    const std::size_t points = share_of(max_page_curve_points, drawn, 12, 90);
    const std::size_t bars = share_of(max_page_bars, drawn, 12, 96);
    json::array& groups = into.at("groups").as_array();
    for (std::size_t i = 0; i < groups.size(); ++i) {
        json::object& metrics = groups[i].as_object().at("metrics").as_object();
        for (const auto& [name, metric] : summary.groups[i].metrics) {
            json::object& written = metrics.at(name).as_object();
            written.erase("curve");
            written.erase("histogram");
            if (std::ranges::find(drawn_metrics, name) == drawn_metrics.end()) continue;
            written.emplace("curve", curve_json(metric, points));
            written.emplace("histogram", histogram_json(metric.histogram, bars));
        }
    }
}

/// Neighbouring windows of one target as one: counts add up, of percentiles the worst is kept.
WindowSummary merged(std::span<const WindowSummary> windows) {
    WindowSummary whole = windows.front();
    double open_ns = whole.open_streams * static_cast<double>(whole.length.count());
    const auto worst = [](std::optional<nanoseconds>& mine, const std::optional<nanoseconds>& other) {
        mine = std::max(mine, other);
    };
    for (const WindowSummary& window : windows.subspan(1)) {
        whole.length += window.length;
        whole.started += window.started;
        whole.ended += window.ended;
        whole.errors += window.errors;
        whole.token_events += window.token_events;
        open_ns += window.open_streams * static_cast<double>(window.length.count());
        worst(whole.ttft_p50, window.ttft_p50);
        worst(whole.ttft_p95, window.ttft_p95);
        worst(whole.ttft_p99, window.ttft_p99);
        worst(whole.send_lag_p99, window.send_lag_p99);
        worst(whole.receive_lag_p99, window.receive_lag_p99);
    }
    whole.open_streams = open_ns / static_cast<double>(std::max<std::int64_t>(1, whole.length.count()));
    return whole;
}

std::vector<WindowSummary> merge_every(std::span<const WindowSummary> windows, std::size_t count) {
    std::vector<WindowSummary> made;
    for (std::size_t i = 0; i < windows.size(); i += count)
        made.push_back(merged(windows.subspan(i, std::min(count, windows.size() - i))));
    return made;
}

template <typename Figure>
json::array column(const std::vector<WindowSummary>& windows, Figure&& figure) {
    json::array values;
    for (const WindowSummary& window : windows)
        values.push_back(figure(window));
    return values;
}

json::array time_column(const std::vector<WindowSummary>& windows,
                        std::optional<nanoseconds> WindowSummary::*figure) {
    return column(windows, [&](const WindowSummary& window) -> json::value {
        const auto& value = window.*figure;
        if (!value) return nullptr;
        return std::chrono::duration_cast<microseconds>(*value).count();
    });
}

json::object course_json(const std::vector<WindowSummary>& windows, std::size_t merged_count) {
    json::object course{{"target", text(windows.front().target)},
                        {"start_ns", windows.front().start.count()},
                        {"length_ns", windows.front().length.count()},
                        {"merged", merged_count}};
    course["started"] = column(windows, [](const auto& window) { return window.started; });
    course["ended"] = column(windows, [](const auto& window) { return window.ended; });
    course["errors"] = column(windows, [](const auto& window) { return window.errors; });
    course["token_events"] = column(windows, [](const auto& window) { return window.token_events; });
    course["open_streams"] =
        column(windows, [](const auto& window) { return std::round(window.open_streams * 100) / 100; });
    course["ttft_p50_us"] = time_column(windows, &WindowSummary::ttft_p50);
    course["ttft_p95_us"] = time_column(windows, &WindowSummary::ttft_p95);
    course["ttft_p99_us"] = time_column(windows, &WindowSummary::ttft_p99);
    course["send_lag_p99_us"] = time_column(windows, &WindowSummary::send_lag_p99);
    course["receive_lag_p99_us"] = time_column(windows, &WindowSummary::receive_lag_p99);
    return course;
}

json::array courses_json(const Summary& summary) {
    json::array courses;
    const std::size_t most = share_of(max_page_windows, summary.run.targets.size(), 30, 600);
    for (const RunInfo::TargetInfo& target : summary.run.targets) {
        std::vector<WindowSummary> own;
        std::ranges::copy_if(summary.windows, std::back_inserter(own),
                             [&](const WindowSummary& window) { return window.target == target.name; });
        if (own.empty()) continue;
        const std::size_t count = (own.size() + most - 1) / most;
        courses.push_back(course_json(merge_every(own, count), count));
    }
    return courses;
}

/// Steps in units of `unit`, and counts unless all are 1.
void add_marks(const std::vector<ArrivalMark>& marks, microseconds unit, std::string_view steps_name,
               std::string_view counts_name, json::object& into) {
    json::array steps, counts;
    std::int64_t before = 0;
    for (const ArrivalMark& mark : marks) {
        const std::int64_t at = mark.at / std::max(unit, microseconds{1});
        steps.push_back(at - before);
        counts.push_back(mark.token_events);
        before = at;
    }
    into[steps_name] = std::move(steps);
    const bool all_single =
        std::ranges::all_of(marks, [](const ArrivalMark& mark) { return mark.token_events == 1; });
    if (!all_single) into[counts_name] = std::move(counts);
}

void add_moment(std::string_view name, const std::optional<microseconds>& moment, json::object& into) {
    if (moment) into[name] = moment->count();
}

json::object to_json(const RasterStream& stream, microseconds unit) {
    json::object row{{"request_id", text(stream.request_id)},
                     {"phase", text(stream.phase)},
                     {"start_us", stream.start.count()},
                     {"outcome", to_string(stream.outcome)},
                     {"tokens", stream.token_events}};
    add_moment("ttft_us", stream.ttft, row);
    add_moment("end_us", stream.end, row);
    add_moment("max_gap_us", stream.max_gap, row);
    add_marks(stream.marks, unit, "steps", "counts", row);
    if (!stream.ideal.empty()) add_marks(stream.ideal, unit, "ideal_steps", "ideal_counts", row);
    return row;
}

json::object to_json(const TokenHolds& holds) {
    json::object made{{"from_stamps", holds.from_stamps},
                      {"streams", holds.streams},
                      {"token_events", holds.token_events},
                      {"histogram", histogram_json(holds.histogram, 96)}};
    const auto add = [&](std::string_view name, const std::optional<nanoseconds>& value) {
        if (value) made[name] = value->count();
    };
    add("p50_ns", holds.p50);
    add("p95_ns", holds.p95);
    add("max_ns", holds.max);
    return made;
}

json::object to_json(const Waterfall& waterfall, const Summary& summary) {
    json::object made{{"request_id", text(waterfall.request_id)},
                      {"outcome", to_string(waterfall.outcome)},
                      {"detail", text(waterfall.detail)},
                      {"tokens", waterfall.token_events}};
    if (waterfall.phase < summary.run.phases.size())
        made["phase"] = text(summary.run.phases[waterfall.phase].name);
    add_moment("connect_start_us", waterfall.connect_start, made);
    add_moment("resolved_us", waterfall.resolved, made);
    add_moment("connected_us", waterfall.connected, made);
    add_moment("tls_done_us", waterfall.tls_done, made);
    add_moment("sent_us", waterfall.sent, made);
    add_moment("headers_us", waterfall.headers, made);
    add_moment("first_byte_us", waterfall.first_byte, made);
    add_moment("first_token_us", waterfall.first_token, made);
    add_moment("last_token_us", waterfall.last_token, made);
    add_moment("end_us", waterfall.end, made);
    add_marks(waterfall.marks, microseconds{1}, "steps", "counts", made);
    return made;
}

json::object to_json(const Raster& raster, const Summary& summary) {
    json::array streams, slowest;
    for (const RasterStream& stream : raster.streams)
        streams.push_back(to_json(stream, raster.resolution));
    for (const Waterfall& waterfall : raster.slowest)
        slowest.push_back(to_json(waterfall, summary));
    return {{"target", text(raster.target)},
            {"timelines", raster.timelines},
            {"resolution_us", raster.resolution.count()},
            {"streams", std::move(streams)},
            {"holds", to_json(raster.holds)},
            {"slowest", std::move(slowest)}};
}

constexpr std::array<std::string_view, 6> comparator_names{
    "less", "less_or_equal", "greater", "greater_or_equal", "equal", "not_equal"};
constexpr std::array<std::string_view, 5> unit_names{"duration", "ratio", "rate", "count", "word"};

/// What summary.json says in the expectation's text only: the page draws limits.
json::object to_json(const scenarios::Expectation& expectation) {
    const scenarios::Condition& condition = expectation.condition;
    return {{"comparator", comparator_names[static_cast<std::size_t>(condition.comparator)]},
            {"unit", unit_names[static_cast<std::size_t>(condition.unit)]},
            {"value", condition.value},
            {"word", text(condition.word)},
            {"windowed", expectation.window.has_value()}};
}

json::object fitting_summary(const Summary& summary) {
    json::object made = to_json(summary);
    fit_groups(summary, made);
    made.erase("windows");
    json::object& health = made.at("validity").as_object().at("health").as_object();
    health.erase("client_lag");
    health.erase("loop_lag");
    return made;
}

}  // namespace

json::object page_json(const Summary& summary, const ReportData& extras) {
    json::array rasters, conditions;
    for (const Raster& raster : extras.rasters)
        rasters.push_back(to_json(raster, summary));
    for (const ExpectationResult& result : summary.verdict.expectations)
        conditions.push_back(to_json(result.expectation));
    // The seed once more as text: a script's numbers end at 2^53.
    return {{"seed", std::to_string(summary.run.seed)},
            {"summary", fitting_summary(summary)},
            {"courses", courses_json(summary)},
            {"conditions", std::move(conditions)},
            {"rasters", std::move(rasters)}};
}

}  // namespace streamgauge::report
