#pragma once

#include "report/export/arrival_marks.h"
#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace streamgauge::report {

/// One request step by step. Moments count from `intended`, whole microseconds; one that never came is empty.
struct Waterfall {
    std::string request_id;
    std::uint32_t phase = 0;
    Outcome outcome = Outcome::aborted;
    std::string detail;
    std::optional<std::chrono::microseconds> connect_start, resolved, connected, tls_done, sent, headers,
        first_byte, first_token, last_token, end;
    std::uint64_t token_events = 0;
    std::vector<ArrivalMark> marks;  ///< at most `max_waterfall_marks`, and one more
};

inline constexpr std::int64_t max_waterfall_marks = 120;

Waterfall waterfall_of(const StreamTimeline& timeline);

/// The `most` that took longest from due to last token, or to their end where none came; slowest first.
std::vector<const StreamTimeline*> slowest_of(std::vector<const StreamTimeline*> timelines, std::size_t most);

}  // namespace streamgauge::report
