#include "bench/load/pair_dealer.h"

namespace streamgauge::load {

PairDealer::PairDealer(const scenarios::Comparison& comparison) : targets_{comparison.base} {
    targets_.insert(targets_.end(), comparison.with.begin(), comparison.with.end());
}

std::uint32_t PairDealer::requests_per_arrival() const {
    return static_cast<std::uint32_t>(targets_.size());
}

std::uint32_t PairDealer::target_for(const RequestKey& key) const {
    const std::uint64_t count = targets_.size();
    const std::uint64_t turn = key.turn();
    const std::uint64_t place = turn % 2 == 0 ? key.member : count - 1 - key.member;
    // To turn the circle of two about is to go backwards, which has been done.
    const std::uint64_t begin = count > 2 ? turn / 2 : 0;
    return targets_[(begin + place) % count];
}

}  // namespace streamgauge::load
