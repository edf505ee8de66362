#include "report/export/report_data.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

using Chosen = std::vector<const StreamTimeline*>;

bool is_warmup(const StreamTimeline& timeline, const Summary& summary) {
    return timeline.phase < summary.run.phases.size() && summary.run.phases[timeline.phase].warmup;
}

Chosen timelines_of(std::uint32_t target, std::span<const StreamTimeline> timelines, const Summary& summary) {
    Chosen measured, warmup;
    for (const StreamTimeline& timeline : timelines) {
        if (timeline.target != target || !timeline.sent) continue;
        (is_warmup(timeline, summary) ? warmup : measured).push_back(&timeline);
    }
    Chosen& chosen = measured.empty() ? warmup : measured;
    std::ranges::stable_sort(chosen, {}, &StreamTimeline::intended);
    return std::move(chosen);
}

Chosen take_evenly(const Chosen& all, std::size_t most) {
    if (all.size() <= most) return all;
    Chosen taken;
    for (std::size_t i = 0; i < most; ++i)
        taken.push_back(all[i * all.size() / most]);
    return taken;
}

std::vector<RasterStream::Mark> marks_of(const StreamTimeline& timeline, microseconds resolution) {
    std::vector<RasterStream::Mark> marks;
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i) {
        const auto at = duration_cast<microseconds>(timeline.arrival(i) - *timeline.sent);
        if (marks.empty() || at - marks.back().at >= std::max(resolution, microseconds{1})) {
            marks.push_back({at, 0});
        }
        ++marks.back().token_events;
    }
    return marks;
}

std::optional<microseconds> longest_gap(const StreamTimeline& timeline) {
    std::optional<microseconds> longest;
    for (std::size_t i = 1; i < timeline.tokens.size(); ++i) {
        const auto gap = duration_cast<microseconds>(timeline.arrival(i) - timeline.arrival(i - 1));
        longest = std::max(longest.value_or(gap), gap);
    }
    return longest;
}

RasterStream stream_of(const StreamTimeline& timeline, const Summary& summary, Moment first) {
    RasterStream stream;
    stream.request_id = timeline.request_id;
    if (timeline.phase < summary.run.phases.size()) stream.phase = summary.run.phases[timeline.phase].name;
    stream.start = duration_cast<microseconds>(timeline.intended - first);
    stream.outcome = timeline.outcome;
    if (!timeline.tokens.empty()) {
        stream.ttft = duration_cast<microseconds>(timeline.arrival(0) - *timeline.sent);
    }
    if (timeline.end) stream.end = duration_cast<microseconds>(*timeline.end - *timeline.sent);
    stream.max_gap = longest_gap(timeline);
    stream.token_events = timeline.tokens.size();
    return stream;
}

/// Fills in the marks of all streams, at the finest resolution of 10 us, 20 us, 40 us, ... that fits.
void fill_marks(Raster& raster, const Chosen& timelines) {
    std::size_t marks = 0;
    raster.resolution = microseconds{5};
    do {
        raster.resolution *= 2;
        marks = 0;
        for (std::size_t i = 0; i < timelines.size(); ++i) {
            raster.streams[i].marks = marks_of(*timelines[i], raster.resolution);
            marks += raster.streams[i].marks.size();
        }
        // A mark a stream is as coarse as it gets.
    } while (marks > std::max(max_raster_marks, timelines.size()));
}

}  // namespace

ReportData make_report_data(std::span<const StreamTimeline> timelines, const Summary& summary) {
    ReportData data;
    for (std::uint32_t target = 0; target < summary.run.targets.size(); ++target) {
        const Chosen all = timelines_of(target, timelines, summary);
        const Chosen chosen = take_evenly(all, max_raster_streams);
        Raster raster;
        raster.target = summary.run.targets[target].name;
        raster.timelines = all.size();
        for (const StreamTimeline* timeline : chosen) {
            raster.streams.push_back(stream_of(*timeline, summary, chosen.front()->intended));
        }
        fill_marks(raster, chosen);
        data.rasters.push_back(std::move(raster));
    }
    return data;
}

}  // namespace streamgauge::report
