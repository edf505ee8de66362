#include "bench/net/stream_recorder.h"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/trim.hpp>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace streamgauge::net {
namespace {

using report::Outcome;

constexpr std::size_t most_error_body = 4096;
/// An answer that is no stream is not read further than this.
constexpr std::size_t most_useless_bytes = std::size_t{256} << 10;
constexpr std::size_t most_detail = 300;
constexpr std::size_t most_http_chunks = std::size_t{1} << 20;

/// Retry-After in its form as seconds (RFC 9110, section 10.2.3); the form as a date is not used by the APIs.
std::optional<nanoseconds> parse_retry_after(std::string_view text) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc{} || end != text.data() + text.size() || !(seconds >= 0 && seconds < 1e6))
        return {};
    return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
}

/// Grows by half, not to the double: what thousands of open streams keep in reserve adds up.
template <typename T>
void make_room(std::vector<T>& items) {
    constexpr std::size_t at_first = 16;
    if (items.size() == items.capacity()) items.reserve(std::max(at_first, items.size() + items.size() / 2));
}

/// How many bytes of `bytes` are the end of a response header, given that the header is complete after it.
std::size_t header_bytes_in(std::string_view bytes) {
    const auto end = bytes.find("\r\n\r\n");
    if (end != std::string_view::npos) return end + 4;
    const auto bare = bytes.find("\n\n");
    return bare != std::string_view::npos ? bare + 2 : 0;
}

}  // namespace

void StreamRecorder::begin(report::StreamTimeline& timeline, api::ApiDialect& dialect) {
    timeline_ = &timeline;
    dialect_ = &dialect;
    response_.reset();
    content_.reset();
    events_.reset();
    error_body_.clear();
    progress_ = {};
    progress_.sent = *timeline.sent;
    settled_ = over_ = gave_up_ = keep_alive_ = false;
    deadline_changed_ = true;
    decode_error_ = {};
}

void StreamRecorder::prefetch_contents() const {
    if (timeline_ == nullptr) return;
    response_.prefetch();
    __builtin_prefetch(content_.get());
    __builtin_prefetch(events_.get());
    __builtin_prefetch(timeline_->reads.data() + timeline_->reads.size(), 1);
    __builtin_prefetch(timeline_->tokens.data() + timeline_->tokens.size(), 1);
    __builtin_prefetch(timeline_->stamps.data() + timeline_->stamps.size(), 1);
    __builtin_prefetch(timeline_->http_chunks.data() + timeline_->http_chunks.size(), 1);
}

bool StreamRecorder::take_deadline_change() {
    return std::exchange(deadline_changed_, false);
}

std::size_t StreamRecorder::feed(std::string_view bytes, const ReadStamp& stamp) {
    if (over_) return 0;
    begin_read(stamp);
    const bool header_was_complete = response_.header_complete();
    const auto taken = response_.feed(bytes, *this);
    const std::size_t used = taken ? *taken : bytes.size();
    timeline_->wire_bytes += used;
    const std::size_t header_bytes = header_was_complete ? 0 : header_bytes_in(bytes);
    finish_read(used - std::min(used, header_bytes));
    if (over_) return used;
    if (!taken) decode_error_ = taken.error();
    if (decode_error_) {
        end(Outcome::malformed, decode_error_.message(), stamp.arrival);
    } else if (response_.done()) {
        conclude(stamp.arrival);
    } else if (response_.header_complete() && events_ == nullptr &&
               timeline_->wire_bytes > most_useless_bytes) {
        gave_up_ = true;
        conclude(stamp.arrival);
    }
    return used;
}

void StreamRecorder::begin_read(const ReadStamp& stamp) {
    read_stamp_ = stamp;
    read_has_body_ = false;
}

void StreamRecorder::finish_read(std::size_t body_wire_bytes) {
    if (!read_has_body_) return;
    auto& read = timeline_->reads.back();
    read.wire_bytes = static_cast<std::uint32_t>(body_wire_bytes);
    read.ends_inside_event = events_ != nullptr && events_->inside_event();
}

