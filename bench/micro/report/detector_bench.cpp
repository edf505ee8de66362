#include "bench/micro/report/sample_timeline.h"
#include "report/buffering/detector.h"

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

BENCHMARK(detect)->Name("detect_buffering/100_tokens")->ArgName("per_read")->Arg(1)->Arg(5);

}  // namespace
}  // namespace streamgauge::report
