#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>

namespace streamgauge::report {

inline constexpr Moment sample_run_start{std::chrono::seconds{1'000}};

/// A completed stream: 100 token events, 20 ms apart, each in a chunk and a read of its own, or `per_read` of
/// them held back and let go together.
inline StreamTimeline sample_stream(std::chrono::nanoseconds intended, std::uint32_t per_read = 1) {
    using namespace std::chrono_literals;
    StreamTimeline timeline;
    timeline.request_id = "00000000-0000-4000-8000-000000000000";
    timeline.intended = sample_run_start + intended;
    timeline.sent = timeline.send_done = timeline.intended + 100us;
    timeline.outcome = Outcome::completed;
    timeline.http_status = 200;
    timeline.chunked = true;
    for (std::uint32_t i = 0; i < 100; ++i) {
        const std::uint32_t read = i / per_read;
        if (i % per_read == 0) {
            const Moment arrival = timeline.intended + 250ms + (read + 1) * per_read * 20ms;
            timeline.reads.emplace_back(arrival, arrival - 50us, 258 * per_read, StampSource::kernel, false);
        }
        timeline.tokens.push_back({read, i, 250, 0, TokenKind::answer});
        timeline.http_chunks.push_back(250);
    }
    timeline.headers = timeline.first_byte = timeline.first_event = timeline.reads.front().arrival;
    timeline.terminal = timeline.end = timeline.reads.back().arrival;
    timeline.events = 101;
    return timeline;
}

}  // namespace streamgauge::report
