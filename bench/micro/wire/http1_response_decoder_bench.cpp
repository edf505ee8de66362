#include "bench/micro/wire/sample_events.h"
#include "bench/wire/http1_response_decoder.h"

#include <benchmark/benchmark.h>

#include <string>

namespace streamgauge::wire {
namespace {

struct CountingSink final : ResponseSink {
    std::uint64_t headers = 0;
    std::uint64_t bytes = 0;
    void on_header(const ResponseHeader&) override { ++headers; }
    void on_chunk(std::uint32_t) override {}
    void on_body(std::string_view part) override { bytes += part.size(); }
};

const std::string header =
    "HTTP/1.1 200 OK\r\n"
    "Date: Mon, 01 Jan 2024 00:00:00 GMT\r\n"
    "Content-Type: text/event-stream; charset=utf-8\r\n"
    "Transfer-Encoding: chunked\r\n"
    "Connection: keep-alive\r\n"
    "Cache-Control: no-cache\r\n"
    "X-Request-Id: 0b5d2f6e-5c1e-4d6a-9a57-0d8f7f0f8a11\r\n"
    "X-Accel-Buffering: no\r\n"
    "Server: sample\r\n"
    "\r\n";

void http_header(benchmark::State& state) {
    Http1ResponseDecoder decoder;
    CountingSink sink;
    for (auto _ : state) {
        decoder.reset();
        if (!decoder.feed(header, sink)) state.SkipWithError("the decoder refused the header");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(sink.headers));
}

/// One chunk with one event per feed, header long past: what a token costs here.
void http_chunk_per_feed(benchmark::State& state) {
    const auto event = sample_event(258);
    const auto chunk = "102\r\n" + event + "\r\n";
    Http1ResponseDecoder decoder;
    CountingSink sink;
    if (!decoder.feed(header, sink)) state.SkipWithError("the decoder refused the header");
    for (auto _ : state) {
        if (!decoder.feed(chunk, sink)) state.SkipWithError("the decoder refused the body");
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(static_cast<std::int64_t>(sink.bytes));
}

BENCHMARK(http_header);
BENCHMARK(http_chunk_per_feed);

}  // namespace
}  // namespace streamgauge::wire
