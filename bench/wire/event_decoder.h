#pragma once

#include "bench/wire/stream_event.h"

#include <boost/system/result.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace streamgauge::wire {

/// Splits a decoded body into events. One implementation per framing (SSE now); bytes come however they were
/// cut.
class EventDecoder {
  public:
    virtual ~EventDecoder() = default;

    /// Delivers each event completed by `bytes` to `sink`, in order. Error: event_too_large; after it the
    /// decoder takes nothing more until reset().
    virtual boost::system::result<void> feed(std::string_view bytes, EventSink& sink) = 0;

    /// True when bytes of an event that is not complete yet have been seen.
    virtual bool inside_event() const = 0;

    /// Makes it ready for another stream.
    virtual void reset() = 0;
};

/// Bound of one event and one line, in bytes.
inline constexpr std::size_t default_max_event_bytes = std::size_t{1} << 20;

/// A decoder for the framing that a Content-Type value names, parameters and case ignored; null when the type
/// is not an event stream (then the body is no stream of tokens).
std::unique_ptr<EventDecoder> make_event_decoder(std::string_view content_type,
                                                 std::size_t max_event_bytes = default_max_event_bytes);

}  // namespace streamgauge::wire
