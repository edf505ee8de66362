#include "bench/micro/wire/sample_events.h"
#include "bench/wire/sse_decoder.h"

#include <benchmark/benchmark.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

struct CountingSink final : EventSink {
    std::uint64_t events = 0;
    std::uint64_t data_bytes = 0;
    void on_event(const StreamEvent& event) override {
        ++events;
        data_bytes += event.data.size();
    }
    void on_comment(std::string_view) override {}
};

void report(benchmark::State& state, const CountingSink& sink, std::size_t bytes_per_iteration) {
    benchmark::DoNotOptimize(sink.data_bytes);
    state.SetItemsProcessed(static_cast<std::int64_t>(sink.events));
    state.SetBytesProcessed(
        static_cast<std::int64_t>(bytes_per_iteration * static_cast<std::size_t>(state.iterations())));
}

std::string repeated(const std::string& event, std::int64_t times) {
    std::string stream;
    for (std::int64_t i = 0; i < times; ++i)
        stream += event;
    return stream;
}

/// Arguments: bytes of an event, events of a feed.
void decode(benchmark::State& state, const std::string& line_end) {
    const auto input =
        repeated(sample_event(static_cast<std::size_t>(state.range(0)), line_end), state.range(1));
    SseDecoder decoder;
    CountingSink sink;
    for (auto _ : state) {
        if (!decoder.feed(input, sink)) state.SkipWithError("the decoder refused the stream");
    }
    report(state, sink, input.size());
}

void sse_lf(benchmark::State& state) {
    decode(state, "\n");
}
void sse_crlf(benchmark::State& state) {
    decode(state, "\r\n");
}

/// Every event is cut in the middle: the slow path, with a copy.
void sse_event_cut_in_two(benchmark::State& state) {
    const auto event = sample_event(static_cast<std::size_t>(state.range(0)));
    const std::string_view first(event.data(), event.size() / 2);
    const auto second = std::string_view(event).substr(first.size());
    SseDecoder decoder;
    CountingSink sink;
    for (auto _ : state) {
        if (!decoder.feed(first, sink) || !decoder.feed(second, sink)) state.SkipWithError("refused");
    }
    report(state, sink, event.size());
}

/// Events with a type, as Anthropic sends them.
void sse_typed(benchmark::State& state) {
    const auto input =
        repeated("event: content_block_delta\n" + sample_event(static_cast<std::size_t>(state.range(0))),
                 state.range(1));
    SseDecoder decoder;
    CountingSink sink;
    for (auto _ : state) {
        if (!decoder.feed(input, sink)) state.SkipWithError("the decoder refused the stream");
    }
    report(state, sink, input.size());
}

/// One event for each of 10,000 decoders in turn: the caches are cold, as they are with thousands of streams.
void sse_many_streams(benchmark::State& state) {
    const auto event = sample_event(static_cast<std::size_t>(state.range(0)));
    std::vector<SseDecoder> decoders(10'000);
    CountingSink sink;
    for (auto _ : state) {
        for (auto& decoder : decoders) {
            if (!decoder.feed(event, sink)) state.SkipWithError("refused");
        }
    }
    report(state, sink, event.size() * decoders.size());
    state.counters["bytes_per_decoder"] = sizeof(SseDecoder);
}

BENCHMARK(sse_lf)->ArgNames({"event_bytes", "events"})->ArgsProduct({{42, 258, 2048}, {1, 64}});
BENCHMARK(sse_crlf)->ArgNames({"event_bytes", "events"})->ArgsProduct({{42, 258, 2048}, {1, 64}});
BENCHMARK(sse_typed)->ArgNames({"event_bytes", "events"})->ArgsProduct({{258}, {1, 64}});
BENCHMARK(sse_event_cut_in_two)->ArgName("event_bytes")->Arg(42)->Arg(258)->Arg(2048);
BENCHMARK(sse_many_streams)->ArgName("event_bytes")->Arg(258);

}  // namespace
}  // namespace streamgauge::wire
