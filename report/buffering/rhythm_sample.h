#pragma once

#include "report/model/buffering_verdict.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// The rhythms of up to 256 streams, drawn evenly from however many were added: those with the smallest hash.
/// The draw depends on what was added alone, so merging is associative and commutative.
class RhythmSample {
  public:
    static constexpr std::size_t capacity = 256;

    void add(const BurstRhythm& rhythm);
    void merge(const RhythmSample& other);

    /// In order of hash, whatever the order they came in.
    std::vector<BurstRhythm> rhythms() const;

  private:
    using Entry = std::pair<std::uint64_t, BurstRhythm>;

    void keep(const Entry& entry);

    std::vector<Entry> entries_;  ///< a heap, the largest hash in front
};

}  // namespace streamgauge::report
