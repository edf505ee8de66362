#include "bench/micro/end_to_end/rate_search.h"

#include <fmt/format.h>

#include <cstdio>
#include <optional>

namespace streamgauge::micro {
namespace {

constexpr double first_rate = 60'000;
constexpr double factor = 1.25;
constexpr double highest_rate = 600'000;
constexpr int bisections = 2;
constexpr double error_limit_us = 1000;
constexpr double least_delivered = 0.97;  ///< of the rate, else someone is behind

struct Probe {
    double delivered = 0;  ///< tokens/s in the window, as the client counted them
    double error_p99_us = 0;
    bool held = false;            ///< the rate came through, with an error below the limit
    bool server_gave_in = false;  ///< it did not, because the server did not write so many
};

Probe probe(Client client, double rate) {
    Load load;
    load.name = "rate";
    load.tokens_per_second = rate;
    load.ramp = 1200ms;
    load.window = 1500ms;
    load.errors_in_window = true;
    const auto comparison = compare(load, {client}, 1);
    const auto& repetition = comparison.series.front().repetitions.front();
    const auto& figures = repetition.figures;
    Probe result;
    result.delivered = figures[Figure::tokens_per_cpu_second] * figures[Figure::cpu_share];
    result.error_p99_us = figures[Figure::token_error_p99];
    const double wanted = least_delivered * rate;
    result.held = result.delivered >= wanted && result.error_p99_us < error_limit_us;
    result.server_gave_in = !result.held && figures[Figure::server_tokens_per_second] < wanted;
    fmt::print(
        "  {:<12} {:>7.0f} tokens/s asked, {:>7.0f} came, token error p99 {:>8.1f} us, client CPU {:>3.0f} "
        "%, "
        "server late p99 {:>8.1f} us{}\n",
        name_of(client), rate, result.delivered, result.error_p99_us, 100 * figures[Figure::cpu_share],
        figures[Figure::server_late_p99], result.held ? "" : "  <- no");
    std::fflush(stdout);
    return result;
}

struct Found {
    double rate = 0;  ///< 0: not even the first one held
    bool server_gave_in = false;
};

Found search(Client client) {
    Found best;
    std::optional<double> too_high;
    for (double rate = first_rate; rate <= highest_rate && !too_high; rate *= factor) {
        const auto result = probe(client, rate);
        if (result.held) {
            best.rate = result.delivered;
        } else {
            too_high = rate;
            best.server_gave_in = result.server_gave_in;
        }
    }
    for (int i = 0; i < bisections && too_high && best.rate > 0; ++i) {
        const double middle = (best.rate + *too_high) / 2;
        const auto result = probe(client, middle);
        if (result.held) {
            best.rate = result.delivered;
        } else {
            too_high = middle;
            best.server_gave_in = result.server_gave_in;
        }
    }
    return best;
}

}  // namespace

std::vector<Measurement> run_rate_search(const ModeOptions& options) {
    fmt::print("rate cleartext: 5000 streams, the highest rate with a p99 token error below 1 ms\n");
    std::vector<Measurement> all;
    for (const auto client : options.clients) {
        const auto found = search(client);
        const auto prefix = fmt::format("rate/cleartext/{}/", name_of(client));
        all.push_back(summarize(prefix + "highest_tokens_per_second", "1/s", {found.rate}));
        all.back().disturbed = found.server_gave_in ? 1 : 0;
        fmt::print("  {}: {:.0f} tokens/s{}\n", name_of(client), found.rate,
                   found.server_gave_in ? ", and more: the server gave in first" : "");
    }
    fmt::print("\n");
    return all;
}

}  // namespace streamgauge::micro
