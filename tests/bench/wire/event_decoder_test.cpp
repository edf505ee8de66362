#include "bench/wire/event_decoder.h"

#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

TEST(EventDecoder, IsMadeForAnEventStream) {
    for (const auto* type :
         {"text/event-stream", "text/event-stream; charset=utf-8", "Text/Event-Stream ;x"}) {
        const auto decoder = make_event_decoder(type);
        ASSERT_TRUE(decoder) << type;
        EventRecorder recorder;
        EXPECT_TRUE(decoder->feed("data: a\n\nda", recorder));
        EXPECT_EQ(recorder.events.size(), 1U);
        EXPECT_TRUE(decoder->inside_event());
        decoder->reset();
        EXPECT_FALSE(decoder->inside_event());
    }
}

TEST(EventDecoder, IsNotMadeForAnythingElse) {
    for (const auto* type : {"", "application/json", "text/html; charset=utf-8", "text/event-streams", ";"}) {
        EXPECT_FALSE(make_event_decoder(type)) << type;
    }
}

TEST(EventDecoder, TakesItsBound) {
    const auto decoder = make_event_decoder("text/event-stream", 10);
    EventRecorder recorder;
    EXPECT_FALSE(decoder->feed("data: " + std::string(20, 'x'), recorder));
}

}  // namespace
}  // namespace streamgauge::wire
