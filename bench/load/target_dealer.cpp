#include "bench/load/target_dealer.h"

#include "bench/load/pair_dealer.h"
#include "bench/load/split_dealer.h"

#include <vector>

namespace streamgauge::load {

std::unique_ptr<const TargetDealer> make_target_dealer(const scenarios::Scenario& scenario) {
    if (const auto& comparison = scenario.comparison) return std::make_unique<PairDealer>(*comparison);
    std::vector<double> shares;
    for (const auto& target : scenario.targets)
        shares.push_back(target.share);
    return std::make_unique<SplitDealer>(shares);
}

}  // namespace streamgauge::load
