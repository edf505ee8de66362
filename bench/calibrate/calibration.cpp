#include "bench/calibrate/calibration.h"

#include "bench/calibrate/core_split.h"
#include "bench/calibrate/server_process.h"
#include "bench/load/engine.h"
#include "scenarios/loader.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stdexcept>

namespace streamgauge::calibrate {

namespace {

using namespace std::chrono_literals;
using scenarios::format_duration;
using Seconds = std::chrono::duration<double>;

constexpr nanoseconds error_limit = 1ms;
constexpr nanoseconds send_lag_limit = 10ms;
constexpr double uncertain_limit = 0.01;
constexpr double least_delivered = 0.95;
constexpr double server_full_share = 0.9;

constexpr double tokens_per_second_of_stream = 10;
constexpr double mean_ttft_s = 0.25;
constexpr double streams_opened_per_second = 5'000;
constexpr int most_tries = 3;

constexpr nanoseconds stream_length = 2s;

nanoseconds ramp_of(const CalibrationStep& step) {
    const Seconds needed{static_cast<double>(step.streams) / streams_opened_per_second};
    return std::max(std::chrono::duration_cast<nanoseconds>(needed), nanoseconds{1s});
}

/// One load against a running server.
class StepRun {
  public:
    StepRun(const CalibrationStep& step, const ServerProcess& server, unsigned workers, nanoseconds window);
    CalibrationRow run();

  private:
    CalibrationRow row(const load::EngineResult& result, nanoseconds server_time) const;

