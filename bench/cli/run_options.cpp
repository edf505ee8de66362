#include "bench/cli/run_options.h"

#include "bench/cli/usage_error.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <thread>

namespace streamgauge::cli {

namespace {

unsigned read_workers(const std::string& text) {
    unsigned workers = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), workers);
    const bool is_number = error == std::errc{} && end == text.data() + text.size();
    if (!is_number || workers < 1 || workers > most_workers) {
        throw UsageError(
            fmt::format("STREAMGAUGE_WORKERS={} is not a number from 1 to {}", text, most_workers));
    }
    return workers;
}

}  // namespace

unsigned default_workers() {
    return std::clamp(std::thread::hardware_concurrency(), 1u, most_default_workers);
}

void complete(RunOptions& options, const Console& console) {
    if (options.out.empty()) options.out = console.environment("STREAMGAUGE_OUT").value_or("");
    if (options.workers == 0) {
        if (const auto text = console.environment("STREAMGAUGE_WORKERS"))
            options.workers = read_workers(*text);
    }
    if (options.workers == 0) options.workers = default_workers();
}

}  // namespace streamgauge::cli
