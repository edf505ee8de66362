#pragma once

#include "report/export/json_reader.h"
#include "report/export/request_row.h"
#include "report/model/histogram.h"

#include <chrono>
#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace streamgauge::report {

/// Gaps between token events (`itl`) that streams of one target, phase and second of the run had. Rows of
/// requests do not hold every gap, so itl.jsonl keeps them as sparse histograms; their sum over a file is
/// exactly what the run saw.
struct GapKey {
    std::uint32_t target = 0, phase = 0;
    std::int64_t second = 0;  ///< of the intended moment, from the start of the run

    auto operator<=>(const GapKey&) const = default;
};

struct GapCounts {
    std::chrono::nanoseconds start{0};  ///< intended moment of one of the streams
    Histogram gaps;
};
using GapTable = std::map<GapKey, GapCounts>;

/// One line of itl.jsonl, with its end.
std::string gap_row(const GapKey& key, const GapCounts& counts, const RunNames& names);

/// The way back. Empty when a field is missing or out of range.
struct GapRow {
    GapKey key;
    GapCounts counts;
};
std::optional<GapRow> parse_gap_row(JsonLineReader& line, const RunNames& names);

}  // namespace streamgauge::report
