#include "report/stats/blocked_sample.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::report {

std::chrono::nanoseconds block_length(std::chrono::nanoseconds duration,
                                      std::chrono::nanoseconds median_e2e) {
    constexpr int usual_blocks = 12;
    return std::max({duration / usual_blocks, 2 * median_e2e, std::chrono::nanoseconds{1}});
}

BlockedSample into_blocks(std::span<const Observation> observations, std::chrono::nanoseconds length) {
    std::vector<Observation> in_time;
    for (const auto& observation : observations) {
        if (!std::isnan(observation.value)) in_time.push_back(observation);
    }
    std::ranges::stable_sort(in_time, {}, &Observation::start);
    BlockedSample sample;
    sample.values.reserve(in_time.size());
    std::int64_t last = -1;
    for (const auto& [start, value] : in_time) {
        const auto block = (start - in_time.front().start) / length;
        if (block != last) ++sample.blocks;
        last = block;
        sample.values.push_back({value, static_cast<std::uint32_t>(sample.blocks - 1)});
    }
    std::ranges::stable_sort(sample.values, {}, &BlockedSample::Value::value);
    return sample;
}

}  // namespace streamgauge::report
