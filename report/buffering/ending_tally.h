#pragma once

#include "report/model/cut_off.h"
#include "report/model/histogram.h"

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace streamgauge::report {

/// How one stream came to its end, as far as cut-offs are concerned.
struct StreamEnding {
    bool cut = false;  ///< ended by the other side without end mark or finish reason, however clean the HTTP
    std::chrono::nanoseconds age{0};              ///< from `sent` to the end
    std::chrono::nanoseconds silence{0};          ///< from the last byte of body, or from `sent`, to the end
    std::chrono::nanoseconds longest_silence{0};  ///< before the last byte: what was survived
    std::uint64_t tokens = 0;                     ///< token events until then
};

/// The endings of many streams, in memory that does not grow with their number. One truncated stream says
/// little; many that end at the same age were cut by a total timeout, many that end after the same silence by
/// an idle timeout. A stream that lived on where others were cut refutes it.
class EndingTally {
  public:
    void add(const StreamEnding& ending);
    void merge(const EndingTally& other);  ///< associative and commutative

    /// The timeout that explains at least half of the cut streams and three of them. Empty also where the cut
    /// streams ended with one and the same number of tokens, as streams do whose server leaves out its end
    /// mark, unless they ended in silence.
    std::optional<CutOff> cut_off() const;

  private:
    Histogram cut_ages_{0.01}, cut_silences_{0.01};
    Histogram survived_ages_{0.01};                      ///< of streams that were not cut
    Histogram survived_silences_{0.01};                  ///< of all streams
    std::map<std::uint64_t, std::uint64_t> cut_tokens_;  ///< tokens -> streams; 4096 stands for all above
};

}  // namespace streamgauge::report
