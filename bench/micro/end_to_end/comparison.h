#pragma once

#include "bench/micro/end_to_end/client_process.h"
#include "bench/micro/end_to_end/figures.h"
#include "bench/micro/end_to_end/load.h"

#include <vector>

namespace streamgauge::micro {

/// A server this late (p99, in the window) was the bottleneck, not the client.
inline constexpr double most_server_lateness_us = 1000;

struct Repetition {
    Figures figures;
    bool disturbed = false;
};

/// The repetitions of one client, in the order in which they ran.
struct Series {
    Client client = Client::floor;
    std::vector<Repetition> repetitions;
};

struct Comparison {
    Load load;
    std::vector<Series> series;  ///< one for each client
};

/// Runs the clients in turn, `repetitions` times each, against one server. Throws std::exception.
Comparison compare(const Load& load, const std::vector<Client>& clients, unsigned repetitions);

}  // namespace streamgauge::micro
