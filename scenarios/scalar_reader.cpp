#include "scenarios/scalar_reader.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <charconv>

namespace streamgauge::scenarios {
namespace {

constexpr double highest_rate = 1e6;

/// True when there is a scalar to read; otherwise says so.
bool has_scalar(const YamlNode& node, std::string_view path, std::string_view wanted,
                DiagnosticCollector& diagnostics) {
    if (node.unusable) return false;
    if (node.is_scalar()) return true;
    if (node.is_null()) {
        diagnostics.error(node.key_where, fmt::format("`{}` has no value; it needs {}", path, wanted));
    } else {
        diagnostics.error(node.where,
                          fmt::format("`{}` needs {}; {} is not one", path, wanted, describe(node)));
    }
    return false;
}

void report_wrong_value(const YamlNode& node, std::string_view path, std::string_view wanted,
                        DiagnosticCollector& diagnostics) {
    diagnostics.error(node.where, fmt::format("`{}` needs {}; {} is not one", path, wanted, describe(node)));
}

std::optional<std::uint64_t> parse_digits(std::string_view text) {
    if (text.starts_with('+')) text.remove_prefix(1);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

}  // namespace

SourcePosition place_in(const YamlNode& node, std::size_t offset) {
    SourcePosition where = node.where;
    const bool one_line = node.raw.find('\n') == std::string::npos;
    if (where.line > 0 && !node.interpolated && one_line) {
        where.column += static_cast<int>(offset) + (node.quoted ? 1 : 0);
    }
    return where;
}

std::string shown(std::string_view text) {
    constexpr std::size_t longest = 60;
    if (text.size() <= longest) return std::string(text);
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;  // whole UTF-8 characters
    return std::string(text.substr(0, end)) + "...";
}

std::string describe(const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            return "an empty value";
        case YamlNode::Kind::sequence:
            return "a list";
        case YamlNode::Kind::mapping:
            return "a mapping";
        case YamlNode::Kind::scalar:
            break;
    }
    if (node.raw.empty()) return "empty text";
    const bool text_in_disguise = node.quoted && !node.interpolated;
    return fmt::format("{}`{}`", text_in_disguise ? "the text " : "", shown(node.raw));
}

std::optional<std::string> read_text(const YamlNode& node, std::string_view path,
                                     DiagnosticCollector& diagnostics) {
    if (!has_scalar(node, path, "a text", diagnostics)) return std::nullopt;
    // A variable may well hold nothing but digits; only what is written bare is in doubt.
    if (!node.interpolated && scalar_type(node) != ScalarType::text) {
        diagnostics.error(node.where,
                          fmt::format("`{}` needs a text; put `{}` in quotes if it is meant as one", path,
                                      shown(node.raw)));
        return std::nullopt;
    }
    if (node.text.empty()) {
        diagnostics.error(node.where, fmt::format("`{}` is empty; write a text or leave the key out", path));
        return std::nullopt;
    }
    return node.text;
}

std::optional<bool> read_flag(const YamlNode& node, std::string_view path, DiagnosticCollector& diagnostics) {
    constexpr std::string_view wanted = "one of `true` and `false`";
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    if (scalar_type(node) != ScalarType::boolean) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    return node.text[0] == 't' || node.text[0] == 'T';
}

std::optional<std::chrono::nanoseconds> read_duration(const YamlNode& node, std::string_view path, Zero zero,
                                                      DiagnosticCollector& diagnostics) {
    constexpr std::string_view wanted = "a duration with its unit, such as `800ms` or `2s`";
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    const auto duration = parse_duration(node.text);
    if (!duration) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    if (zero == Zero::refused && duration->count() == 0) {
        diagnostics.error(node.where, fmt::format("`{}` must be longer than 0", path));
        return std::nullopt;
    }
    return duration;
}

std::optional<std::uint64_t> read_whole_number(const YamlNode& node, std::string_view path,
                                               WholeNumberRange range, DiagnosticCollector& diagnostics) {
    const std::string wanted = fmt::format("a whole number from {} to {}", range.least, range.most);
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    const auto number =
        scalar_type(node) == ScalarType::whole_number ? parse_digits(node.text) : std::nullopt;
    if (!number || *number < range.least || *number > range.most) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    return number;
}

std::optional<std::uint64_t> read_count(const YamlNode& node, std::string_view path,
                                        DiagnosticCollector& diagnostics) {
    constexpr std::string_view wanted = "a whole number above 0, such as `1000`, `100k` or `5M`";
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    const auto number = parse_count(node.text);
    if (!number || *number == 0) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    return number;
}

std::optional<double> read_rate(const YamlNode& node, std::string_view path,
                                DiagnosticCollector& diagnostics) {
    constexpr std::string_view wanted = "a rate with its unit, such as `50/s` or `3000/m`";
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    const auto rate = parse_rate(node.text);
    if (!rate) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    if (*rate > highest_rate) {
        diagnostics.error(node.where, fmt::format("`{}` is above {}/s, more than one client can start", path,
                                                  static_cast<std::uint64_t>(highest_rate)));
        return std::nullopt;
    }
    return rate;
}

std::optional<double> read_percentage(const YamlNode& node, std::string_view path,
                                      DiagnosticCollector& diagnostics) {
    constexpr std::string_view wanted = "a percentage from 0% to 100%";
    if (!has_scalar(node, path, wanted, diagnostics)) return std::nullopt;
    const auto share = parse_percentage(node.text);
    if (!share || *share > 1.0) {
        report_wrong_value(node, path, wanted, diagnostics);
        return std::nullopt;
    }
    return share;
}

}  // namespace streamgauge::scenarios
