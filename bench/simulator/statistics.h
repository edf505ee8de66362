#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace streamgauge::simulator {

/// Counts of durations in buckets a thirty-second of a power of two wide: values from the buckets are at most
/// 3.2 % too large. One thread records, any thread reads.
class LatenessHistogram {
  public:
    static constexpr unsigned sub_bits = 5;
    static constexpr unsigned bucket_count = 40u << sub_bits;  ///< up to 2^40 ns, 18 minutes
    using Counts = std::array<std::uint64_t, bucket_count>;

    /// Counts one duration; negative ones count as 0, those past the range as the largest.
    void record(std::chrono::nanoseconds value);
    /// Adds the counts to `counts`.
    void add_to(Counts& counts) const;

    static unsigned bucket_of(std::uint64_t nanoseconds);
    /// The largest value of a bucket.
    static std::chrono::nanoseconds upper_bound(unsigned bucket);

  private:
    std::array<std::atomic<std::uint64_t>, bucket_count> counts_{};
};

/// A counter of one writing thread: plain additions, readable from others.
class Counter {
  public:
    void add(std::uint64_t amount) {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    void subtract(std::uint64_t amount) { add(~amount + 1); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_{0};
};

/// What one worker thread counts.
struct WorkerStatistics {
    Counter connections;         ///< accepted
    Counter connections_open;    ///< now
    Counter requests;            ///< read completely
    Counter streams;             ///< event streams started
    Counter streams_open;        ///< now
    Counter events;              ///< token events written
    Counter cancelled;           ///< answers whose client left before the end
    Counter held_by_client;      ///< token events late because the client did not read
    LatenessHistogram lateness;  ///< token events: write - due; without those held by the client
};

/// The sums over all workers.
struct StatisticsSnapshot {
    std::uint64_t connections = 0;
    std::uint64_t connections_open = 0;
    std::uint64_t requests = 0;
    std::uint64_t streams = 0;
    std::uint64_t streams_open = 0;
    std::uint64_t events = 0;
    std::uint64_t cancelled = 0;
    std::uint64_t held_by_client = 0;
    LatenessHistogram::Counts lateness{};

    void add(const WorkerStatistics& worker);

    /// What was counted since `earlier`; open connections and streams stay as they are.
    StatisticsSnapshot since(const StatisticsSnapshot& earlier) const;

    /// Upper bound of the lateness of a `share` (0..1] of the events; 0 without events.
    std::chrono::nanoseconds lateness_quantile(double share) const;

    /// The JSON of GET /stats; times in nanoseconds.
    std::string to_json() const;
};

}  // namespace streamgauge::simulator
