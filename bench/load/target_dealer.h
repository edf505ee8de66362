#pragma once

#include "bench/load/request_key.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <memory>

namespace streamgauge::load {

/// Whom to ask. The target of a request follows from its key alone. Thread-safe.
class TargetDealer {
  public:
    virtual ~TargetDealer() = default;

    /// Requests that one arrival of an open loop, or one turn of a user, sends one after the other: those
    /// whose keys differ in `member` only, from 0 on.
    virtual std::uint32_t requests_per_arrival() const = 0;
    virtual std::uint32_t target_for(const RequestKey& key) const = 0;
};

/// The dealer a scenario asks for: by shares, or in pairs.
std::unique_ptr<const TargetDealer> make_target_dealer(const scenarios::Scenario& scenario);

}  // namespace streamgauge::load
