#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace streamgauge::report {

enum class CutOffKind : std::uint8_t {
    total,  ///< streams end at one age, however busy they are
    idle,   ///< streams end after one stretch of silence, however old they are
};

inline constexpr std::array<std::string_view, 2> cut_off_names{"total", "idle"};

constexpr std::string_view to_string(CutOffKind kind) {
    return cut_off_names[static_cast<std::size_t>(kind)];
}

/// Something between model and client that ends streams by the clock.
struct CutOff {
    CutOffKind kind = CutOffKind::total;
    std::chrono::nanoseconds after{0};  ///< age, or silence; both count from `sent` where nothing came
    std::uint64_t streams = 0;          ///< cut so
    std::uint64_t of = 0;               ///< streams that were cut short by the other side at all
    std::string evidence;               ///< one sentence with the figures a person can check
};

}  // namespace streamgauge::report
