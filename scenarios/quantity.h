#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::scenarios {

/// Parses `800ms`, `2s`, `1.5m`, `250us`, `40ns`, `1h`. A bare number is not a duration. Empty when it does
/// not parse.
std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text);

/// Parses `50/s`, `3000/m`, `0.5/s` into events per second. Empty when it does not parse.
std::optional<double> parse_rate(std::string_view text);

/// Parses `10%` into 0.10. A bare number is not a percentage. Empty when it does not parse.
std::optional<double> parse_percentage(std::string_view text);

/// Parses `4096`, `16KiB`, `2MiB`, `16kB` into bytes. Empty when it does not parse.
std::optional<std::uint64_t> parse_bytes(std::string_view text);

/// Parses `1000`, `100k`, `5M` into a count. Empty when it does not parse.
std::optional<std::uint64_t> parse_count(std::string_view text);

/// Writes a duration with the unit that reads best and at most three significant digits: `812ms`, `1.25s`,
/// `40.3us`.
std::string format_duration(std::chrono::nanoseconds value);

}  // namespace streamgauge::scenarios
