#pragma once

#include "tests/report/summary/run_fixture.h"

#include <cstdint>
#include <string>
#include <vector>

namespace streamgauge::report::testing {

/// A run that compares the first of its targets with the others.
inline scenarios::Scenario compared_scenario(const std::vector<std::string>& targets,
                                             const std::vector<std::string>& phases = {"steady"}) {
    auto scenario = scenario_of(targets, phases);
    auto& comparison = scenario.comparison.emplace();
    for (std::uint32_t i = 1; i < targets.size(); ++i)
        comparison.with.push_back(i);
    return scenario;
}

/// How a path treats a stream.
struct Path {
    nanoseconds lag = 0ns;    ///< every part comes so much later
    nanoseconds block = 0ns;  ///< parts are kept and let go every so often
};

/// When the parts of an answer of 2 s, 100 ms after `sent`, arrive over a path. `jitter` is the server's.
inline ArrivalCurve arrivals_over(const Path& path, nanoseconds jitter = 0ns) {
    ArrivalCurve arrivals;
    for (std::size_t i = 0; i < arrival_points; ++i) {
        auto arrival = 100ms + jitter + i * 10ms;
        if (path.block > 0ns) {
            const auto blocks = (arrival + path.block - 1ns) / path.block;
            arrival =
                std::min<nanoseconds>(blocks * path.block, 100ms + jitter + (arrival_points - 1) * 10ms);
        }
        arrivals.push_back(arrival + path.lag);
    }
    return arrivals;
}

/// One request of pair `number` over a path, sent as the first or the second of its pair.
inline RequestMetrics paired_request(std::uint64_t number, std::uint32_t target, const Path& path,
                                     std::uint64_t position) {
    const nanoseconds jitter = (number * 37 % 11) * 1ms;
    auto request = completed_request(number * 10ms);
    request.pair_id = "0-0-" + std::to_string(number);
    request.pair_position = position;
    request.target = target;
    request.arrivals = arrivals_over(path, jitter);
    request.ttft = request.ttft_sent = request.arrivals.front();
    request.token_events = 100;
    return request;
}

}  // namespace streamgauge::report::testing
