#include "scenarios/diagnostic_collector.h"

#include "scenarios/loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t most_listed = 100;

/// A line of the terminal stays one line, whatever a file or a variable holds.
std::string without_control_characters(std::string_view text) {
    std::string clean;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            clean += fmt::format("\\x{:02x}", byte);
        } else {
            clean += c;
        }
    }
    return clean;
}

}  // namespace

void DiagnosticCollector::error(const SourcePosition& where, std::string message, std::string suggestion) {
    diagnostics_.push_back({Severity::error, where, std::move(message), std::move(suggestion)});
}

void DiagnosticCollector::warning(const SourcePosition& where, std::string message) {
    diagnostics_.push_back({Severity::warning, where, std::move(message), {}});
}

bool DiagnosticCollector::has_errors() const {
    return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                       [](const Diagnostic& d) { return d.severity == Severity::error; });
}

std::vector<Diagnostic> DiagnosticCollector::take_sorted() {
    // Line 0 is a place outside the file: a `--set`, or the file as a whole.
    const auto order = [](const Diagnostic& d) {
        return std::tuple(d.where.line == 0, d.where.line, d.where.column);
    };
    // Errors go first where the list is cut, so that a flood of warnings cannot hide one.
    std::stable_partition(diagnostics_.begin(), diagnostics_.end(),
                          [](const Diagnostic& d) { return d.severity == Severity::error; });
    const std::size_t left_out = diagnostics_.size() > most_listed ? diagnostics_.size() - most_listed : 0;
    diagnostics_.resize(diagnostics_.size() - left_out);
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [&](const Diagnostic& a, const Diagnostic& b) { return order(a) < order(b); });
    if (left_out > 0) {
        const Diagnostic& first = diagnostics_.front();
        diagnostics_.push_back({first.severity,
                                {first.where.file, 0, 0},
                                fmt::format("{} more like these are not listed", left_out),
                                {}});
    }
    return std::move(diagnostics_);
}

std::string format_diagnostic(const Diagnostic& diagnostic) {
    std::string line = without_control_characters(diagnostic.where.file);
    if (diagnostic.where.line > 0) {
        line += fmt::format(":{}:{}", diagnostic.where.line, diagnostic.where.column);
    }
    if (!line.empty()) line += ": ";
    line += diagnostic.severity == Severity::error ? "error: " : "warning: ";
    line += without_control_characters(diagnostic.message);
    if (!diagnostic.suggestion.empty()) {
        line += fmt::format(" (did you mean `{}`?)", without_control_characters(diagnostic.suggestion));
    }
    return line;
}

}  // namespace streamgauge::scenarios
