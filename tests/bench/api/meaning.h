#pragma once

#include "bench/api/api_dialect.h"

#include <string>
#include <string_view>

namespace streamgauge::api {

/// What the dialect makes of an event with that data and type.
inline EventMeaning meaning_of(ApiDialect& dialect, std::string_view data, std::string_view type = {}) {
    wire::StreamEvent event;
    event.type = type;
    event.data = data;
    return dialect.read(event);
}

/// The kind of token an event counts as, "end", "ping", "error", "malformed", or "nothing".
inline std::string sort_of(const EventMeaning& meaning) {
    if (meaning.malformed) return "malformed";
    if (meaning.error) return "error";
    if (meaning.end) return "end";
    if (meaning.ping) return "ping";
    return meaning.token ? std::string(report::to_string(*meaning.token)) : "nothing";
}

}  // namespace streamgauge::api