void StreamRecorder::on_header(const wire::ResponseHeader& header) {
    timeline_->headers = read_stamp_.arrival;
    timeline_->http_status = header.status;
    timeline_->response_headers = header.fields;
    timeline_->chunked = header.framing == wire::BodyFraming::chunked;
    timeline_->retry_after = parse_retry_after(header.field("retry-after"));
    timeline_->content_encoding =
        boost::algorithm::to_lower_copy(std::string{header.field("content-encoding")});
    keep_alive_ = header.keep_alive;

    auto content = wire::make_content_decoder(timeline_->content_encoding);
    if (content) {
        content_ = std::move(*content);
    } else if (header.framing != wire::BodyFraming::none) {
        settle(Outcome::malformed, "the answer is coded as `" + timeline_->content_encoding.substr(0, 40) +
                                       "`, which was not asked for and is not understood");
    }
    if (header.status >= 200 && header.status < 300) open_stream(header);
}

void StreamRecorder::open_stream(const wire::ResponseHeader& header) {
    const auto type = header.field("content-type");
    events_ = wire::make_event_decoder(type);
    if (events_ != nullptr || settled_) return;
    const std::string shown =
        type.empty() ? "no content type" : "content type `" + std::string{type.substr(0, 80)} + "`";
    settle(Outcome::malformed,
           "HTTP " + std::to_string(header.status) + " with " + shown +
               " is not an event stream; check the path in `url` and that the model streams");
}

void StreamRecorder::on_chunk(std::uint32_t size) {
    if (size == 0 || timeline_->http_chunks.size() >= most_http_chunks) return;
    make_room(timeline_->http_chunks);
    timeline_->http_chunks.push_back(size);
}

void StreamRecorder::on_body(std::string_view bytes) {
    if (!read_has_body_) {
        read_has_body_ = true;
        make_room(timeline_->reads);
        timeline_->reads.emplace_back(read_stamp_.arrival, read_stamp_.not_before, 0, read_stamp_.source,
                                      false);
    }
    if (!timeline_->first_byte) {
        timeline_->first_byte = read_stamp_.arrival;
        deadline_changed_ = true;
    }
    progress_.last_body = read_stamp_.arrival;
    if (content_ == nullptr || decode_error_ || over_) return;
    if (const auto decoded = content_->feed(bytes, *this); !decoded) decode_error_ = decoded.error();
}

void StreamRecorder::on_bytes(std::string_view bytes) {
    if (events_ == nullptr) {
        error_body_.append(bytes.substr(0, most_error_body - std::min(most_error_body, error_body_.size())));
        return;
    }
    if (decode_error_ || over_) return;
    if (const auto decoded = events_->feed(bytes, *this); !decoded) decode_error_ = decoded.error();
}

void StreamRecorder::on_comment(std::string_view) {
    ++timeline_->pings;
}

void StreamRecorder::on_event(const wire::StreamEvent& event) {
    if (over_) return;
    const auto meaning = dialect_->read(event);
    if (meaning.ping) {
        ++timeline_->pings;
        return;
    }
    ++timeline_->events;
    if (!timeline_->first_event) timeline_->first_event = read_stamp_.arrival;
    if (meaning.token) note_token(event, meaning);
    note_meaning(meaning);
}

void StreamRecorder::note_token(const wire::StreamEvent& event, const api::EventMeaning& meaning) {
    if (timeline_->tokens.size() >= most_token_events) {
        end(Outcome::malformed,
            "more than " + std::to_string(most_token_events) + " token events in one stream",
            read_stamp_.arrival);
        return;
    }
    const auto chunks = timeline_->http_chunks.size();
    make_room(timeline_->tokens);
    timeline_->tokens.push_back({static_cast<std::uint32_t>(timeline_->reads.size() - 1),
                                 static_cast<std::uint32_t>(chunks > 0 ? chunks - 1 : 0), event.bytes,
                                 std::min(meaning.tokens, report::TokenEvent::most_tokens), *meaning.token});
    if (meaning.server_sent && timeline_->stamps.size() + 1 == timeline_->tokens.size()) {
        make_room(timeline_->stamps);
        timeline_->stamps.push_back({*meaning.server_sent, meaning.server_received.value_or(nanoseconds{0})});
    }
    if (!progress_.last_token) {
        deadline_changed_ = true;
        timeline_->first_token_lag = read_stamp_.user - read_stamp_.arrival;
    }
    progress_.last_token = read_stamp_.arrival;
}

