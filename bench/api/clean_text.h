#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace streamgauge::api {

/// Longest error text kept, in bytes.
inline constexpr std::size_t max_error_text_bytes = 200;

/// Text of a server made fit to be kept: white space runs become one space, other control characters (C0,
/// DEL, C1) and bytes that are no UTF-8 go, and it is cut to `max_bytes` at the boundary of a character.
std::string clean_text(std::string_view text, std::size_t max_bytes = max_error_text_bytes);

}  // namespace streamgauge::api
