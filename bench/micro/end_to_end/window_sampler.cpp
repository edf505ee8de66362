#include "bench/micro/end_to_end/window_sampler.h"

#include <utility>

namespace streamgauge::micro {
namespace {

using Clock = std::chrono::steady_clock;

Window watch(report::Moment begin, report::Moment end, const std::function<std::uint64_t()>& tokens) {
    go_first();
    std::this_thread::sleep_until(begin);
    const auto began = Clock::now();
    const auto cpu_before = cpu_time_of(0);
    const auto tokens_before = tokens();
    std::this_thread::sleep_until(end);
    Window window;
    window.tokens = tokens() - tokens_before;
    window.cpu = cpu_time_of(0) - cpu_before;
    window.wall = Clock::now() - began;
    window.memory = memory_now();
    return window;
}

}  // namespace

WindowSampler::WindowSampler(report::Moment begin, report::Moment end, std::function<std::uint64_t()> tokens)
    : thread_{[this, begin, end, count = std::move(tokens)] { window_ = watch(begin, end, count); }} {}

Window WindowSampler::take() {
    thread_.join();
    return window_;
}

}  // namespace streamgauge::micro
