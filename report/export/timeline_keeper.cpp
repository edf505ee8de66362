#include "report/export/timeline_keeper.h"

#include "report/export/timeline_row.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

/// FNV-1a over the id, then the finalizer of SplitMix64, so that near ids lie far apart.
std::uint64_t rank_of(std::uint64_t seed, std::string_view id) {
    std::uint64_t hash = 0xcbf29ce484222325 ^ seed;
    for (const char c : id)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    return hash ^ (hash >> 31);
}

/// A copy that takes no more memory than it needs and is no longer than what a file keeps.
std::shared_ptr<const StreamTimeline> copy_of(const StreamTimeline& timeline) {
    auto copy = std::make_shared<StreamTimeline>(timeline);
    std::erase_if(copy->response_headers, [](const auto& header) { return !is_kept_header(header.first); });
    if (copy->reads.size() > longest_timeline) copy->reads.resize(longest_timeline);
    while (!copy->tokens.empty() &&
           (copy->tokens.size() > longest_timeline || copy->tokens.back().read >= copy->reads.size())) {
        copy->tokens.pop_back();
    }
    if (copy->stamps.size() > copy->tokens.size()) copy->stamps.resize(copy->tokens.size());
    if (copy->http_chunks.size() > longest_timeline) copy->http_chunks.resize(longest_timeline);
    return copy;
}

}  // namespace

bool TimelineKeeper::admits(const Ranking& ranking, std::size_t most, std::uint64_t rank,
                            const std::string& id) {
    if (most == 0) return false;
    return ranking.size() < most || std::pair(rank, id) < ranking.rbegin()->first;
}

void TimelineKeeper::add(Ranking& ranking, std::size_t most, std::uint64_t rank, const std::string& id,
                         Kept kept) {
    ranking.emplace(std::pair(rank, id), std::move(kept));
    if (ranking.size() > most) ranking.erase(std::prev(ranking.end()));
}

void TimelineKeeper::offer(const StreamTimeline& timeline, std::optional<std::chrono::nanoseconds> e2e) {
    auto& target = targets_[timeline.target];
    const auto& id = timeline.request_id;
    const auto chance = rank_of(seed_, id);
    const auto slowness =
        UINT64_MAX - static_cast<std::uint64_t>(std::max<std::int64_t>(0, e2e ? e2e->count() : 0));
    const bool sampled = admits(target.sample, limits_.sample, chance, id);
    const bool slow = e2e && admits(target.slowest, limits_.slowest, slowness, id);
    if (!sampled && !slow) return;
    const auto copy = copy_of(timeline);
    if (sampled) add(target.sample, limits_.sample, chance, id, copy);
    if (slow) add(target.slowest, limits_.slowest, slowness, id, copy);
}

void TimelineKeeper::merge(const TimelineKeeper& other) {
    for (const auto& [number, theirs] : other.targets_) {
        auto& ours = targets_[number];
        for (const auto& [rank, kept] : theirs.sample)
            add(ours.sample, limits_.sample, rank.first, rank.second, kept);
        for (const auto& [rank, kept] : theirs.slowest)
            add(ours.slowest, limits_.slowest, rank.first, rank.second, kept);
    }
}

std::vector<std::shared_ptr<const StreamTimeline>> TimelineKeeper::kept() const {
    std::vector<Kept> all;
    for (const auto& [number, target] : targets_) {
        for (const auto* ranking : {&target.sample, &target.slowest}) {
            for (const auto& [rank, kept] : *ranking)
                all.push_back(kept);
        }
    }
    const auto key = [](const Kept& kept) { return std::tie(kept->intended, kept->request_id); };
    std::ranges::sort(all, [&](const Kept& a, const Kept& b) { return key(a) < key(b); });
    const auto same =
        std::ranges::unique(all, [](const Kept& a, const Kept& b) { return a->request_id == b->request_id; });
    all.erase(same.begin(), same.end());
    return all;
}

}  // namespace streamgauge::report
