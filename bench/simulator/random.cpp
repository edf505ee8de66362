#include "bench/simulator/random.h"

#include <cmath>
#include <numbers>

namespace streamgauge::simulator {

double Random::normal() {
    const double radius = std::sqrt(-2.0 * std::log(uniform()));
    return radius * std::cos(2.0 * std::numbers::pi * uniform());
}

Random random_for(std::uint64_t seed, std::uint64_t request_number, Purpose purpose) {
    const std::uint64_t of_seed = Random{seed}.next();
    const std::uint64_t of_request = Random{of_seed ^ request_number}.next();
    return Random{of_request ^ (static_cast<std::uint64_t>(purpose) << 56)};
}

}  // namespace streamgauge::simulator
