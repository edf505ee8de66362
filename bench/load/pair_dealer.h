#pragma once

#include "bench/load/target_dealer.h"

#include <vector>

namespace streamgauge::load {

/// Deals every arrival to all targets of a comparison, one after the other. Every other arrival goes through
/// them backwards (A B, B A: ABBA), so that what changes with time and who warms a cache for whom weighs on
/// all alike. Of more than two, two arrivals later the next target begins: over 2 n arrivals to n targets
/// each is equally often at every place, and equally often before and after every other.
class PairDealer final : public TargetDealer {
  public:
    explicit PairDealer(const scenarios::Comparison& comparison);

    std::uint32_t requests_per_arrival() const override;
    std::uint32_t target_for(const RequestKey& key) const override;

  private:
    std::vector<std::uint32_t> targets_;  ///< the base first
};

}  // namespace streamgauge::load
