#pragma once

#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstddef>

namespace streamgauge::report {

/// A read whose bytes may have come over a longer stretch than this does not tell when each of its events
/// came.
inline constexpr std::chrono::nanoseconds widest_certain_read = std::chrono::milliseconds{1};

/// True when this client, not the path, may have grouped the `token_events` events that `read` completed: the
/// loop was late, bytes piled up in the socket, and all of them carry one stamp. One event alone keeps its
/// time where the stamp is the kernel's and belongs to that event's last segment, so not when the read goes
/// on into the next event.
constexpr bool is_client_uncertain(const SocketRead& read, std::size_t token_events) {
    if (read.arrival - read.not_before() <= widest_certain_read) return false;
    if (token_events > 1) return true;
    return read.source == StampSource::user || read.ends_inside_event;
}

/// Calls `take(first, end, uncertain)` for each run of token events that one read completed, in order; the
/// events are those with index in [first, end).
template <typename Take>
void for_each_token_read(const StreamTimeline& timeline, Take&& take) {
    const auto& tokens = timeline.tokens;
    for (std::size_t first = 0; first < tokens.size();) {
        std::size_t end = first + 1;
        while (end < tokens.size() && tokens[end].read == tokens[first].read)
            ++end;
        take(first, end, is_client_uncertain(timeline.reads[tokens[first].read], end - first));
        first = end;
    }
}

}  // namespace streamgauge::report
