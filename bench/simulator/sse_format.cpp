#include "bench/simulator/sse_format.h"

namespace streamgauge::simulator {

namespace {

std::string_view text_of(LineEnd line_end) {
    switch (line_end) {
        case LineEnd::crlf:
            return "\r\n";
        case LineEnd::cr:
            return "\r";
        case LineEnd::lf:
            break;
    }
    return "\n";
}

}  // namespace

SseFormat::SseFormat(const Behaviour& behaviour)
    : line_end_{text_of(behaviour.line_end)},
      event_{behaviour.space_after_colon ? "event: " : "event:"},
      data_{behaviour.space_after_colon ? "data: " : "data:"},
      comment_{behaviour.space_after_colon ? ": " : ":"} {}

}  // namespace streamgauge::simulator
