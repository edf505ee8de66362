#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace streamgauge::load {

/// The finalizer of splitmix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators",
/// 2014): a bijection on 64 bits in which each input bit sways every output bit.
constexpr std::uint64_t mix(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15;
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
    value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
    return value ^ (value >> 31);
}

/// One seed out of several parts. The order of the parts matters.
constexpr std::uint64_t combine(std::initializer_list<std::uint64_t> parts) {
    std::uint64_t seed = 0;
    for (const auto part : parts)
        seed = mix(seed ^ part);
    return seed;
}

/// A sequence of random numbers that follows from its seed alone, the same with every compiler and standard
/// library (which the distributions of <random> are not). Generator: splitmix64. Not for secrets.
class RandomStream {
  public:
    explicit constexpr RandomStream(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() {
        const auto value = mix(state_);
        state_ += 0x9e3779b97f4a7c15;
        return value;
    }

    /// Evenly spread over [0, 1).
    constexpr double uniform() { return static_cast<double>(next() >> 11) * 0x1p-53; }

    /// Evenly spread over 0..count-1; `count` at least 1 and far below 2^64, so that the bias of the
    /// multiplication does not show.
    constexpr std::uint64_t below(std::uint32_t count) { return ((next() >> 32) * count) >> 32; }

    /// Exponential with mean 1.
    double exponential() { return -std::log1p(-uniform()); }

    /// Normal with mean 0 and standard deviation 1 (Box and Muller, 1958).
    double normal() {
        const double radius = std::sqrt(2 * exponential());
        return radius * std::cos(2 * std::numbers::pi * uniform());
    }

  private:
    std::uint64_t state_;
};

}  // namespace streamgauge::load
