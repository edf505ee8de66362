#include "bench/micro/report/sample_timeline.h"
#include "report/summary/run_aggregate.h"

#include <benchmark/benchmark.h>

#include <chrono>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

scenarios::Scenario one_minute() {
    scenarios::Scenario scenario;
    scenario.targets.resize(1);
    scenario.targets[0].name = "direct";
    scenarios::OpenLoop loop;
    loop.rate.to = 1'000;
    scenario.load.push_back({"steady", loop, 60s, false});
    return scenario;
}

void measure(benchmark::State& state) {
    const auto scenario = one_minute();
    const auto timeline = sample_stream(1s);
    for (auto _ : state)
        benchmark::DoNotOptimize(measure_request(timeline, scenario, sample_run_start, 0));
}
BENCHMARK(measure)->Name("measure_request/100_tokens");

void add(benchmark::State& state) {
    const auto scenario = one_minute();
    auto request = measure_request(sample_stream(1s), scenario, sample_run_start, 0);
    RunAggregate aggregate(scenario);
    std::int64_t i = 0;
    for (auto _ : state) {
        request.start = (i++ * 37 % 60'000) * 1ms;
        aggregate.add(request);
    }
}
BENCHMARK(add)->Name("run_aggregate/add");

void add_gaps(benchmark::State& state) {
    const auto scenario = one_minute();
    const auto timeline = sample_stream(1s);
    RunAggregate aggregate(scenario);
    std::int64_t i = 0;
    for (auto _ : state) {
        const nanoseconds start = (i++ * 37 % 60'000) * 1ms;
        for_each_gap(timeline, [&](nanoseconds gap) { aggregate.add_gap(0, 0, start, gap); });
    }
    state.SetItemsProcessed(state.iterations() * 99);
}
BENCHMARK(add_gaps)->Name("run_aggregate/add_gap of 100 tokens");

void summarize(benchmark::State& state) {
    const auto scenario = one_minute();
    auto request = measure_request(sample_stream(1s), scenario, sample_run_start, 0);
    RunAggregate aggregate(scenario);
    for (std::int64_t i = 0; i < 60'000; ++i) {
        request.start = i * 1ms;
        request.ttft = 200ms + i * 7'919 % 90'000 * 1us;
        aggregate.add(request);
        aggregate.add_gap(0, 0, request.start, i * 7'919 % 90'000 * 1us);
    }
    for (auto _ : state) {
        Summary summary;
        aggregate.summarize(summary, 1);
        benchmark::DoNotOptimize(summary);
    }
}
BENCHMARK(summarize)->Name("run_aggregate/summarize")->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace streamgauge::report
