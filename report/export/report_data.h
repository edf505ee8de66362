#pragma once

#include "report/model/stream_timeline.h"
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
    struct Mark {
        std::chrono::microseconds at{0};
        std::uint64_t token_events = 0;
    };
    std::vector<Mark> marks;
};

/// When tokens arrived, for some streams of one target, by intended time.
struct Raster {
    std::string target;
    std::uint64_t timelines = 0;  ///< how many there were to choose from
    std::chrono::microseconds resolution{0};
    std::vector<RasterStream> streams;
};

/// What the page shows beyond the summary. Bounded: at most `max_raster_streams` streams and
/// `max_raster_marks` marks a target, whatever the run was.
struct ReportData {
    std::vector<Raster> rasters;  ///< one per target, in the run's order
};

inline constexpr std::size_t max_raster_streams = 150;
inline constexpr std::size_t max_raster_marks = 40'000;

/// Chooses and thins out the timelines for the page. Of a target's measured streams (warm-up only when there
/// is nothing else) it takes evenly by intended time, and makes the resolution coarser until the marks fit.
ReportData make_report_data(std::span<const StreamTimeline> timelines, const Summary& summary);

}  // namespace streamgauge::report