    const CalibrationStep step_;
    const ServerProcess& server_;
    const nanoseconds window_;
    scenarios::Scenario scenario_;
    report::Moment start_;
    std::vector<std::unique_ptr<StampError>> errors_;
    std::unique_ptr<load::Engine> engine_;
};

StepRun::StepRun(const CalibrationStep& step, const ServerProcess& server, unsigned workers,
                 nanoseconds window)
    : step_{step}, server_{server}, window_{window}, start_{std::chrono::steady_clock::now() + 50ms} {
    const nanoseconds ramp = ramp_of(step);
    const auto text = step_scenario(step, server.port(), ramp, window);
    auto loaded = scenarios::parse_scenario(text, "calibrate.yaml");
    if (!loaded.scenario) {
        throw std::runtime_error("calibrate made a scenario that is wrong: " +
                                 scenarios::format_diagnostic(loaded.diagnostics.at(0)));
    }
    scenario_ = std::move(*loaded.scenario);
    const auto begin = start_ + ramp + stream_length;
    const auto expected = step.tokens_per_second * Seconds{window}.count() / workers;
    std::vector<report::TimelineSink*> sinks;
    for (unsigned worker = 0; worker < workers; ++worker) {
        errors_.push_back(std::make_unique<StampError>(begin, begin + window,
                                                       static_cast<std::size_t>(expected * 1.2) + 1000));
        sinks.push_back(errors_.back().get());
    }
    engine_ = std::make_unique<load::Engine>(scenario_, load::EngineOptions{workers, start_}, sinks);
}

CalibrationRow StepRun::run() {
    const auto server_before = server_.cpu_time();
    const auto result = engine_->run();
    return row(result, server_.cpu_time() - server_before);
}

CalibrationRow StepRun::row(const load::EngineResult& result, nanoseconds server_time) const {
    StampError all = *errors_.front();
    for (auto worker = errors_.begin() + 1; worker != errors_.end(); ++worker)
        all.merge(**worker);
    CalibrationRow row;
    row.step = step_;
    row.ttft = all.ttft();
    row.ttft_user = all.ttft_user();
    row.tokens = all.tokens();
    row.send_lag_p99 = all.send_lag_p99();
    row.failed = all.failed();
    const auto tokens = static_cast<double>(row.tokens.samples + all.uncertain());
    row.tokens_per_second = tokens / Seconds{window_}.count();
    row.uncertain_share = tokens > 0 ? static_cast<double>(all.uncertain()) / tokens : 0.0;
    if (!result.health.client_lag.empty()) row.client_lag_p99 = result.health.client_lag.quantile(0.99);
    const Seconds duration{result.duration};
    row.client_cores = Seconds{result.health.cpu_time} / duration;
    row.server_cores = Seconds{server_time} / duration;
    return row;
}

}  // namespace

std::string CalibrationRow::fault() const {
    if (failed > 0) return fmt::format("{} streams failed", failed);
    if (ttft.samples == 0 || tokens.samples == 0) return "no token came";
    if (uncertain_share > uncertain_limit)
        return fmt::format("{:.1f}% of token times uncertain", uncertain_share * 100);
    if (tokens.p99 >= error_limit) return "token error p99 of 1ms or more";
    if (ttft.p99 >= error_limit) return "TTFT error p99 of 1ms or more";
    if (send_lag_p99 > send_lag_limit) return fmt::format("sent {} late", format_duration(send_lag_p99));
    if (tokens_per_second < least_delivered * step.tokens_per_second) {
        const bool server_full = server_cores > server_full_share * server_limit;
        return fmt::format("only {:.0f} tokens/s came{}", tokens_per_second,
                           server_full ? ", the simulated server gave in first" : "");
    }
    return {};
}

std::vector<CalibrationStep> calibration_steps(const CalibrationOptions& options) {
    std::vector<CalibrationStep> steps;
    for (double decade = 1'000; decade <= options.most_tokens_per_second; decade *= 10) {
        for (const double factor : {1.0, 2.0, 3.0, 5.0, 7.0}) {
            const double rate = decade * factor;
            if (rate > options.most_tokens_per_second) break;
            const auto streams = static_cast<std::uint64_t>(std::lround(rate / tokens_per_second_of_stream));
            steps.push_back({std::min(streams, options.most_streams), rate});
        }
    }
    return steps;
}

std::string step_scenario(const CalibrationStep& step, std::uint16_t port, nanoseconds ramp,
                          nanoseconds window) {
    const double length_s = Seconds{stream_length}.count();
    const auto tokens =
        std::max(2L, std::lround(length_s * step.tokens_per_second / static_cast<double>(step.streams)));
    const double gap_s = (length_s - mean_ttft_s) / static_cast<double>(tokens - 1);
    return fmt::format(
        "version: 1\n"
        "name: calibrate\n"
        "targets:\n"
        "  simulator: {{ url: \"http://127.0.0.1:{}/v1/chat/completions\", api: openai-chat }}\n"
        "workload:\n"
        "  request:\n"
        "    extra:\n"
        "      streamgauge:\n"
        "        stamps: true\n"
        "        ttft: \"uniform(200ms,300ms)\"\n"
        "        itl: \"uniform({:.0f}us,{:.0f}us)\"\n"
        "        tokens: {}\n"
        "load:\n"
        "  - {{ phase: measured, users: {{ from: 1, to: {}, over: {}ms }}, for: {}ms }}\n",
        port, gap_s * 0.5e6, gap_s * 1.5e6, tokens, step.streams, ramp / 1ms,
        (ramp + stream_length + window) / 1ms);
}

void calibrate(const CalibrationOptions& options, const std::function<void(const CalibrationRow&)>& on_row) {
    const auto cores = usable_cores();
    const auto split = split_cores(cores);
    const ServerProcess server{options.program, split.server};
    run_on(split.client);
    for (const auto& step : calibration_steps(options)) {
        CalibrationRow row;
        for (int attempt = 0; attempt < most_tries; ++attempt) {
            row = StepRun{step, server, static_cast<unsigned>(split.client.size()), options.window}.run();
            row.server_limit = static_cast<double>(split.server.size());
            if (row.fault().empty()) break;
        }
        on_row(row);
        if (!row.fault().empty()) break;
    }
    run_on(cores);
}

}  // namespace streamgauge::calibrate
