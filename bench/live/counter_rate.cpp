#include "bench/live/counter_rate.h"

namespace streamgauge::live {

double CounterRate::sample(std::chrono::nanoseconds elapsed, std::uint64_t total) {
    samples_.push_back({elapsed, total});
    while (samples_.size() > 2 && samples_[1].elapsed <= elapsed - span_)
        samples_.pop_front();
    const std::chrono::duration<double> since = elapsed - samples_.front().elapsed;
    if (since.count() <= 0) return 0;
    return static_cast<double>(total - samples_.front().total) / since.count();
}

}  // namespace streamgauge::live
