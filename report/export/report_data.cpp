#include "report/export/report_data.h"

#include "report/model/client_certainty.h"
#include "report/summary/hold.h"
#include "report/summary/ideal_release.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

using Chosen = std::vector<const StreamTimeline*>;

/// What one target may take when `targets` share the page.
struct Limits {
    std::size_t streams, marks, ideal_streams, slowest;

    explicit Limits(std::size_t targets)
        : streams(share(max_raster_streams, targets)),
          marks(share(max_raster_marks, targets)),
          ideal_streams(share(max_ideal_streams, targets)),
          slowest(share(max_slowest, targets)) {}

  private:
    static std::size_t share(std::size_t of_one, std::size_t targets) {
        return targets <= 2 ? of_one : std::max<std::size_t>(2, 2 * of_one / targets);
    }
};

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
void fill_marks(Raster& raster, const Chosen& timelines, std::size_t most) {
    std::vector<std::vector<Moment>> arrivals;
    for (const StreamTimeline* timeline : timelines)
        arrivals.push_back(arrivals_of(*timeline));
    std::size_t marks = 0;
    raster.resolution = microseconds{5};
    do {
        raster.resolution *= 2;
        marks = 0;
        for (std::size_t i = 0; i < timelines.size(); ++i) {
            raster.streams[i].marks = arrival_marks(arrivals[i], *timelines[i]->sent, raster.resolution);
            marks += raster.streams[i].marks.size();
        }
        // A mark a stream is as coarse as it gets.
    } while (marks > std::max(most, timelines.size()));
}

/// Adds the ideal to some of the streams, evenly.
void fill_ideals(Raster& raster, const Chosen& timelines, std::size_t most) {
    const std::size_t taken = std::min(most, timelines.size());
    for (std::size_t i = 0; i < taken; ++i) {
        const std::size_t row = i * timelines.size() / taken;
        const auto ideal = ideal_release(*timelines[row]).arrivals;
        auto& marks = raster.streams[row].ideal;
        auto resolution = raster.resolution;
        do {
            marks = arrival_marks(ideal, *timelines[row]->sent, resolution);
            resolution *= 2;
        } while (marks.size() > max_ideal_marks);
    }
}

bool has_tokens(const StreamTimeline* timeline) {
    return !timeline->tokens.empty();
}

/// Of the token events whose arrival the client did not blur.
std::vector<nanoseconds> estimated_holds(const StreamTimeline& timeline) {
    std::vector<nanoseconds> holds;
    const auto ideal = ideal_release(timeline);
    for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        for (std::size_t i = first; i < end && !uncertain; ++i)
            holds.push_back(timeline.arrival(i) - ideal.arrivals[i]);
    });
    return holds;
}

/// By stamps only where every stream with tokens carries them: two sources in one figure are none.
TokenHolds token_holds(Chosen timelines) {
    std::erase_if(timelines, [](const StreamTimeline* timeline) { return !has_tokens(timeline); });
    const auto stamped = [](const StreamTimeline* timeline) {
        return timeline->stamps.size() == timeline->tokens.size();
    };
    TokenHolds holds;
    holds.from_stamps = !timelines.empty() && std::ranges::all_of(timelines, stamped);
    holds.streams = timelines.size();
    Histogram histogram;
    for (const StreamTimeline* timeline : timelines) {
        const auto held = holds.from_stamps ? token_holds_from_stamps(*timeline) : estimated_holds(*timeline);
        for (const nanoseconds hold : held)
            histogram.record(hold);
    }
    holds.token_events = histogram.count();
    if (histogram.empty()) return holds;
    holds.p50 = histogram.quantile(0.5);
    holds.p95 = histogram.quantile(0.95);
    holds.max = histogram.max();
    holds.histogram = histogram_bars(histogram);
    return holds;
}

Raster raster_of(const std::string& target, const Chosen& all, const Summary& summary, const Limits& limits) {
    const Chosen chosen = take_evenly(all, limits.streams);
    Raster raster;
    raster.target = target;
    raster.timelines = all.size();
    for (const StreamTimeline* timeline : chosen) {
        raster.streams.push_back(stream_of(*timeline, summary, chosen.front()->intended));
    }
    fill_marks(raster, chosen, limits.marks);
    fill_ideals(raster, chosen, limits.ideal_streams);
    raster.holds = token_holds(all);
    for (const StreamTimeline* timeline : slowest_of(all, limits.slowest))
        raster.slowest.push_back(waterfall_of(*timeline));
    return raster;
}

}  // namespace

ReportData make_report_data(std::span<const StreamTimeline> timelines, const Summary& summary) {
    ReportData data;
    const Limits limits(summary.run.targets.size());
    for (std::uint32_t target = 0; target < summary.run.targets.size(); ++target) {
        const Chosen all = timelines_of(target, timelines, summary);
        data.rasters.push_back(raster_of(summary.run.targets[target].name, all, summary, limits));
    }
    return data;
}

}  // namespace streamgauge::report
