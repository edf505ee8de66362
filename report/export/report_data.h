#pragma once

#include "report/export/arrival_marks.h"
#include "report/export/waterfall.h"
#include "report/model/stream_timeline.h"
#include "report/summary/histogram_bars.h"
#include "report/summary/summary.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace streamgauge::report {

/// One stream as a row of dots. Times count from `sent`, whole microseconds.
struct RasterStream {
    std::string request_id, phase;
    std::chrono::microseconds start{0};  ///< the intended moment, from the first stream of the raster
    Outcome outcome = Outcome::aborted;
    std::optional<std::chrono::microseconds> ttft, end, max_gap;
    std::uint64_t token_events = 0;
    /// Arrivals ascending; token events closer than the raster's resolution to the first of a mark share it.
    std::vector<ArrivalMark> marks;
    /// The same tokens had nothing held them (see IdealRelease); of some streams only.
    std::vector<ArrivalMark> ideal;
};

/// How long token events were held, over the recorded streams of a target.
struct TokenHolds {
    bool from_stamps = false;  ///< else estimated from the client's side
    std::uint64_t streams = 0, token_events = 0;
    std::optional<nanoseconds> p50, p95, max;
    HistogramBars histogram;
};

/// When tokens arrived, for some streams of one target, by intended time.
struct Raster {
    std::string target;
    std::uint64_t timelines = 0;  ///< how many there were to choose from
    std::chrono::microseconds resolution{0};
    std::vector<RasterStream> streams;
    TokenHolds holds;
    std::vector<Waterfall> slowest;  ///< slowest first
};

/// What the page shows beyond the summary. Bounded, whatever the run was: see the limits below.
struct ReportData {
    std::vector<Raster> rasters;  ///< one per target, in the run's order
};

// Of one target; many targets share what two would have.
inline constexpr std::size_t max_raster_streams = 150;
inline constexpr std::size_t max_raster_marks = 30'000;
inline constexpr std::size_t max_ideal_streams = 36;
inline constexpr std::size_t max_ideal_marks = 400;  ///< of one stream
inline constexpr std::size_t max_slowest = 8;

/// Chooses and thins out the timelines for the page. Of a target's measured streams (warm-up only when there
/// is nothing else) it takes evenly by intended time, and makes the resolution coarser until the marks fit.
ReportData make_report_data(std::span<const StreamTimeline> timelines, const Summary& summary);

}  // namespace streamgauge::report
