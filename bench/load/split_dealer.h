#pragma once

#include "bench/load/target_dealer.h"

#include <cstdint>
#include <vector>

namespace streamgauge::load {

/// Deals requests out to targets by their shares, evenly at every scale and without chance: among the first n
/// requests each target has its share of n to within 1.5, so that any window of requests is within 3 of it
/// (and within 1 when there are two targets).
///
/// The targets are the leaves of a Huffman tree over the shares. At each node request i goes left exactly
/// when round((i + 1) * left) exceeds round(i * left), `left` being the left side's part of the node (a
/// Beatty sequence), and carries on with its rank among the requests that went the same way.
class SplitDealer final : public TargetDealer {
  public:
    /// `shares` holds one positive number or zero per target, of which at least one is positive; they need
    /// not add up to 1.
    explicit SplitDealer(const std::vector<double>& shares);

    std::uint32_t requests_per_arrival() const override { return 1; }
    std::uint32_t target_for(const RequestKey& key) const override { return target_for(key.turn()); }
    /// The target of request `index`.
    std::uint32_t target_for(std::uint64_t index) const;

  private:
    struct Node {
        double share = 0;
        std::uint32_t target = 0;
        std::int32_t left = -1, right = -1;  ///< indices into nodes_; -1 in a leaf
    };
    std::vector<Node> nodes_;  ///< children before parents, the root last
};

}  // namespace streamgauge::load
