#include "bench/micro/end_to_end/figures.h"

namespace streamgauge::micro {
namespace {

constexpr std::array<FigureText, figure_count> texts{{
    {"tokens_per_cpu_second", "1/s"},
    {"cpu_per_event", "us"},
    {"cpu_share", "1"},
    {"cpu_total", "s"},
    {"ttft_error_mean", "us"},
    {"ttft_error_p99", "us"},
    {"ttft_error_user_stamp_mean", "us"},
    {"ttft_error_user_stamp_p99", "us"},
    {"token_error_mean", "us"},
    {"token_error_p99", "us"},
    {"token_error_max", "us"},
    {"client_lag_p99", "us"},
    {"uncertain_share", "1"},
    {"send_lag_p99", "ms"},
    {"all_requests_sent", "ms"},
    {"rss", "MiB"},
    {"peak_rss", "MiB"},
    {"bytes_per_stream", "B"},
    {"heap_per_stream", "B"},
    {"streams_complete", "1"},
    {"tokens_missing", "1"},
    {"server_tokens_per_second", "1/s"},
    {"server_late_p99", "us"},
    {"server_cpu_share", "1"},
}};

}  // namespace

FigureText text_of(Figure figure) {
    return texts[static_cast<std::size_t>(figure)];
}

}  // namespace streamgauge::micro
