#pragma once

#include "report/summary/summary.h"

#include <string>
#include <vector>

namespace streamgauge::report {

/// The verdict on one target of a comparison in one sentence, from its figures.
std::string pair_sentence(const PairSummary& pair);

/// What weakens the comparison, one sentence each: pairs that are left out, an order that matters (5 ms or
/// more, p < 0.05), answers whose lengths differ by more than 5 %.
std::vector<std::string> pair_warnings(const PairSummary& pair);

/// Where along a chain tokens are held, in words. `outward` are the chain's figures over all measured phases,
/// the hop next to the base first; `hops` has its names.
std::string hop_sentence(const HopSummary& hops, const std::vector<PairSummary>& outward);

}  // namespace streamgauge::report
