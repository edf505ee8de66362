#include "report/export/html.h"

#include "report/export/summary_json.h"
#include "report/web/page.h"

#include <boost/json.hpp>

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

/// JSON that can stand inside a script element. The characters escaped occur inside JSON strings only, where
/// `\uXXXX` means the same. HTML would end the element at `</script` and change its meaning at `<!--`.
std::string inside_script(std::string_view text) {
    std::string safe;
    safe.reserve(text.size() + text.size() / 16);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const std::string_view rest = text.substr(i);
        if (text[i] == '<') {
            safe += "\\u003c";
        } else if (text[i] == '>') {
            safe += "\\u003e";
        } else if (text[i] == '&') {
            safe += "\\u0026";
        } else if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
            safe += rest.starts_with("\u2028") ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            safe += text[i];
        }
    }
    return safe;
}

}  // namespace

std::string html_report(const Summary& summary, const ReportData& extras) {
    json::array rasters;
    for (const Raster& raster : extras.rasters)
        rasters.push_back(to_json(raster));
    const json::object run{{"seed", std::to_string(summary.run.seed)},
                           {"summary", to_json(summary)},
                           {"rasters", std::move(rasters)}};
    std::string page{page_before_run()};
    page += inside_script(json::serialize(run));
    page += page_after_run();
    return page;
}

}  // namespace streamgauge::report
