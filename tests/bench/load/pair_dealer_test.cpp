#include "bench/load/pair_dealer.h"

#include <gtest/gtest.h>

#include <map>
#include <string>
#include <utility>

namespace streamgauge::load {
namespace {

PairDealer dealer(std::uint32_t base, std::vector<std::uint32_t> with) {
    scenarios::Comparison comparison;
    comparison.base = base;
    comparison.with = std::move(with);
    return PairDealer(comparison);
}

/// The targets of one arrival in order, as digits.
std::string order_of(const PairDealer& dealer, std::uint64_t lane, std::uint64_t index) {
    std::string order;
    for (std::uint32_t member = 0; member < dealer.requests_per_arrival(); ++member)
        order += std::to_string(dealer.target_for({0, lane, index, member}));
    return order;
}

TEST(PairDealer, TurnsTwoTargetsAboutFromArrivalToArrival) {
    const auto pairs = dealer(1, {0});
    EXPECT_EQ(pairs.requests_per_arrival(), 2u);
    std::string orders;
    for (std::uint64_t i = 0; i < 4; ++i)
        orders += order_of(pairs, 0, i) + " ";
    EXPECT_EQ(orders, "10 01 10 01 ");
}

TEST(PairDealer, StartsUsersInTurnWithEitherTarget) {
    const auto pairs = dealer(0, {1});
    EXPECT_EQ(order_of(pairs, 0, 0), "01");
    EXPECT_EQ(order_of(pairs, 1, 0), "10");
    EXPECT_EQ(order_of(pairs, 1, 1), "01");
}

class ManyTargets : public ::testing::TestWithParam<std::uint32_t> {};

TEST_P(ManyTargets, AreEquallyOftenAtEveryPlaceAndBeforeEachOther) {
    const std::uint32_t count = GetParam();
    std::vector<std::uint32_t> with;
    for (std::uint32_t target = 1; target < count; ++target)
        with.push_back(target);
    const auto pairs = dealer(0, with);
    std::map<std::pair<char, std::size_t>, int> places;
    std::map<std::pair<char, char>, int> before;
    for (std::uint64_t i = 0; i < 2ULL * count; ++i) {
        const auto order = order_of(pairs, 0, i);
        for (std::size_t place = 0; place < order.size(); ++place) {
            ++places[{order[place], place}];
            for (std::size_t later = place + 1; later < order.size(); ++later)
                ++before[{order[place], order[later]}];
        }
    }
    EXPECT_EQ(places.size(), std::size_t{count} * count) << "each target at each place";
    for (const auto& [place, times] : places)
        EXPECT_EQ(times, 2) << place.first << " at " << place.second;
    for (const auto& [pair, times] : before)
        EXPECT_EQ(times, (before[{pair.second, pair.first}])) << pair.first << " before " << pair.second;
}

INSTANTIATE_TEST_SUITE_P(OfAComparison, ManyTargets, ::testing::Values(2, 3, 4, 7));

}  // namespace
}  // namespace streamgauge::load
