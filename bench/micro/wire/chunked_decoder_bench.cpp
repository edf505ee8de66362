#include "bench/micro/wire/sample_events.h"
#include "bench/wire/chunked_decoder.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <string>

namespace streamgauge::wire {
namespace {

struct CountingSink final : ResponseSink {
    std::uint64_t chunks = 0;
    std::uint64_t bytes = 0;
    void on_header(const ResponseHeader&) override {}
    void on_chunk(std::uint32_t) override { ++chunks; }
    void on_body(std::string_view part) override { bytes += part.size(); }
};

std::string chunk(const std::string& data) {
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return size + data + "\r\n";
}

/// Arguments: bytes of a chunk's data, chunks of a feed.
void chunked(benchmark::State& state) {
    std::string input;
    for (std::int64_t i = 0; i < state.range(1); ++i) {
        input += chunk(sample_event(static_cast<std::size_t>(state.range(0))));
    }
    ChunkedDecoder decoder;
    CountingSink sink;
    for (auto _ : state) {
        if (!decoder.feed(input, sink)) state.SkipWithError("the decoder refused the body");
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(sink.chunks));
    state.SetBytesProcessed(static_cast<std::int64_t>(sink.bytes));
}

BENCHMARK(chunked)->ArgNames({"chunk_bytes", "chunks"})->ArgsProduct({{42, 258, 2048}, {1, 64}});

}  // namespace
}  // namespace streamgauge::wire
