#pragma once

#include <cstdint>

namespace streamgauge::simulator {

/// A small deterministic generator (SplitMix64, Steele, Lea and Flood 2014). The standard library's
/// distributions differ from one implementation to the next; these do not, so a seed means the same stream
/// everywhere.
class Random {
  public:
    explicit Random(std::uint64_t seed) : state_{seed} {}

    /// 64 uniform bits.
    std::uint64_t next() {
        std::uint64_t mixed = (state_ += 0x9E3779B97F4A7C15ULL);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9ULL;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBULL;
        return mixed ^ (mixed >> 31);
    }

    /// Uniform in (0, 1): never 0, so that a logarithm of it is finite.
    double uniform() { return (static_cast<double>(next() >> 11) + 0.5) * 0x1.0p-53; }

    /// Standard normal, by Box and Muller.
    double normal();

  private:
    std::uint64_t state_;
};

/// What a generator is used for; each purpose of each request has numbers of its own, so that one more token
/// does not change the gaps.
enum class Purpose : std::uint64_t { first_token = 1, gap, words, fault, finish, padding, cache };

/// The generator of one purpose of one request.
Random random_for(std::uint64_t seed, std::uint64_t request_number, Purpose purpose);

}  // namespace streamgauge::simulator
