#pragma once

#include "report/stats/blocked_sample.h"

#include <chrono>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

namespace streamgauge::report::testing {

/// What simulated requests are like. They are due every 50 ms; their logarithms are normal and follow each
/// other as an autoregressive process of order 1.
struct SimulatedLoad {
    std::size_t requests = 4000;
    double median_ns = 200e6;
    double coefficient_of_variation = 0.25;
    double autocorrelation = 0.5;  ///< of neighbours
    double run_effect = 0;         ///< standard deviation of what a whole run is slower or faster by
};

inline constexpr std::chrono::nanoseconds simulated_interval = std::chrono::milliseconds{50};

/// One run, all of it `slower` times as slow.
inline std::vector<Observation> simulate_run(const SimulatedLoad& load, double slower,
                                             std::mt19937_64& random) {
    std::normal_distribution<double> normal;
    const double sigma = std::sqrt(std::log1p(load.coefficient_of_variation * load.coefficient_of_variation));
    const double fresh = std::sqrt(1 - load.autocorrelation * load.autocorrelation);
    const double scale = load.median_ns * slower * std::exp(load.run_effect * normal(random));
    std::vector<Observation> observations;
    double state = normal(random);
    for (std::size_t i = 0; i < load.requests; ++i) {
        observations.push_back({static_cast<int>(i) * simulated_interval, scale * std::exp(sigma * state)});
        state = load.autocorrelation * state + fresh * normal(random);
    }
    return observations;
}

/// Which of `requests` requests failed: each with the chance `share`, neighbours alike by the same process.
inline std::vector<Observation> simulate_errors(const SimulatedLoad& load, double threshold,
                                                std::mt19937_64& random) {
    auto observations = simulate_run({.requests = load.requests,
                                      .median_ns = 1,
                                      .coefficient_of_variation = std::sqrt(std::expm1(1.0)),
                                      .autocorrelation = load.autocorrelation},
                                     1, random);
    for (auto& [start, value] : observations)
        value = std::log(value) > threshold ? 1 : 0;
    return observations;
}

inline BlockedSample in_blocks(const std::vector<Observation>& observations,
                               std::chrono::nanoseconds median_e2e) {
    const auto duration = static_cast<int>(observations.size()) * simulated_interval;
    return into_blocks(observations, block_length(duration, median_e2e));
}

}  // namespace streamgauge::report::testing
