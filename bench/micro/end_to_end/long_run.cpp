#include "bench/micro/end_to_end/long_run.h"

#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <string>

namespace streamgauge::micro {
namespace {

constexpr nanoseconds settle = 500ms;

/// Whole time of the run, each ten times the one before. A phase is cut into at most twenty blocks of at
/// least a second, so its figures have grown to their full size after twenty seconds: the last two runs are
/// past that.
constexpr std::array<nanoseconds, 3> lengths{2500ms, 25s, 250s};

struct RecordedRun {
    double seconds;
    double peak_mib;
    double streams;
};

RecordedRun record(nanoseconds length) {
    Load load;
    load.name = "length";
    load.streams = 500;
    load.tokens_per_second = 40'000;
    load.ramp = 200ms;
    load.settle = settle - load.ramp;
    load.window = length - settle;
    load.repeated_tokens = 20;
    load.with_errors = false;
    const auto comparison = compare(load, {Client::recording}, 1);
    const auto& figures = comparison.series.front().repetitions.front().figures;
    const RecordedRun run{std::chrono::duration<double>(length).count(), figures[Figure::peak_rss],
                          figures[Figure::streams_complete]};
    fmt::print("  {:>5.1f} s: {:>7.0f} streams, {:.1f} MiB at most\n", run.seconds, run.streams,
               run.peak_mib);
    std::fflush(stdout);
    return run;
}

}  // namespace

std::vector<Measurement> run_long_run(const ModeOptions& options) {
    fmt::print("length: memory of a recorded run and of those ten times as long\n");
    std::vector<Measurement> all;
    const std::string prefix = "length/cleartext/streamgauge_recording/";
    double before = 0;
    for (const auto length : lengths) {
        if (options.quick && length == lengths.back()) break;
        const auto run = record(length);
        const auto seconds = fmt::format("{:g}s", run.seconds);
        all.push_back(summarize(prefix + "peak_rss_of_" + seconds, "MiB", {run.peak_mib}));
        all.push_back(summarize(prefix + "streams_complete_of_" + seconds, "1", {run.streams}));
        if (before > 0)
            all.push_back(summarize(prefix + "growth_to_" + seconds, "1", {run.peak_mib / before}));
        before = run.peak_mib;
    }
    print_lines(all);
    return all;
}

}  // namespace streamgauge::micro
