#pragma once

#include <array>
#include <cstddef>
#include <limits>
#include <string_view>

namespace streamgauge::micro {

/// What one run of one client gives.
enum class Figure : std::size_t {
    tokens_per_cpu_second,  ///< in the window
    us_per_event,           ///< CPU time in the window
    cpu_share,              ///< of one core, in the window
    cpu_seconds,            ///< of the whole process
    ttft_error_mean,        ///< by kernel stamp
    ttft_error_p99,
    ttft_error_user_mean,  ///< by the clock read after the read
    ttft_error_user_p99,
    token_error_mean,
    token_error_p99,
    token_error_max,
    client_lag_p99,  ///< user stamp - kernel stamp
    uncertain_share,
    send_lag_p99,  ///< sent - intended
    all_sent,      ///< start to the last request
    rss,           ///< at the end of the window
    peak_rss,
    bytes_per_stream,  ///< growth of the RSS from before the first stream
    heap_per_stream,   ///< the part of it that the program asked for; the rest are holes and whole pages
    streams_complete,
    tokens_missing,
    server_tokens_per_second,  ///< in the window
    server_late_p99,
    server_cpu_share,
    count
};

inline constexpr std::size_t figure_count = static_cast<std::size_t>(Figure::count);

struct FigureText {
    std::string_view name;  ///< in JSON
    std::string_view unit;
};

FigureText text_of(Figure figure);

/// One value for each figure; NaN where it was not measured.
class Figures {
  public:
    Figures() { values_.fill(std::numeric_limits<double>::quiet_NaN()); }
    double& operator[](Figure figure) { return values_[static_cast<std::size_t>(figure)]; }
    double operator[](Figure figure) const { return values_[static_cast<std::size_t>(figure)]; }

  private:
    std::array<double, figure_count> values_{};
};

}  // namespace streamgauge::micro
