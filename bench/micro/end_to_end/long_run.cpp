#include "bench/micro/end_to_end/long_run.h"

#include <fmt/format.h>

namespace streamgauge::micro {
namespace {

Figures record(nanoseconds window) {
    Load load;
    load.name = "length";
    load.streams = 500;
    load.tokens_per_second = 40'000;
    load.ramp = 200ms;
    load.settle = 300ms;
    load.window = window;
    load.repeated_tokens = 20;
    return compare(load, {Client::recording}, 1).series.front().repetitions.front().figures;
}

}  // namespace

std::vector<Measurement> run_long_run(const ModeOptions& options) {
    const nanoseconds window = options.quick ? 1s : 2s;
    const auto brief = record(window);
    const auto lengthy = record(10 * window + 10 * 500ms - 500ms);
    fmt::print("length: a recorded run of {:.1f} s and one of {:.1f} s\n",
               std::chrono::duration<double>(window + 500ms).count(),
               std::chrono::duration<double>(10 * (window + 500ms)).count());
    const double before = brief[Figure::peak_rss];
    const double after = lengthy[Figure::peak_rss];
    std::vector<Measurement> all{
        summarize("length/cleartext/streamgauge_recording/peak_rss_short", "MiB", {before}),
        summarize("length/cleartext/streamgauge_recording/peak_rss_long", "MiB", {after}),
        summarize("length/cleartext/streamgauge_recording/growth", "1", {after / before}),
        summarize("length/cleartext/streamgauge_recording/streams_complete_short", "1",
                  {brief[Figure::streams_complete]}),
        summarize("length/cleartext/streamgauge_recording/streams_complete_long", "1",
                  {lengthy[Figure::streams_complete]}),
    };
    print_lines(all);
    return all;
}

}  // namespace streamgauge::micro
