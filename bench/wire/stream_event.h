#pragma once

#include <cstdint>
#include <string_view>

namespace streamgauge::wire {

/// One event of a stream, whatever the framing. The views live until the sink returns.
struct StreamEvent {
    std::string_view type;  ///< SSE `event:`; empty means "message"
    std::string_view data;
    std::string_view id;
    std::uint32_t bytes = 0;  ///< decoded bytes it took, terminating blank line included
};

class EventSink {
  public:
    virtual ~EventSink() = default;
    virtual void on_event(const StreamEvent& event) = 0;
    /// A comment line: not an event.
    virtual void on_comment(std::string_view text) = 0;
};

}  // namespace streamgauge::wire
