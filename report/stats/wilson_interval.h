#pragma once

#include <cstdint>

namespace streamgauge::report {

/// 95 % bounds of a share, both in 0..1.
struct ShareInterval {
    double low = 0;
    double high = 1;
};

/// Wilson's score interval (Wilson 1927) around `count` of `of`. It stays inside 0..1 and says something even
/// at 0 and at `of`. With `of` 0 nothing is known: 0..1. `count` is at most `of`.
ShareInterval wilson_interval(std::uint64_t count, std::uint64_t of);

}  // namespace streamgauge::report
