#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/yaml_tree.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Typed values out of YAML scalars. Each reader reports what is wrong in one sentence that names `path`, the
/// value's place in the language (`load.peak.for`), and then gives nothing. Sentences show what was written,
/// never what a variable held.
namespace streamgauge::scenarios {

enum class Zero { allowed, refused };

struct WholeNumberRange {
    std::uint64_t least = 0;
    std::uint64_t most = 1'000'000'000;
};

std::optional<std::string> read_text(const YamlNode& node, std::string_view path,
                                     DiagnosticCollector& diagnostics);
std::optional<bool> read_flag(const YamlNode& node, std::string_view path, DiagnosticCollector& diagnostics);
std::optional<std::chrono::nanoseconds> read_duration(const YamlNode& node, std::string_view path, Zero zero,
                                                      DiagnosticCollector& diagnostics);
std::optional<std::uint64_t> read_whole_number(const YamlNode& node, std::string_view path,
                                               WholeNumberRange range, DiagnosticCollector& diagnostics);
/// A whole number above 0, also as `100k` or `5M`.
std::optional<std::uint64_t> read_count(const YamlNode& node, std::string_view path,
                                        DiagnosticCollector& diagnostics);
/// Events per second, at most a million.
std::optional<double> read_rate(const YamlNode& node, std::string_view path,
                                DiagnosticCollector& diagnostics);
/// 0..1, written 0%..100%.
std::optional<double> read_percentage(const YamlNode& node, std::string_view path,
                                      DiagnosticCollector& diagnostics);

/// What stands there, for the end of a sentence: "`5` is not one", "a list is not one".
std::string describe(const YamlNode& node);

/// The place of an offset, in bytes, inside a scalar, as far as it is written out on one line.
SourcePosition place_in(const YamlNode& node, std::size_t offset);

/// The scalar as written, cut to a length that fits into a sentence.
std::string shown(std::string_view text);

}  // namespace streamgauge::scenarios
