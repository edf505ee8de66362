#include "report/buffering/ending_tally.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>

namespace streamgauge::report {
namespace {

using scenarios::format_duration;
using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr std::uint64_t fewest_streams = 3;
constexpr std::uint64_t most_tokens = 4096;
/// Shorter silences are what lies between two tokens.
constexpr nanoseconds shortest_timeout = 500ms;
/// Timers of servers fire late by their own sweep, and the way back takes its time.
constexpr nanoseconds late = 100ms;
constexpr std::int64_t late_share = 25;  // 1/25 = 4 %

struct Cluster {
    nanoseconds first{0};
    std::uint64_t streams = 0;
};

nanoseconds end_of(nanoseconds first) {
    return first + std::max(late, first / late_share);
}

/// The most values of at least 500 ms that lie within 4 % or 100 ms of each other.
Cluster largest_cluster(const Histogram& values) {
    const auto bins = values.bins();
    Cluster best;
    for (std::size_t i = 0; i < bins.size(); ++i) {
        Cluster cluster{values.bin_value(bins[i].first), 0};
        if (cluster.first < shortest_timeout) continue;
        for (std::size_t j = i; j < bins.size() && values.bin_value(bins[j].first) <= end_of(cluster.first);
             ++j)
            cluster.streams += bins[j].second;
        if (cluster.streams > best.streams) best = cluster;
    }
    return best;
}

std::uint64_t count_above(const Histogram& values, nanoseconds limit) {
    std::uint64_t above = 0;
    for (const auto& [bin, count] : values.bins()) {
        if (values.bin_value(bin) > limit) above += count;
    }
    return above;
}

/// Whether so many streams explain the cut ones, and next to none lived on where these were cut.
bool holds(const Cluster& cluster, std::uint64_t cut, std::uint64_t survivors) {
    return cluster.streams >= fewest_streams && cluster.streams * 2 >= cut &&
           survivors * 10 <= cluster.streams;
}

CutOff make(CutOffKind kind, const Cluster& cluster, std::uint64_t cut, std::uint64_t survivors) {
    CutOff found{.kind = kind, .after = cluster.first, .streams = cluster.streams, .of = cut, .evidence = ""};
    const bool total = kind == CutOffKind::total;
    found.evidence =
        fmt::format("{} of {} streams that were cut short ended {} to {} after {}", found.streams, cut,
                    format_duration(cluster.first), format_duration(end_of(cluster.first)),
                    total ? "the request" : "their last byte");
    found.evidence +=
        survivors == 0
            ? fmt::format("; none {}", total ? "lived longer" : "outlived a longer silence")
            : fmt::format("; {} {}", survivors, total ? "lived longer" : "outlived a longer silence");
    return found;
}

}  // namespace

void EndingTally::add(const StreamEnding& ending) {
    survived_silences_.record(std::max(0ns, ending.longest_silence));
    if (!ending.cut) {
        survived_ages_.record(std::max(0ns, ending.age));
        return;
    }
    cut_ages_.record(std::max(0ns, ending.age));
    cut_silences_.record(std::max(0ns, ending.silence));
    ++cut_tokens_[std::min(ending.tokens, most_tokens)];
}

void EndingTally::merge(const EndingTally& other) {
    cut_ages_.merge(other.cut_ages_);
    cut_silences_.merge(other.cut_silences_);
    survived_ages_.merge(other.survived_ages_);
    survived_silences_.merge(other.survived_silences_);
    for (const auto& [tokens, streams] : other.cut_tokens_)
        cut_tokens_[tokens] += streams;
}

std::optional<CutOff> EndingTally::cut_off() const {
    const auto cut = cut_ages_.count();
    if (cut < fewest_streams) return std::nullopt;
    const auto silence = largest_cluster(cut_silences_);
    const auto outlived = count_above(survived_silences_, end_of(silence.first));
    const bool idle = holds(silence, cut, outlived);
    const auto age = largest_cluster(cut_ages_);
    const auto older =
        count_above(survived_ages_, end_of(age.first)) + count_above(cut_ages_, end_of(age.first));
    std::uint64_t same_length = 0;
    for (const auto& [tokens, streams] : cut_tokens_)
        same_length = std::max(same_length, streams);
    const bool server_ends = same_length >= age.streams && !idle;
    const bool total = holds(age, cut, older) && !server_ends;
    // Where both fit, as they do when every stream falls silent at the same point, the silence is the cause:
    // a total timeout would not wait for it.
    if (idle && (!total || silence.streams >= age.streams))
        return make(CutOffKind::idle, silence, cut, outlived);
    if (total) return make(CutOffKind::total, age, cut, older);
    return std::nullopt;
}

}  // namespace streamgauge::report
