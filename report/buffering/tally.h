#pragma once

#include "report/buffering/rhythm_sample.h"
#include "report/buffering/shared_rule.h"
#include "report/model/buffering_verdict.h"
#include "report/model/histogram.h"

#include <array>
#include <cstdint>
#include <map>

namespace streamgauge::report {

/// The verdicts of many streams, in memory that does not grow with their number. Many streams together decide
/// what one cannot: a constant gap at different speeds is a timer, a constant count a window.
class BufferingTally {
  public:
    void add(const BufferingVerdict& verdict);
    void merge(const BufferingTally& other);  ///< associative and commutative

    std::uint64_t count(BufferingKind kind) const { return counts_[static_cast<std::size_t>(kind)]; }
    std::uint64_t streams() const;
    /// Streams that could be decided: all but insufficient and unclear ones.
    std::uint64_t decidable() const;

    /// One verdict for the group. Buffered when at least 20 % of the decidable streams are. The kind is the
    /// most frequent one that no group of others refutes:
    /// - streams that come in regular bursts are counted together, and the rule that explains all of them
    ///   with one parameter is theirs;
    /// - an answer that fits into one block, period or window comes whole, so whole answers agree with each
    ///   of these, but blocks or bursts refute a path that holds whole answers;
    /// - a buffer alone does not let go before it is full, so a timer beside blocks is one that a size cuts
    ///   short;
    /// - bursts too short to judge alone count as held where one timer of 90 ms or more explains them at
    ///   different paces of the tokens.
    BufferingVerdict pooled() const;

  private:
    /// Values above 63 are kept with six significant bits, so that there are at most some 2,000 of them;
    /// powers of two stay exact.
    using Counts = std::map<std::uint64_t, std::uint64_t>;

    std::uint64_t regular() const;
    BufferingKind leading_kind(std::uint64_t in_bursts, const SharedRule& rule) const;
    void name_passed(std::uint64_t passed, BufferingVerdict& verdict) const;
    void name_block(BufferingVerdict& verdict) const;
    void name_rule(const SharedRule& rule, BufferingVerdict& verdict) const;

    std::array<std::uint64_t, buffering_names.size()> counts_{};
    Counts blocks_;
    std::uint64_t whole_event_blocks_ =
        0;  ///< streams whose blocks hold whole events, so that they have a rhythm
    RhythmSample rhythms_;
    Histogram holds_{0.01};  ///< of buffered streams
};

}  // namespace streamgauge::report
