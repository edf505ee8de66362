#include "bench/simulator/sse_format.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

std::string written(const Behaviour& behaviour) {
    const SseFormat sse{behaviour};
    std::string out;
    sse.event(out, "", "a");
    sse.event(out, "name", "b");
    sse.comment(out, "ping");
    return out;
}

TEST(SseFormat, WritesEventsAndComments) {
    EXPECT_EQ(written({}), "data: a\n\nevent: name\ndata: b\n\n: ping\n\n");
}

TEST(SseFormat, WritesTheLineEndsAskedFor) {
    Behaviour behaviour;
    behaviour.line_end = LineEnd::crlf;
    EXPECT_EQ(written(behaviour), "data: a\r\n\r\nevent: name\r\ndata: b\r\n\r\n: ping\r\n\r\n");
    behaviour.line_end = LineEnd::cr;
    EXPECT_EQ(written(behaviour), "data: a\r\revent: name\rdata: b\r\r: ping\r\r");
}

TEST(SseFormat, LeavesTheSpaceOut) {
    Behaviour behaviour;
    behaviour.space_after_colon = false;
    EXPECT_EQ(written(behaviour), "data:a\n\nevent:name\ndata:b\n\n:ping\n\n");
}

}  // namespace
}  // namespace streamgauge::simulator
