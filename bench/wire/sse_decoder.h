#pragma once

#include "bench/wire/event_decoder.h"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::wire {

/// Splits a text/event-stream into events, by the grammar of the WHATWG HTML standard, section 9.2.6. Takes
/// bytes however they are cut; the events do not depend on the cuts. An event is delivered with the first
/// byte of its blank line's end, so a CR does not wait for an LF. No allocation per event in the steady
/// state: an event that lies within one feed is delivered as views of the input.
class SseDecoder final : public EventDecoder {
  public:
    /// `max_event_bytes` bounds one event and one line.
    explicit SseDecoder(std::size_t max_event_bytes = default_max_event_bytes);

    /// Delivers each event completed by `bytes` to `sink`, in order. Error: event_too_large.
    boost::system::result<void> feed(std::string_view bytes, EventSink& sink) override;

    /// True when bytes of an event that is not complete yet have been seen (a comment or a ping is not part
    /// of an event).
    bool inside_event() const override;

    void reset() override;

    /// The last valid `retry:` value of the stream.
    std::optional<std::chrono::milliseconds> reconnection_time() const { return reconnection_time_; }

  private:
    class LineScanner;

    /// Views of the event under construction: of the input, or of the buffers below.
    struct Event {
        std::string_view type;
        std::string_view data;
    };

    bool pass_byte_order_mark(std::string_view& bytes);
    bool pass_line_feed(LineScanner& scanner);
    bool take_lines(LineScanner& scanner, Event& event, EventSink& sink);
    void take_line(std::string_view line, std::uint64_t line_end, Event& event, EventSink& sink);
    void take_field(std::string_view line, Event& event);
    void add_data(std::string_view value, Event& event);
    void take_reconnection_time(std::string_view digits);
    void end_event(std::uint64_t line_end, Event& event, EventSink& sink);
    void keep(const Event& event);
    bool too_large(std::uint64_t offset) const { return offset > event_start_ + max_event_bytes_; }

    std::string line_;  ///< a line whose end has not come
    std::string type_;  ///< of the event under construction, between feeds
    std::string data_;
    std::string last_event_id_;
    std::optional<std::chrono::milliseconds> reconnection_time_;
    std::uint64_t offset_ = 0;       ///< bytes of the stream before the current feed
    std::uint64_t event_start_ = 0;  ///< offset of the first byte of the event under construction
    std::uint64_t max_event_bytes_;
    bool at_start_ = true;      ///< a byte order mark may still come
    bool after_cr_ = false;     ///< the last byte was a CR: an LF that follows belongs to it
    bool crlf_ = false;         ///< the last line ended with CR LF
    bool event_begun_ = false;  ///< a field line was seen since the last blank line
    bool has_data_ = false;     ///< a data line was among them
    bool failed_ = false;
};

}  // namespace streamgauge::wire
