#include "bench/micro/report/sample_timeline.h"
#include "report/buffering/detector.h"
#include "report/buffering/tally.h"

#include <benchmark/benchmark.h>

namespace streamgauge::report {
namespace {

/// Argument: tokens that arrive together; 1 is a stream that nothing holds back.
void detect(benchmark::State& state) {
    const auto timeline = sample_stream(std::chrono::seconds{1}, static_cast<std::uint32_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(detect_buffering(timeline));
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(detect)->Name("detect_buffering/100_tokens")->ArgName("per_read")->Arg(1)->Arg(2)->Arg(5)->Arg(100);

/// One verdict for a target with more streams than are kept for it, each of a speed of its own: the
/// costliest.
void pool(benchmark::State& state) {
    auto verdict = detect_buffering(sample_stream(std::chrono::seconds{1}, 10));
    if (!verdict.rhythm) return state.SkipWithError("the sample stream has no rhythm");
    BufferingTally tally;
    for (int i = 0; i < 1000; ++i) {
        verdict.rhythm->gap += std::chrono::milliseconds{1};
        tally.add(verdict);
    }
    for (auto _ : state)
        benchmark::DoNotOptimize(tally.pooled());
}

BENCHMARK(pool)->Name("pool_buffering/1000_streams")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace streamgauge::report
