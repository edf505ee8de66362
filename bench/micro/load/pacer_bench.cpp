#include "bench/load/arrival_process.h"
#include "bench/load/user_ramp.h"

#include <benchmark/benchmark.h>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;

/// The next arrival of a phase whose rate rises.
void next_arrival(benchmark::State& state, scenarios::Arrivals arrivals) {
    const scenarios::OpenLoop shape{{100, 10'000, 600s}, arrivals, {}};
    ArrivalProcess process{shape, 3600s, 1};
    for (auto _ : state) {
        auto due = process.next();
        if (!due) process = ArrivalProcess{shape, 3600s, 1};
        benchmark::DoNotOptimize(due);
    }
    state.SetItemsProcessed(state.iterations());
}

void constant_arrivals(benchmark::State& state) {
    next_arrival(state, scenarios::Arrivals::constant);
}
void poisson_arrivals(benchmark::State& state) {
    next_arrival(state, scenarios::Arrivals::poisson);
}

void user_ramp(benchmark::State& state) {
    const scenarios::ClosedLoop shape{{0, 10'000, 60s}, 0ns};
    std::uint64_t index = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(user_starts_at(shape, 120s, index));
        benchmark::DoNotOptimize(user_stops_at(shape, 120s, index));
        index = (index + 1) % 10'000;
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(constant_arrivals)->Name("pacer/constant");
BENCHMARK(poisson_arrivals)->Name("pacer/poisson");
BENCHMARK(user_ramp)->Name("pacer/user_ramp");

}  // namespace
}  // namespace streamgauge::load
