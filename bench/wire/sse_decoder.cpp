#include "bench/wire/sse_decoder.h"

#include "bench/wire/error.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace streamgauge::wire {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// An empty buffer larger than this is given back: thousands of streams are open at once.
constexpr std::size_t kept_capacity = 1024;

void clear(std::string& buffer) {
    buffer.clear();
    if (buffer.capacity() > kept_capacity) buffer.shrink_to_fit();
}

void store(std::string_view text, std::string& buffer) {
    if (text.data() != buffer.data()) buffer.assign(text);
}

}  // namespace

/// Finds line ends. Remembers the next CR and the next LF, so that no byte is searched twice whatever the
/// mix of line ends.
class SseDecoder::LineScanner {
  public:
    LineScanner(std::string_view bytes, std::uint64_t offset)
        : begin_(bytes.data()), end_(begin_ + bytes.size()), position_(begin_), offset_(offset) {
        next_cr_ = find('\r');
        next_lf_ = find('\n');
    }

    /// The end of the line that starts here, or null when it is not among the bytes.
    const char* line_end() {
        if (next_cr_ < position_) next_cr_ = find('\r');
        if (next_lf_ < position_) next_lf_ = find('\n');
        const char* first = std::min(next_cr_, next_lf_);
        return first == end_ ? nullptr : first;
    }

    void move_to(const char* position) { position_ = position; }
    const char* position() const { return position_; }
    std::string_view rest() const { return {position_, end_}; }
    /// Where in the stream it is.
    std::uint64_t offset() const { return offset_ + static_cast<std::uint64_t>(position_ - begin_); }

  private:
    const char* find(char c) const {
        const auto size = static_cast<std::size_t>(end_ - position_);
        if (size == 0 || *position_ == c) return position_;
        const void* found = std::memchr(position_, c, size);
        return found ? static_cast<const char*>(found) : end_;
    }

    const char* begin_;
    const char* end_;
    const char* position_;
    const char* next_cr_;
    const char* next_lf_;
    std::uint64_t offset_;
};

SseDecoder::SseDecoder(std::size_t max_event_bytes) : max_event_bytes_(max_event_bytes) {}

boost::system::result<void> SseDecoder::feed(std::string_view bytes, EventSink& sink) {
    if (failed_) return Error::event_too_large;
    if (at_start_ && !pass_byte_order_mark(bytes)) return {};
    if (bytes.empty()) return {};

    LineScanner scanner(bytes, offset_);
    Event event{type_, data_};
    failed_ = !take_lines(scanner, event, sink) || too_large(offset_ + bytes.size());
    if (failed_) return Error::event_too_large;
    keep(event);
    line_.append(scanner.rest());
    offset_ += bytes.size();
    return {};
}

bool SseDecoder::inside_event() const {
    return event_begun_ || (!at_start_ && !line_.empty() && line_.front() != ':');
}

void SseDecoder::reset() {
    auto max_event_bytes = max_event_bytes_;
    *this = SseDecoder(max_event_bytes);
}

/// Returns false while the bytes so far may be the beginning of a byte order mark.
bool SseDecoder::pass_byte_order_mark(std::string_view& bytes) {
    const auto expected = byte_order_mark.substr(line_.size());
    const auto part = bytes.substr(0, expected.size());
    if (!expected.starts_with(part)) {
        at_start_ = false;
        return true;
    }
    offset_ += part.size();
    if (part.size() < expected.size()) {
        line_.append(part);
        return false;
    }
    at_start_ = false;
    line_.clear();
    bytes.remove_prefix(part.size());
    event_start_ = offset_;
    return true;
}

/// Passes the LF of a CR LF. Returns false when the next byte has not come.
bool SseDecoder::pass_line_feed(LineScanner& scanner) {
    if (!after_cr_) return true;
    if (scanner.rest().empty()) return false;
    after_cr_ = false;
    crlf_ = scanner.rest().front() == '\n';
    if (crlf_) scanner.move_to(scanner.position() + 1);
    if (!event_begun_) event_start_ = std::max(event_start_, scanner.offset());
    return true;
}

/// Takes all complete lines. Returns false when the bound is exceeded.
bool SseDecoder::take_lines(LineScanner& scanner, Event& event, EventSink& sink) {
    while (pass_line_feed(scanner)) {
        const char* end = scanner.line_end();
        if (!end) return true;
        std::string_view line(scanner.position(), end);
        const bool carried = !line_.empty();
        if (carried) line = line_.append(line);
        scanner.move_to(end + 1);
        if (too_large(scanner.offset())) return false;

        after_cr_ = *end == '\r';
        take_line(line, scanner.offset(), event, sink);
        if (!after_cr_) crlf_ = false;
        if (carried) {
            keep(event);
            event = {type_, data_};
            clear(line_);
        }
    }
    return true;
}

void SseDecoder::take_line(std::string_view line, std::uint64_t line_end, Event& event, EventSink& sink) {
    if (line.empty()) return end_event(line_end, event, sink);
    if (line.front() != ':') return take_field(line, event);

    line.remove_prefix(line.starts_with(": ") ? 2 : 1);
    if (!event_begun_) event_start_ = line_end;
    sink.on_comment(line);
}

void SseDecoder::take_field(std::string_view line, Event& event) {
    event_begun_ = true;
    const auto colon = line.find(':');
    const auto name = line.substr(0, colon);
    auto value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' ')) value.remove_prefix(1);

    if (name == "data") return add_data(value, event);
    if (name == "event") {
        event.type = value;
    } else if (name == "id") {
        if (value.find('\0') == std::string_view::npos) last_event_id_.assign(value);
    } else if (name == "retry") {
        take_reconnection_time(value);
    }
}

void SseDecoder::add_data(std::string_view value, Event& event) {
    if (!has_data_) {
        event.data = value;
        has_data_ = true;
        return;
    }
    store(event.data, data_);
    data_.append(1, '\n').append(value);
    event.data = data_;
}

void SseDecoder::take_reconnection_time(std::string_view digits) {
    std::uint32_t milliseconds = 0;
    const char* end = digits.data() + digits.size();
    const auto parsed = std::from_chars(digits.data(), end, milliseconds);
    if (parsed.ec == std::errc{} && parsed.ptr == end) {
        reconnection_time_ = std::chrono::milliseconds(milliseconds);
    }
}

void SseDecoder::end_event(std::uint64_t line_end, Event& event, EventSink& sink) {
    // The event leaves with the CR; when its lines end with CR LF, the LF that is about to come is counted
    // now.
    const auto event_end = line_end + (after_cr_ && crlf_ ? 1 : 0);
    if (has_data_) {
        const auto bytes = static_cast<std::uint32_t>(event_end - event_start_);
        sink.on_event({event.type, event.data, last_event_id_, bytes});
    }
    event = {};
    event_begun_ = false;
    has_data_ = false;
    event_start_ = event_end;
}

/// Copies what the views show into the buffers, before the bytes they look at go away.
void SseDecoder::keep(const Event& event) {
    if (event.type.empty() && event.data.empty()) {
        clear(type_);
        clear(data_);
        return;
    }
    store(event.type, type_);
    store(event.data, data_);
}

}  // namespace streamgauge::wire
