#pragma once

#include "bench/micro/end_to_end/output.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::micro {

struct ModeOptions {
    std::vector<Transport> transports{Transport::cleartext, Transport::tls, Transport::gzip};
    std::vector<Client> clients{Client::floor, Client::streamgauge};
    unsigned repetitions = 3;
    bool quick = false;             ///< shorter windows, so figures that scatter more
    std::filesystem::path program;  ///< `streamgauge`, for its start
    // Of steady and drain; empty: what the transport can bear on one core of the server.
    std::optional<std::uint64_t> streams;
    std::optional<double> tokens_per_second;
    std::optional<nanoseconds> window;
};

struct Mode {
    std::string name;
    std::string help;
    bool in_quick;  ///< part of a quick run that names no modes
    std::vector<Measurement> (*run)(const ModeOptions& options);
};

/// All modes, in the order in which they run.
const std::vector<Mode>& modes();

}  // namespace streamgauge::micro
