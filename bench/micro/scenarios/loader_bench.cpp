#include "scenarios/loader.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <string>

namespace streamgauge::scenarios {
namespace {

/// A scenario with so many targets, phases and expectations.
std::string scenario_text(std::int64_t size) {
    std::string text = "version: 1\nname: benchmark\ntargets:\n";
    for (std::int64_t i = 0; i < size; ++i)
        text += fmt::format("  target-{}: http://127.0.0.1:{}/v1/chat/completions\n", i, 8000 + i);
    text += "workload:\n  model: some-model\n  max_tokens: 100\nload:\n";
    for (std::int64_t i = 0; i < size; ++i)
        text +=
            fmt::format("  - {{ phase: phase-{}, users: {{ from: 1, to: 50, over: 10s }}, for: 20s }}\n", i);
    text += "expect:\n";
    for (std::int64_t i = 0; i < size; ++i)
        text += fmt::format("  - ttft.p95 < {}ms\n", 500 + i);
    return text;
}

void load_yaml(benchmark::State& state) {
    const auto text = scenario_text(state.range(0));
    for (auto _ : state) {
        const auto result = parse_scenario(text, "benchmark.yaml");
        if (!result.scenario) {
            const auto why =
                result.diagnostics.empty() ? "no scenario" : format_diagnostic(result.diagnostics.front());
            state.SkipWithError(why.c_str());
            break;
        }
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}

BENCHMARK(load_yaml)
    ->Name("scenario/load")
    ->ArgName("targets")
    ->Arg(1)
    ->Arg(20)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace streamgauge::scenarios
