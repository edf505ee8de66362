#include "report/export/terminal.h"

#include "report/buffering/sentence.h"
#include "report/export/comparison_text.h"
#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/label_text.h"
#include "report/export/run_comparison_text.h"
#include "report/export/text_table.h"
#include "report/summary/figure.h"
#include "report/summary/verdict.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <ctime>
#include <optional>

namespace streamgauge::report {
namespace {

using Column = TextTable::Column;
using Cell = TextTable::Cell;

constexpr std::size_t most_targets_named = 6;

/// `2026-11-21 14:20:05 UTC`.
std::string utc_text(std::int64_t unix_ns) {
    const auto seconds = static_cast<std::time_t>(unix_ns / 1'000'000'000);
    std::tm calendar{};
    gmtime_r(&seconds, &calendar);
    return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02} UTC", calendar.tm_year + 1900,
                       calendar.tm_mon + 1, calendar.tm_mday, calendar.tm_hour, calendar.tm_min,
                       calendar.tm_sec);
}

/// The row of one target in the table of a phase.
std::vector<Cell> figures_of(const GroupSummary& group) {
    const auto at = [&group](const char* metric, double quantile) {
        return Cell{percentile_text(group, metric, quantile), Shade::plain};
    };
    const auto& verdict = group.buffering.verdict;
    return {{terminal_text(group.target, 30), Shade::bold},
            {grouped_digits(group.due)},
            {share_text(group.errors), group.errors.count > 0 ? Shade::bad : Shade::plain},
            at("ttft", 0.5),
            at("ttft", 0.95),
            at("ttft", 0.99),
            at("itl", 0.5),
            at("itl", 0.95),
            at("itl", 0.99),
            at("tpot", 0.5),
            at("e2e", 0.95),
            {grouped_digits(static_cast<std::uint64_t>(std::llround(group.tokens_per_second)))},
            {words_of(to_string(verdict.kind)), verdict.is_buffered() ? Shade::bad : Shade::plain}};
}

Shade shade_of(RunStatus status) {
    switch (status) {
        case RunStatus::passed:
            return Shade::good;
        case RunStatus::failed:
            return Shade::bad;
        case RunStatus::not_measurable:
            return Shade::warning;
    }
    return Shade::plain;
}

/// Builds the text part by part; every part ends in a line end and begins with an empty line but the first.
class Writer {
  public:
    Writer(const Summary& summary, const TerminalStyle& style)
        : summary_{summary}, style_{style}, width_{static_cast<std::size_t>(std::max(style.width, 40))} {}

    void verdict();
    void validity();
    void phases();
    void expectations();
    void failures();
    void buffering();
    void provenance();
    void place(std::string_view where);

    std::string text;

  private:
    void remedy(const GroupSummary& group);
    void phase(const std::string& name, const std::string& title);
    std::vector<Cell> cells_of(const ExpectationResult& result) const;
    void heading(std::string_view words);
    void paragraph(std::string_view first, Shade shade, std::string_view words, std::size_t indent);
    void claim(const std::string& sentence, Shade shade, std::string_view evidence);
    std::string_view mark(bool good) const {
        if (style_.unicode) return good ? "\u2713" : "\u2717";
        return good ? "+" : "x";
    }
    std::string title_of(const RunInfo::PhaseInfo& phase) const {
        return phase.name + "  " + phase.shape + ", " + scenarios::format_duration(phase.duration);
    }

