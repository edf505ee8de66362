#include "report/summary/comparison_tally.h"

#include "report/buffering/hop_verdict.h"
#include "report/summary/pair_sentence.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace streamgauge::report {
namespace {

/// FNV-1a, then the finalizer of splitmix64: pair ids differ in their last letters only.
std::uint64_t rank_of(std::string_view pair_id, std::uint64_t seed) {
    std::uint64_t hash = 0xcbf29ce484222325 ^ seed;
    for (const char letter : pair_id)
        hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

bool is_whole(const auto& halves) {
    return std::ranges::all_of(halves, [](const auto& half) { return half.has_value(); });
}

}  // namespace

ComparisonTally::ComparisonTally(const scenarios::Scenario& scenario) : seed_(scenario.seed) {
    const auto& comparison = scenario.comparison;
    if (!comparison) return;
    std::vector<std::uint32_t> targets{comparison->base};
    targets.insert(targets.end(), comparison->with.begin(), comparison->with.end());
    const auto known = [&](std::uint32_t target) { return target < scenario.targets.size(); };
    if (!std::ranges::all_of(targets, known)) return;
    chain_ = comparison->chain;
    targets_ = std::move(targets);
    for (const auto target : targets_)
        names_.push_back(scenario.targets[target].name);
    for (const auto& phase : scenario.load)
        phases_.push_back({phase.name, phase.warmup, std::vector<PairTally>(targets_.size() - 1)});
}

std::optional<std::size_t> ComparisonTally::slot_of(std::uint32_t target) const {
    const auto found = std::ranges::find(targets_, target);
    if (found == targets_.end()) return std::nullopt;
    return static_cast<std::size_t>(found - targets_.begin());
}

void ComparisonTally::add(const RequestMetrics& request) {
    const auto slot = slot_of(request.target);
    if (!slot || request.pair_id.empty() || request.phase >= phases_.size()) return;
    auto& arrival = open_[request.pair_id];
    arrival.phase = request.phase;
    arrival.halves.resize(targets_.size());
    arrival.halves[*slot] = PairHalf::of(request);
    if (!is_whole(arrival.halves)) return;
    close(request.pair_id, arrival, phases_);
    open_.erase(request.pair_id);
}

void ComparisonTally::close(const std::string& pair_id, const Arrival& arrival,
                            std::vector<Phase>& phases) const {
    const auto& base = arrival.halves.front();
    for (std::size_t slot = 1; slot < arrival.halves.size(); ++slot) {
        const auto& path = arrival.halves[slot];
        if (base && path) phases[arrival.phase].paths[slot - 1].add(rank_of(pair_id, seed_), *path, *base);
    }
}

void ComparisonTally::merge(const ComparisonTally& other) {
    for (std::size_t phase = 0; phase < phases_.size(); ++phase) {
        for (std::size_t path = 0; path < phases_[phase].paths.size(); ++path)
            phases_[phase].paths[path].merge(other.phases_[phase].paths[path]);
    }
    for (const auto& [pair_id, theirs] : other.open_) {
        auto& arrival = open_.try_emplace(pair_id, theirs).first->second;
        for (std::size_t slot = 0; slot < theirs.halves.size(); ++slot) {
            if (theirs.halves[slot]) arrival.halves[slot] = theirs.halves[slot];
        }
        if (!is_whole(arrival.halves)) continue;
        close(pair_id, arrival, phases_);
        open_.erase(pair_id);
    }
}

PairSummary ComparisonTally::summarize_path(std::size_t path, const PairTally& tally,
                                            std::uint64_t seed) const {
    PairSummary summary;
    summary.target = names_[path + 1];
    summary.base = names_.front();
    tally.summarize(summary, seed);
    return summary;
}

/// The chain's targets go outward, as judge_hops() takes them.
HopSummary ComparisonTally::judge_chain(const std::vector<PairSummary>& outward) const {
    HopSummary hops;
    hops.chain.assign(names_.rbegin(), names_.rend());
    std::vector<PairedHold> holds;
    for (const auto& path : outward) {
        if (!path.hold_p95) break;
        holds.push_back({path.pairs_drawn, *path.lag, *path.hold_mean, *path.hold_p95});
    }
    if (holds.size() == outward.size()) {
        const auto verdict = judge_hops(holds);
        if (verdict.holds) hops.holds = outward[*verdict.holds].target;
        if (verdict.slows) hops.slows = outward[*verdict.slows].target;
    }
    hops.sentence = hop_sentence(hops, outward);
    return hops;
}

void ComparisonTally::summarize(Summary& into, std::uint64_t seed) const {
    into.comparisons.clear();
    into.hops.reset();
    if (targets_.empty()) return;
    auto phases = phases_;
    for (const auto& [pair_id, arrival] : open_)
        close(pair_id, arrival, phases);  // the run ended between its requests

    std::vector<PairTally> whole(targets_.size() - 1);
    std::vector<PairSummary> outward;
    for (std::size_t path = 0; path < whole.size(); ++path) {
        for (const auto& phase : phases) {
            if (!phase.warmup) whole[path].merge(phase.paths[path]);
        }
        outward.push_back(summarize_path(path, whole[path], seed));
        into.comparisons.push_back(outward.back());
        for (const auto& phase : phases) {
            auto summary = summarize_path(path, phase.paths[path], seed);
            summary.phase = phase.name;
            summary.warmup = phase.warmup;
            into.comparisons.push_back(std::move(summary));
        }
    }
    if (chain_) into.hops = judge_chain(outward);
}

}  // namespace streamgauge::report
