#pragma once

#include "report/export/json_reader.h"
#include "report/export/masker.h"
#include "report/export/request_row.h"
#include "report/model/stream_timeline.h"

#include <optional>
#include <string>

namespace streamgauge::report {

/// One line of timelines.jsonl, with its end: every moment, read and token event of a stream, no text of the
/// answer. Moments count from `intended`, `start_ns` from `run_start`. `reads` holds five numbers a read:
/// nanoseconds since the read before, arrival - not_before, bytes, 1 for a kernel stamp, 1 if it ends inside
/// an event. `tokens` holds five a token event: reads since the one before, HTTP chunks since the one before,
/// bytes, tokens, kind. Response headers are those that tell about the path, masked and cut; at most
/// `longest_timeline` reads and token events are kept.
std::string timeline_row(const StreamTimeline& timeline, Moment run_start, const RunNames& names,
                         const Masker& masker);

inline constexpr std::size_t longest_timeline = 20'000;

/// The way back; moments count from the start of the clock. Empty when the line is not whole or its numbers
/// do not fit together.
std::optional<StreamTimeline> parse_timeline_row(JsonLineReader& line, const RunNames& names);

/// May a response header of this name (any case) be stored? Those that tell which hops there were and how
/// they treated the body.
bool is_kept_header(std::string_view name);

}  // namespace streamgauge::report