    const Summary& summary_;
    const TerminalStyle& style_;
    std::size_t width_;
};

void Writer::heading(std::string_view words) {
    text += '\n' + shaded(words, Shade::bold, style_.colour) + '\n';
}

/// `first` in its shade, then words wrapped behind it.
void Writer::paragraph(std::string_view first, Shade shade, std::string_view words, std::size_t indent) {
    const std::size_t hang = indent + display_width(first) + 2;
    const std::string body = wrapped(std::string(hang, '.') + " " + terminal_text(words), width_, hang + 1);
    text += std::string(indent, ' ') + shaded(first, shade, style_.colour) + "  ";
    text += body.substr(std::min(body.size(), hang + 1)) + '\n';
}

/// A sentence, and below it what it rests on.
void Writer::claim(const std::string& sentence, Shade shade, std::string_view evidence) {
    // The dots stand for the indent, which wrapping would drop.
    const auto indented = [&](std::string_view words, std::size_t indent) {
        const auto body = wrapped(std::string(indent - 1, '.') + " " + std::string(words), width_, indent);
        return std::string(indent, ' ') + body.substr(std::min(body.size(), indent));
    };
    text += shaded(indented(sentence, 2), shade, style_.colour) + '\n';
    text += shaded(indented(terminal_text(evidence), 4), Shade::dim, style_.colour) + '\n';
}

void Writer::verdict() {
    const std::string sentence = wrapped(terminal_text(summary_.verdict.sentence), width_, 0);
    const auto shade = has_only_measured(summary_) ? Shade::plain : shade_of(summary_.verdict.status);
    text += shaded(sentence, shade, style_.colour) + '\n';
    if (summary_.run.partial) {
        text += wrapped("The run did not come to its end; this is what had been written.", width_, 0) + '\n';
    }
}

void Writer::validity() {
    const auto sound = [](const ValidityCheck& check) { return check.state == ValidityCheck::State::ok; };
    const auto& checks = summary_.validity.checks;
    if (checks.empty()) return;
    if (std::all_of(checks.begin(), checks.end(), sound)) {
        text += shaded("The client kept up", Shade::dim, style_.colour);
        text += shaded(": " + words_of(checks.front().name) + " " + checks.front().figure, Shade::dim,
                       style_.colour) +
                '\n';
    } else {
        heading("Could the client keep up?");
    }
    for (const auto& check : checks) {
        if (sound(check)) continue;
        const bool invalid = check.state == ValidityCheck::State::invalid;
        std::string words = words_of(check.name) + ": " + check.figure;
        if (!check.remedy.empty()) words += ". " + check.remedy;
        paragraph(invalid ? "invalid" : "warning", invalid ? Shade::bad : Shade::warning, words, 2);
    }
    for (const auto& note : summary_.validity.health.notes)
        paragraph("note", Shade::warning, note, 2);
}

void Writer::phases() {
    std::size_t measured = 0;
    for (const auto& each : summary_.run.phases) {
        if (each.warmup) continue;
        ++measured;
        phase(each.name, title_of(each));
    }
    if (measured != 1) phase("", "all measured phases");
}

void Writer::phase(const std::string& name, const std::string& title) {
    TextTable table{{{"", "", true, INT_MAX},
                     {"", "requests", false, 10},
                     {"", "errors", false, 12},
                     {"TTFT", "p50", false, 9},
                     {"TTFT", "p95", false, 13},
                     {"TTFT", "p99", false, 6},
                     {"ITL", "p50", false, 8},
                     {"ITL", "p95", false, 5},
                     {"ITL", "p99", false, 4},
                     {"TPOT", "p50", false, 7},
                     {"E2E", "p95", false, 3},
                     {"", "tokens/s", false, 2},
                     {"", "buffering", true, 11}}};
    bool any = false;
    for (const auto& group : summary_.groups) {
        if (group.phase != name || group.warmup) continue;
        any = true;
        table.add(figures_of(group));
    }
    if (!any) return;
    heading(terminal_text(title));
    text += table.draw(width_, 2, style_.colour);
}

std::vector<Cell> Writer::cells_of(const ExpectationResult& result) const {
    const bool missing = result.judgement == Judgement::not_measured;
    const bool held = result.judgement == Judgement::held;
    const Shade shade = missing ? Shade::warning : held ? Shade::good : Shade::bad;
    const std::string where = place_text(result.target, result.phase);
    const std::string note = result.too_close ? "too close" : result.expectation.implied ? "implied" : "";
    return {{missing ? std::string{"?"} : std::string{mark(held)}, shade},
            {terminal_text(result.expectation.text, 60)},
            {terminal_text(where, 40), Shade::dim},
            {missing ? "not measured" : terminal_text(result.measured, 80), shade},
            {result.margin ? fmt::format("{:+.0f}%", *result.margin * 100) : "", Shade::dim},
            {note, result.too_close ? Shade::warning : Shade::dim}};
}

void Writer::expectations() {
    const auto& results = summary_.verdict.expectations;
    if (results.empty()) return;
    heading("Expectations");
    TextTable table{{{"", "", true, INT_MAX},
                     {"", "", true, INT_MAX},
                     {"", "on", true, 3},
                     {"", "measured", false, 4},
                     {"", "margin", false, 2},
                     {"", "", true, 1}}};
    for (const auto& result : results)
        table.add(cells_of(result));
    text += table.draw(width_, 2, style_.colour);
    for (const auto& result : results) {
        if (result.judgement == Judgement::not_measured && !result.reason.empty()) {
            paragraph("?", Shade::warning, result.expectation.text + ": " + result.reason, 2);
        }
    }
}

void Writer::failures() {
    bool begun = false;
    for (const auto& group : summary_.groups) {
        if (group.warmup || !group.phase.empty()) continue;
        for (const auto& [outcome, detail] : group.error_examples) {
            if (!begun) heading("Not completed");
            begun = true;
            const auto kind = parse_outcome(outcome);
            const auto count = kind ? group.outcomes[static_cast<std::size_t>(*kind)] : 0;
            const std::string first = fmt::format("{} {} {}", terminal_text(group.target, 30),
                                                  grouped_digits(count), terminal_text(outcome, 40));
            paragraph(first, Shade::bad, detail.empty() ? "no reason is known" : detail, 2);
        }
    }
}

void Writer::buffering() {
    bool begun = false;
    for (const auto& group : summary_.groups) {
        const auto& verdict = group.buffering.verdict;
        if (group.warmup || !group.phase.empty() || (verdict.evidence.empty() && !group.cut_off)) continue;
        if (!begun) heading("Buffering");
        begun = true;
        const Shade shade = verdict.is_buffered() ? Shade::bad
                            : verdict.kind == BufferingKind::none || verdict.kind == BufferingKind::instant
                                ? Shade::good
                                : Shade::warning;
        const auto target = terminal_text(group.target, 30);
        if (!verdict.evidence.empty()) claim(buffering_sentence(target, verdict), shade, verdict.evidence);
        if (const auto& cut = group.cut_off) claim(cut_off_sentence(target, *cut), Shade::bad, cut->evidence);
        remedy(group);
    }
}

/// The likeliest remedy, and who else may be on the way.
void Writer::remedy(const GroupSummary& group) {
    if (group.remedies.empty()) return;
    const auto& first = group.remedies.front();
    const auto title = first.product.empty() ? "remedy" : fmt::format("{} ({})", first.product, first.why);
    std::string words = first.text;
    std::string others;
    for (std::size_t i = 1; i < group.remedies.size(); ++i) {
        const auto& product = group.remedies[i].product;
        if (!product.empty()) others += (others.empty() ? "" : ", ") + product;
    }
    if (!first.snippet.empty()) words += " Set: " + first.snippet;
    if (!first.timeout.empty()) words += " Note: " + first.timeout + ".";
    if (!others.empty()) words += " Perhaps also on the way: " + others + ".";
    paragraph(terminal_text(title, 60), Shade::dim, words, 4);
}

/// What was run, when and where, so that the text says so by itself where it is pasted.
void Writer::provenance() {
    heading("Run");
    const auto& run = summary_.run;
    std::string words = terminal_text(run.scenario_name, 60);
    if (run.start_unix_ns > 0) words += ", " + utc_text(run.start_unix_ns);
    if (run.duration > std::chrono::nanoseconds{0})
        words += ", took " + scenarios::format_duration(run.duration);
    words += fmt::format(", seed {}", run.seed);
    if (run.workers > 0) words += fmt::format(", {} worker{}", run.workers, run.workers == 1 ? "" : "s");
    if (!run.host.empty()) words += " on " + terminal_text(run.host, 60);
    if (!run.version.empty()) words += ", streamgauge " + terminal_text(run.version, 40);
    text += "  " + wrapped(words, width_ - 2, 2) + '\n';
    if (run.targets.size() > most_targets_named) return;
    for (const auto& target : run.targets) {
        const auto url = terminal_text(target.url, 200) + " (" + terminal_text(target.api, 30) + ")";
        paragraph(terminal_text(target.name, 30), Shade::plain, url, 2);
    }
}

void Writer::place(std::string_view where) {
    if (!where.empty()) text += '\n' + terminal_text(where) + '\n';
}

}  // namespace

std::string terminal_summary(const Summary& summary, const TerminalStyle& style, std::string_view place) {
    Writer writer{summary, style};
    writer.verdict();
    writer.validity();
    writer.phases();
    writer.text += label_text(summary, style);
    writer.expectations();
    if (summary.baseline) writer.text += baseline_text(*summary.baseline, style);
    writer.failures();
    writer.buffering();
    writer.text += comparison_text(summary, style);
    writer.provenance();
    writer.place(place);
    return disarm_lines(std::move(writer.text));
}

}  // namespace streamgauge::report
