#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace streamgauge::scenarios {
namespace {

struct UnitScale {
    std::string_view unit;
    double scale;
};

constexpr std::array<UnitScale, 6> duration_units{
    {{"ns", 1}, {"us", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}}};
constexpr std::array<UnitScale, 3> rate_units{{{"/s", 1}, {"/m", 1.0 / 60}, {"/h", 1.0 / 3600}}};
constexpr std::array<UnitScale, 1> percentage_units{{{"%", 0.01}}};
constexpr std::array<UnitScale, 8> byte_units{{{"", 1},
                                               {"B", 1},
                                               {"kB", 1e3},
                                               {"MB", 1e6},
                                               {"GB", 1e9},
                                               {"KiB", 1024},
                                               {"MiB", 1024.0 * 1024},
                                               {"GiB", 1024.0 * 1024 * 1024}}};
constexpr std::array<UnitScale, 3> count_units{{{"", 1}, {"k", 1e3}, {"M", 1e6}}};

/// The largest duration a scenario can say: a year, far from the end of the nanosecond count.
constexpr double longest_duration_ns = 365.0 * 24 * 3600e9;
/// Whole numbers above this have gaps in a double.
constexpr double largest_exact_whole = 9007199254740992.0;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Digits with at most one point between them, so no sign, exponent, `inf` or `nan`.
std::size_t number_length(std::string_view text) {
    std::size_t length = 0;
    bool point_seen = false;
    for (; length < text.size(); ++length) {
        const bool point = text[length] == '.';
        if (!is_digit(text[length]) && !(point && !point_seen)) break;
        point_seen = point_seen || point;
    }
    const bool bare_point = length > 0 && (text[0] == '.' || text[length - 1] == '.');
    return bare_point ? 0 : length;
}

template <std::size_t Size>
std::optional<double> parse_scaled(std::string_view text, const std::array<UnitScale, Size>& units) {
    const std::size_t length = number_length(text);
    if (length == 0) return std::nullopt;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + length, number);
    if (error != std::errc{} || end != text.data() + length) return std::nullopt;
    for (const auto& [unit, scale] : units) {
        if (text.substr(length) == unit) return number * scale;
    }
    return std::nullopt;
}

template <std::size_t Size>
std::optional<std::uint64_t> parse_whole(std::string_view text, const std::array<UnitScale, Size>& units) {
    const auto number = parse_scaled(text, units);
    if (!number || *number > largest_exact_whole || std::round(*number) != *number) return std::nullopt;
    return static_cast<std::uint64_t>(*number);
}

/// At most three significant digits, without trailing zeros: 40.3, 1.25, 812.
std::string three_digits(double number) {
    const int decimals = number >= 99.95 ? 0 : number >= 9.995 ? 1 : 2;
    std::string text = fmt::format("{:.{}f}", number, decimals);
    if (decimals > 0) {
        text.erase(text.find_last_not_of('0') + 1);
        if (text.back() == '.') text.pop_back();
    }
    return text;
}

}  // namespace

std::optional<std::chrono::nanoseconds> parse_duration(std::string_view text) {
    const auto number = parse_scaled(text, duration_units);
    if (!number || *number > longest_duration_ns) return std::nullopt;
    return std::chrono::nanoseconds(std::llround(*number));
}

std::optional<double> parse_rate(std::string_view text) {
    return parse_scaled(text, rate_units);
}

std::optional<double> parse_percentage(std::string_view text) {
    return parse_scaled(text, percentage_units);
}

std::optional<std::uint64_t> parse_bytes(std::string_view text) {
    return parse_whole(text, byte_units);
}

std::optional<std::uint64_t> parse_count(std::string_view text) {
    return parse_whole(text, count_units);
}

std::string format_duration(std::chrono::nanoseconds value) {
    // The limits lie where three digits would round up to the next unit. Minutes begin at two of them,
    // because "90s" reads better than "1.5m".
    struct Step {
        double below_ns;
        double unit_ns;
        std::string_view unit;
    };
    constexpr std::array<Step, 6> steps{{{999.5, 1, "ns"},
                                         {999.5e3, 1e3, "us"},
                                         {999.5e6, 1e6, "ms"},
                                         {120e9, 1e9, "s"},
                                         {120 * 60e9, 60e9, "m"},
                                         {std::numeric_limits<double>::infinity(), 3600e9, "h"}}};
    if (value.count() == 0) return "0s";
    const double ns = std::abs(static_cast<double>(value.count()));
    const char* sign = value.count() < 0 ? "-" : "";
    for (const auto& [below_ns, unit_ns, unit] : steps) {
        if (ns < below_ns) return fmt::format("{}{}{}", sign, three_digits(ns / unit_ns), unit);
    }
    return {};
}

}  // namespace streamgauge::scenarios
