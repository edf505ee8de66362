#include "bench/wire/content_decoder.h"
#include "bench/wire/http1_response_decoder.h"
#include "bench/wire/sse_decoder.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace streamgauge::wire {
namespace {

/// HTTP, then the content coding, then SSE: the way of a byte from the socket to an event.
class Layers final : public ResponseSink, public ByteSink {
  public:
    EventRecorder recorder;

    void feed(std::string_view bytes) { ASSERT_EQ(http_.feed(bytes, *this).value(), bytes.size()); }
    bool done() const { return http_.done() && content_->complete() && !events_.inside_event(); }

    void on_header(const ResponseHeader& header) override {
        content_ = make_content_decoder(header.field("content-encoding")).value();
    }
    void on_chunk(std::uint32_t) override {}
    void on_body(std::string_view bytes) override { ASSERT_TRUE(content_->feed(bytes, *this)); }
    void on_bytes(std::string_view bytes) override { ASSERT_TRUE(events_.feed(bytes, recorder)); }

  private:
    Http1ResponseDecoder http_;
    std::unique_ptr<ContentDecoder> content_;
    SseDecoder events_;
};

std::string chunk(const std::string& data) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return size + data + "\r\n";
}

TEST(Layers, GiveTheSameEventsHoweverTheBytesAreCut) {
    Compressor compressor(Window::gzip);
    std::string input = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n";
    input += chunk(compressor.flush("event: a\r\ndata: one\r\n\r\n"));
    input += chunk(compressor.flush(": ping\r\n\r\ndata: t"));
    input += chunk(compressor.finish("wo\r\n\r\n"));
    input += "0\r\n\r\n";
    for (const auto& pieces : every_cut(input)) {
        Layers layers;
        feed_pieces(pieces, [&](std::string_view piece) { layers.feed(piece); });
        const std::vector<RecordedEvent> expected{{"a", "one", "", 23}, {"", "two", "", 13}};
        ASSERT_EQ(layers.recorder.events, expected);
        ASSERT_TRUE(layers.done());
    }
}

}  // namespace
}  // namespace streamgauge::wire
