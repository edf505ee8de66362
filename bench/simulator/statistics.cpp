#include "bench/simulator/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

namespace streamgauge::simulator {

unsigned LatenessHistogram::bucket_of(std::uint64_t nanoseconds) {
    constexpr std::uint64_t fine = 1u << sub_bits;
    if (nanoseconds < fine) return static_cast<unsigned>(nanoseconds);
    const auto power = static_cast<unsigned>(std::bit_width(nanoseconds)) - 1;
    const auto within = static_cast<unsigned>((nanoseconds >> (power - sub_bits)) & (fine - 1));
    return std::min(((power - sub_bits + 1) << sub_bits) + within, bucket_count - 1);
}

std::chrono::nanoseconds LatenessHistogram::upper_bound(unsigned bucket) {
    constexpr unsigned fine = 1u << sub_bits;
    if (bucket < fine) return std::chrono::nanoseconds{bucket};
    const unsigned shift = (bucket >> sub_bits) - 1;
    const std::uint64_t within = (bucket & (fine - 1)) + fine;
    return std::chrono::nanoseconds{static_cast<std::int64_t>(((within + 1) << shift) - 1)};
}

void LatenessHistogram::record(std::chrono::nanoseconds value) {
    auto& count = counts_[bucket_of(static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0)))];
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

void LatenessHistogram::add_to(Counts& counts) const {
    for (unsigned bucket = 0; bucket < bucket_count; ++bucket) {
        counts[bucket] += counts_[bucket].load(std::memory_order_relaxed);
    }
}

void StatisticsSnapshot::add(const WorkerStatistics& worker) {
    connections += worker.connections.value();
    connections_open += worker.connections_open.value();
    requests += worker.requests.value();
    streams += worker.streams.value();
    streams_open += worker.streams_open.value();
    events += worker.events.value();
    cancelled += worker.cancelled.value();
    held_by_client += worker.held_by_client.value();
    worker.lateness.add_to(lateness);
}

StatisticsSnapshot StatisticsSnapshot::since(const StatisticsSnapshot& earlier) const {
    StatisticsSnapshot difference = *this;
    difference.connections -= earlier.connections;
    difference.requests -= earlier.requests;
    difference.streams -= earlier.streams;
    difference.events -= earlier.events;
    difference.cancelled -= earlier.cancelled;
    difference.held_by_client -= earlier.held_by_client;
    for (unsigned bucket = 0; bucket < LatenessHistogram::bucket_count; ++bucket) {
        difference.lateness[bucket] -= earlier.lateness[bucket];
    }
    return difference;
}

std::chrono::nanoseconds StatisticsSnapshot::lateness_quantile(double share) const {
    const auto total = std::accumulate(lateness.begin(), lateness.end(), std::uint64_t{0});
    if (total == 0) return {};
    const auto rank =
        std::max<std::uint64_t>(static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(total))), 1);
    std::uint64_t seen = 0;
    for (unsigned bucket = 0; bucket < LatenessHistogram::bucket_count; ++bucket) {
        seen += lateness[bucket];
        if (seen >= rank) return LatenessHistogram::upper_bound(bucket);
    }
    return LatenessHistogram::upper_bound(LatenessHistogram::bucket_count - 1);
}

std::string StatisticsSnapshot::to_json() const {
    return fmt::format(
        R"({{"connections":{},"connections_open":{},"requests":{},"streams":{},"streams_open":{},"events":{},)"
        R"("cancelled":{},"held_by_client":{},"lateness_ns":{{"p50":{},"p99":{},"max":{}}}}})",
        connections, connections_open, requests, streams, streams_open, events, cancelled, held_by_client,
        lateness_quantile(0.5).count(), lateness_quantile(0.99).count(), lateness_quantile(1.0).count());
}

}  // namespace streamgauge::simulator
