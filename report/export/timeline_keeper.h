#pragma once

#include "report/export/masker.h"
#include "report/export/request_row.h"
#include "report/model/stream_timeline.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::report {

/// How many full timelines of a target are kept.
struct TimelineLimits {
    std::size_t sample = 200;  ///< taken by chance
    std::size_t slowest = 20;  ///< with the longest end-to-end time
};

/// Chooses which timelines of a run are kept whole, in memory that does not grow with the run. The sample is
/// those whose hash of seed and request is smallest, so it depends neither on the number of workers nor on
/// the order in which streams end, and keepers merge exactly.
class TimelineKeeper {
  public:
    explicit TimelineKeeper(std::uint64_t seed, TimelineLimits limits = {}) : seed_(seed), limits_(limits) {}

    /// `e2e` is empty for a stream without tokens.
    void offer(const StreamTimeline& timeline, std::optional<std::chrono::nanoseconds> e2e);
    /// Cheap: what is kept is shared, not copied.
    void merge(const TimelineKeeper& other);

    /// What is kept, each timeline once, by start and then by request.
    std::vector<std::shared_ptr<const StreamTimeline>> kept() const;

  private:
    using Kept = std::shared_ptr<const StreamTimeline>;
    /// Ordered by rank, then by request id; the last is the first to go.
    using Ranking = std::map<std::pair<std::uint64_t, std::string>, Kept>;
    struct Target {
        Ranking sample, slowest;
    };

    static bool admits(const Ranking& ranking, std::size_t most, std::uint64_t rank, const std::string& id);
    static void add(Ranking& ranking, std::size_t most, std::uint64_t rank, const std::string& id, Kept kept);

    std::uint64_t seed_;
    TimelineLimits limits_;
    std::map<std::uint32_t, Target> targets_;
};

}  // namespace streamgauge::report
