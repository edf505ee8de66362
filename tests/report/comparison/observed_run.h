#pragma once

#include "report/comparison/run_observations.h"
#include "tests/report/summary/run_fixture.h"

#include <cmath>
#include <random>
#include <string>

namespace streamgauge::report::testing {

/// 1,200 requests of one target over 60 s, TTFT about `ttft`; each `failing`th fails, 0: none.
inline std::vector<RequestMetrics> varied_requests(nanoseconds ttft, std::uint64_t seed, int failing = 0) {
    std::mt19937_64 random(seed);
    std::normal_distribution<double> normal;
    std::vector<RequestMetrics> requests;
    for (int i = 0; i < 1200; ++i) {
        const auto varied =
            nanoseconds(std::llround(static_cast<double>(ttft.count()) * std::exp(0.1 * normal(random))));
        auto request = completed_request(i * 50ms, varied);
        request.sequence = static_cast<std::uint64_t>(i);
        if (failing > 0 && i % failing == 0) {
            request = failed_request(Outcome::reset);
            request.start = i * 50ms;
        }
        requests.push_back(request);
    }
    return requests;
}

inline RunObservations observed_run(const std::string& label, nanoseconds ttft, std::uint64_t seed,
                                    int failing = 0) {
    RunObservations run(label, scenario_of({"gateway"}), usual_compared_metrics());
    for (const auto& request : varied_requests(ttft, seed, failing))
        run.add(request);
    return run;
}

}  // namespace streamgauge::report::testing
