#pragma once

#include "scenarios/scenario.h"

#include <cstdint>
#include <string>
#include <vector>

/// What a scenario needs of this machine, and whether it is there. Only what is certain counts: the users of
/// closed loops; how many streams an open loop has at a time depends on the server.
namespace streamgauge::load {

/// What this machine lets the process have.
struct MachineLimits {
    std::uint64_t descriptors = 0;         ///< open files, at most; 0: unknown
    std::uint64_t descriptors_in_use = 0;  ///< by everything but the run's connections
    std::uint64_t ports =
        0;  ///< ephemeral ports, for each pair of source address and destination; 0: unknown
};

/// Raises the soft limit on open files to the hard one and reads what there is.
MachineLimits claim_machine();

/// Ephemeral ports to one address of a server, from all source addresses of the scenario together.
std::uint64_t port_limit(const scenarios::Scenario& scenario, const MachineLimits& limits);

/// What the scenario is certain to lack: one sentence each on how much is needed, how much there is, and what
/// to type. Empty: it can run.
std::vector<std::string> missing_resources(const scenarios::Scenario& scenario, unsigned workers,
                                           const MachineLimits& limits);

/// The same for source addresses that are not of this machine. Binds a socket to each for a moment.
std::vector<std::string> missing_source_addresses(const scenarios::Scenario& scenario);

/// Both, for this machine as it is now.
std::vector<std::string> all_missing(const scenarios::Scenario& scenario, unsigned workers);

}  // namespace streamgauge::load
