#include "bench/load/split_dealer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace streamgauge::load {

SplitDealer::SplitDealer(const std::vector<double>& shares) {
    std::vector<std::int32_t> open;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        if (!(shares[i] > 0)) continue;
        open.push_back(static_cast<std::int32_t>(nodes_.size()));
        nodes_.push_back({shares[i], static_cast<std::uint32_t>(i)});
    }
    if (open.empty()) throw std::invalid_argument("no target has a share of the requests");
    const auto heavier = [this](std::int32_t a, std::int32_t b) {
        return nodes_[static_cast<std::size_t>(a)].share > nodes_[static_cast<std::size_t>(b)].share;
    };
    while (open.size() > 1) {
        std::stable_sort(open.begin(), open.end(), heavier);
        const auto right = open.back();
        open.pop_back();
        const auto left = open.back();
        const double share =
            nodes_[static_cast<std::size_t>(left)].share + nodes_[static_cast<std::size_t>(right)].share;
        open.back() = static_cast<std::int32_t>(nodes_.size());
        nodes_.push_back({share, 0, left, right});
    }
}

std::uint32_t SplitDealer::target_for(std::uint64_t index) const {
    const Node* node = &nodes_.back();
    while (node->left >= 0) {
        const Node& left = nodes_[static_cast<std::size_t>(node->left)];
        const double part = left.share / node->share;
        const auto gone_left = [part](std::uint64_t count) {
            return static_cast<std::uint64_t>(std::floor(static_cast<double>(count) * part + 0.5));
        };
        const auto before = gone_left(index);
        const bool goes_left = gone_left(index + 1) > before;
        index = goes_left ? before : index - before;
        node = goes_left ? &left : &nodes_[static_cast<std::size_t>(node->right)];
    }
    return node->target;
}

}  // namespace streamgauge::load
