#include "report/export/html.h"

#include "report/export/escape.h"
#include "report/export/summary_json.h"
#include "report/web/page.h"

#include <boost/json.hpp>

#include <array>

namespace streamgauge::report {
namespace {

namespace json = boost::json;

json::object to_json(const RasterStream& stream) {
    json::object row{{"request_id", stream.request_id},
                     {"phase", stream.phase},
                     {"start_us", stream.start.count()},
                     {"outcome", to_string(stream.outcome)},
                     {"tokens", stream.token_events}};
    if (stream.ttft) row["ttft_us"] = stream.ttft->count();
    if (stream.end) row["end_us"] = stream.end->count();
    if (stream.max_gap) row["max_gap_us"] = stream.max_gap->count();
    // Steps instead of times, and counts only where one differs from 1, keep the file small.
    json::array steps, counts;
    std::chrono::microseconds before{0};
    bool all_single = true;
    for (const RasterStream::Mark& mark : stream.marks) {
        steps.push_back((mark.at - before).count());
        counts.push_back(mark.token_events);
        all_single = all_single && mark.token_events == 1;
        before = mark.at;
    }
    row["arrivals_us"] = std::move(steps);
    if (!all_single) row["counts"] = std::move(counts);
    return row;
}

json::object to_json(const Raster& raster) {
    json::array streams;
    for (const RasterStream& stream : raster.streams)
        streams.push_back(to_json(stream));
    return {{"target", raster.target},
            {"timelines", raster.timelines},
            {"resolution_us", raster.resolution.count()},
            {"streams", std::move(streams)}};
}

constexpr std::array<std::string_view, 6> comparator_names{
    "less", "less_or_equal", "greater", "greater_or_equal", "equal", "not_equal"};
constexpr std::array<std::string_view, 5> unit_names{"duration", "ratio", "rate", "count", "word"};

/// What summary.json says in the expectation's text only: the page draws limits.
json::object to_json(const scenarios::Condition& condition) {
    return {{"comparator", comparator_names[static_cast<std::size_t>(condition.comparator)]},
            {"unit", unit_names[static_cast<std::size_t>(condition.unit)]},
            {"value", condition.value},
            {"word", condition.word}};
}

}  // namespace

std::string html_report(const Summary& summary, const ReportData& extras) {
    json::array rasters;
    for (const Raster& raster : extras.rasters)
        rasters.push_back(to_json(raster));
    json::array conditions;
    for (const ExpectationResult& result : summary.verdict.expectations) {
        conditions.push_back(to_json(result.expectation.condition));
    }
    // The seed once more as text: a script's numbers end at 2^53.
    const json::object run{{"seed", std::to_string(summary.run.seed)},
                           {"summary", to_json(summary)},
                           {"conditions", std::move(conditions)},
                           {"rasters", std::move(rasters)}};
    std::string page{page_before_run()};
    page += script_json(json::serialize(run));
    page += page_after_run();
    return page;
}

}  // namespace streamgauge::report
