#include "bench/api/json_dialect.h"

#include "bench/api/clean_text.h"
#include "bench/api/error_body.h"

#include <cstring>

namespace streamgauge::api {
namespace {

constexpr std::size_t max_finish_reason_bytes = 64;

std::optional<std::chrono::nanoseconds> nanoseconds_of(Json value) {
    const auto number = number_of(value);
    if (!number || *number > static_cast<std::uint64_t>(std::chrono::nanoseconds::max().count())) return {};
    return std::chrono::nanoseconds(static_cast<std::int64_t>(*number));
}

JsonError take_stamp(Json value, EventMeaning& meaning) {
    return for_each_member(value, [&](std::string_view key, Json stamp) {
        if (key == "sent_ns") meaning.server_sent = nanoseconds_of(stamp);
        if (key == "received_ns") meaning.server_received = nanoseconds_of(stamp);
        return simdjson::SUCCESS;
    });
}

}  // namespace

EventMeaning JsonDialect::read(const wire::StreamEvent& event) {
    EventMeaning meaning;
    if (event.data.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        meaning.ping = true;
        return meaning;
    }
    if (take_event(event, meaning)) return meaning;
    const bool error_event = meaning.error;
    if (const auto error = walk(event.data, meaning)) {
        meaning = {};
        meaning.error = error_event;
        meaning.malformed = !error_event;
        // A gateway's error event may hold plain text.
        set_detail(error_event ? event.data : simdjson::error_message(error), meaning);
    }
    if (!meaning.error && !meaning.malformed) meaning.detail = {};
    return meaning;
}

JsonError JsonDialect::walk(std::string_view data, EventMeaning& meaning) {
    const auto needed = data.size() + simdjson::SIMDJSON_PADDING;
    if (padded_.size() < needed) padded_.resize(needed * 2);
    std::memcpy(padded_.data(), data.data(), data.size());

    simdjson::ondemand::document document;
    if (const auto error = parser_.iterate(padded_.data(), data.size(), padded_.size()).get(document)) {
        return error;
    }
    simdjson::ondemand::object object;
    if (const auto error = document.get_object().get(object)) return error;
    const auto error = for_each_member(object, [&](std::string_view key, Json value) {
        if (key == "streamgauge") return take_stamp(value, meaning);
        if (key == "error") return take_error(value, meaning);
        return take_member(key, value, meaning);
    });
    if (error) return error;
    const bool at_end = document.current_location().error() == simdjson::OUT_OF_BOUNDS;
    return at_end ? simdjson::SUCCESS : simdjson::TRAILING_CONTENT;
}

JsonError JsonDialect::take_error(Json value, EventMeaning& meaning) {
    if (has_text(value)) {
        meaning.error = true;
        set_detail(text_of(value), meaning);
    }
    return for_each_member(value, [&](std::string_view key, Json text) {
        meaning.error = true;
        const bool second_best = (key == "type" || key == "code") && meaning.detail.empty();
        if ((key == "message" || second_best) && has_text(text)) set_detail(text_of(text), meaning);
        return simdjson::SUCCESS;
    });
}

void JsonDialect::set_detail(std::string_view text, EventMeaning& meaning) {
    detail_ = clean_text(text);
    meaning.detail = detail_;
}

void JsonDialect::set_finish_reason(Json value, EventMeaning& meaning) {
    if (!has_text(value)) return;
    finish_reason_ = clean_text(text_of(value), max_finish_reason_bytes);
    meaning.finish_reason = finish_reason_;
}

std::string JsonDialect::error_message(std::string_view body) const {
    return message_in_error_body(body);
}

}  // namespace streamgauge::api
