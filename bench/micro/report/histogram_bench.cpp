#include "report/model/histogram.h"

#include <benchmark/benchmark.h>

#include <cmath>
#include <random>
#include <vector>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

/// Gaps as a stream has them: log-normal around 20 ms.
std::vector<nanoseconds> gaps(std::size_t count) {
    std::mt19937_64 random(1);
    std::lognormal_distribution<double> distribution(std::log(20e6), 0.8);
    std::vector<nanoseconds> values(count);
    for (auto& value : values)
        value = nanoseconds{static_cast<std::int64_t>(distribution(random))};
    return values;
}

void record(benchmark::State& state) {
    const auto values = gaps(4'096);
    Histogram histogram;
    std::size_t i = 0;
    for (auto _ : state) {
        histogram.record(values[i++ % values.size()]);
        benchmark::ClobberMemory();
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(record)->Name("histogram/record");

void merge(benchmark::State& state) {
    Histogram into, from;
    for (const auto value : gaps(100'000))
        from.record(value);
    for (auto _ : state) {
        into.merge(from);
        benchmark::ClobberMemory();
    }
}
BENCHMARK(merge)->Name("histogram/merge");

void quantile(benchmark::State& state) {
    Histogram histogram;
    for (const auto value : gaps(100'000))
        histogram.record(value);
    for (auto _ : state)
        benchmark::DoNotOptimize(histogram.quantile(0.99));
}
BENCHMARK(quantile)->Name("histogram/quantile");

}  // namespace
}  // namespace streamgauge::report
