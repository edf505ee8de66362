#include "bench/micro/wire/sample_events.h"
#include "bench/wire/content_decoder.h"

#include <benchmark/benchmark.h>
#include <zlib.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

struct CountingSink final : ByteSink {
    std::uint64_t bytes = 0;
    void on_bytes(std::string_view part) override { bytes += part.size(); }
};

/// A gzip stream that is flushed after each event, as a streaming server does it: one element per event, the
/// header in the first.
std::vector<std::string> flushed_gzip(const std::string& event, int events) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::vector<std::string> parts;
    for (int i = 0; i < events; ++i) {
        std::string text = event;
        text[text.size() / 2] = static_cast<char>('a' + i % 26);
        std::string part(event.size() + 100, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(text.data());
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        deflate(&stream, Z_SYNC_FLUSH);
        part.resize(part.size() - stream.avail_out);
        parts.push_back(part);
    }
    deflateEnd(&stream);
    return parts;
}

/// Argument: bytes of an event. Each event is a feed.
void gzip_event_per_feed(benchmark::State& state) {
    constexpr int events = 1000;
    const auto parts = flushed_gzip(sample_event(static_cast<std::size_t>(state.range(0))), events);
    CountingSink sink;
    const auto decoder = make_content_decoder("gzip").value();
    for (auto _ : state) {
        decoder->reset();
        for (const auto& part : parts) {
            if (!decoder->feed(part, sink)) state.SkipWithError("the decoder refused the body");
        }
    }
    state.SetItemsProcessed(state.iterations() * events);
    state.SetBytesProcessed(static_cast<std::int64_t>(sink.bytes));
}

void identity(benchmark::State& state) {
    const auto event = sample_event(static_cast<std::size_t>(state.range(0)));
    CountingSink sink;
    const auto decoder = make_content_decoder("").value();
    for (auto _ : state) {
        if (!decoder->feed(event, sink)) state.SkipWithError("refused");
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(gzip_event_per_feed)->ArgName("event_bytes")->Arg(42)->Arg(258)->Arg(2048);
BENCHMARK(identity)->ArgName("event_bytes")->Arg(258);

}  // namespace
}  // namespace streamgauge::wire
