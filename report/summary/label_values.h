#pragma once

#include "report/model/stream_timeline.h"
#include "scenarios/scenario.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// Bytes of a label's value that are kept, between characters.
inline constexpr std::size_t longest_label_value = 64;
/// Different values of a label that a run tells apart; requests with a later one count as `(other)`.
inline constexpr std::size_t most_label_values = 20;

/// The value of a request whose response lacks the label's header, or never came.
inline constexpr std::string_view no_label_value = "(none)";
inline constexpr std::string_view other_label_value = "(other)";

/// What the response says of each of `labels`, in their order. Fields of one name count as one, parted by
/// commas (RFC 9110, 5.3). As the server wrote it: hostile text of any length.
std::vector<std::string> label_values(const StreamTimeline& timeline,
                                      const std::vector<scenarios::Label>& labels);

}  // namespace streamgauge::report
