#pragma once

#include <array>
#include <string_view>

namespace streamgauge::scenarios {

/// Names that `targets.*.api` accepts. One file in bench/api stands behind each; a test holds the two lists
/// together.
inline constexpr std::array<std::string_view, 3> api_names{"openai-chat", "openai-completions",
                                                           "anthropic-messages"};

/// Names that `targets.*.accept_encoding` accepts. bench/wire decodes each.
inline constexpr std::array<std::string_view, 3> content_codings{"identity", "gzip", "deflate"};

}  // namespace streamgauge::scenarios
