#include "report/buffering/rhythm_sample.h"

#include <algorithm>

namespace streamgauge::report {
namespace {

/// SplitMix64's finalizer (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014).
std::uint64_t mix(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

std::uint64_t hash_of(const BurstRhythm& rhythm) {
    std::uint64_t hash = 0x9e3779b97f4a7c15u;
    for (const auto value :
         {rhythm.bursts, static_cast<std::uint64_t>(rhythm.gap.count()), rhythm.tokens, rhythm.bytes,
          static_cast<std::uint64_t>(rhythm.slack.count()), rhythm.slack_bytes, rhythm.first_tokens}) {
        hash = mix(hash + value + 0x9e3779b97f4a7c15u);
    }
    return hash;
}

bool by_hash(const std::pair<std::uint64_t, BurstRhythm>& a, const std::pair<std::uint64_t, BurstRhythm>& b) {
    return a.first < b.first;
}

}  // namespace

void RhythmSample::add(const BurstRhythm& rhythm) {
    keep({hash_of(rhythm), rhythm});
}

void RhythmSample::keep(const Entry& entry) {
    if (entries_.size() == capacity) {
        if (entry.first >= entries_.front().first) return;
        std::ranges::pop_heap(entries_, by_hash);
        entries_.pop_back();
    }
    entries_.push_back(entry);
    std::ranges::push_heap(entries_, by_hash);
}

void RhythmSample::merge(const RhythmSample& other) {
    for (const auto& entry : other.entries_)
        keep(entry);
}

std::vector<BurstRhythm> RhythmSample::rhythms() const {
    auto sorted = entries_;
    std::ranges::sort(sorted, by_hash);
    std::vector<BurstRhythm> rhythms;
    rhythms.reserve(sorted.size());
    for (const auto& [hash, rhythm] : sorted)
        rhythms.push_back(rhythm);
    return rhythms;
}

}  // namespace streamgauge::report
