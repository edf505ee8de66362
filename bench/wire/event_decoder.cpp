#include "bench/wire/event_decoder.h"

#include "bench/wire/sse_decoder.h"
#include "bench/wire/token.h"

namespace streamgauge::wire {

std::unique_ptr<EventDecoder> make_event_decoder(std::string_view content_type, std::size_t max_event_bytes) {
    const auto media_type = trim(content_type.substr(0, content_type.find(';')));
    if (equal_ignoring_case(media_type, "text/event-stream")) {
        return std::make_unique<SseDecoder>(max_event_bytes);
    }
    return nullptr;
}

}  // namespace streamgauge::wire