void StreamRecorder::note_meaning(const api::EventMeaning& meaning) {
    if (meaning.input_tokens) timeline_->input_tokens = meaning.input_tokens;
    if (meaning.output_tokens) timeline_->output_tokens = meaning.output_tokens;
    if (meaning.reasoning_tokens) timeline_->reasoning_tokens = meaning.reasoning_tokens;
    if (!meaning.finish_reason.empty()) timeline_->finish_reason = meaning.finish_reason.substr(0, 40);
    if (meaning.error) {
        settle(Outcome::error_event, std::string{meaning.detail});
        progress_.terminal = read_stamp_.arrival;
        deadline_changed_ = true;
    } else if (meaning.malformed) {
        end(Outcome::malformed, std::string{meaning.detail}, read_stamp_.arrival);
    } else if (meaning.end && !timeline_->terminal) {
        timeline_->terminal = progress_.terminal = read_stamp_.arrival;
        deadline_changed_ = true;
        settle(Outcome::completed, {});
    }
}

void StreamRecorder::settle(Outcome outcome, std::string detail) {
    if (settled_) return;
    settled_ = true;
    timeline_->outcome = outcome;
    timeline_->detail = std::move(detail);
    if (timeline_->detail.size() > most_detail) timeline_->detail.resize(most_detail);
}

void StreamRecorder::describe_error_status() {
    std::string detail = "HTTP " + std::to_string(timeline_->http_status);
    const auto location =
        std::find_if(timeline_->response_headers.begin(), timeline_->response_headers.end(),
                     [](const auto& field) { return boost::algorithm::iequals(field.first, "location"); });
    if (timeline_->http_status / 100 == 3 && location != timeline_->response_headers.end()) {
        detail += " redirects to " + location->second.substr(0, 150) +
                  "; redirects are not followed, so write that address into `url`";
    } else if (auto message = dialect_->error_message(error_body_); !message.empty()) {
        detail += ": " + message;
    }
    settle(Outcome::http_error, std::move(detail));
}

void StreamRecorder::conclude(Moment when) {
    const int status = timeline_->http_status;
    if (status != 0 && (status < 200 || status >= 300)) {
        describe_error_status();
    } else if (!settled_ && timeline_->first_byte && timeline_->events == 0 && timeline_->pings == 0) {
        settle(Outcome::malformed, "the body holds no event; it is not an event stream");
    }
    settle(Outcome::truncated, timeline_->first_byte ? "the response ended without the API's end mark"
                                                     : "the response ended without a body");
    over_ = true;
    timeline_->end = when;
}

void StreamRecorder::on_closed(boost::system::error_code error, Moment when) {
    if (over_) return;
    gave_up_ = true;
    const bool clean = !error && response_.finish();
    if (clean || settled_) return conclude(when);
    if (error) {
        settle(Outcome::reset, "the connection broke: " + error.message());
    } else if (!response_.header_complete()) {
        settle(Outcome::reset, "the server closed the connection before it answered");
    } else if (timeline_->http_status / 100 == 2) {
        settle(Outcome::truncated, "the connection was closed in the middle of the response");
    }
    conclude(when);
}

void StreamRecorder::on_deadline(Moment when) {
    if (over_) return;
    const auto passed = deadline();
    if (!settled_ && timeline_->http_status / 100 > 2) describe_error_status();
    end(passed.outcome, describe_timeout(passed.outcome, timeouts_), when);
}

void StreamRecorder::end(Outcome outcome, std::string detail, Moment when) {
    if (over_) return;
    settle(outcome, std::move(detail));
    gave_up_ = true;
    over_ = true;
    timeline_->end = when;
}

}  // namespace streamgauge::net
