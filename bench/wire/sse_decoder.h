#pragma once

#include "bench/wire/stream_event.h"

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace streamgauge::wire {

/// Splits a text/event-stream into events, by the grammar of the WHATWG HTML standard, section 9.2.6. Takes
/// bytes however they are cut. No allocation per event in the steady state.
class SseDecoder {
  public:
    /// `max_event_bytes` bounds one event and one line.
    explicit SseDecoder(std::size_t max_event_bytes = std::size_t{1} << 20);

    /// Delivers each event completed by `bytes` to `sink`, in order. Error: event_too_large.
    boost::system::result<void> feed(std::string_view bytes, EventSink& sink);

    /// True when bytes of an event that is not complete yet have been seen (a comment or a ping is not part
    /// of an event).
    bool inside_event() const;

    void reset();
};

}  // namespace streamgauge::wire
