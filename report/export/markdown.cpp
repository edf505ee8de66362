#include "report/export/markdown.h"

#include "report/buffering/sentence.h"
#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/export/pair_words.h"
#include "report/summary/verdict.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace streamgauge::report {
namespace {

constexpr std::size_t longest_detail = 500;

std::string_view mark_of(Judgement judgement) {
    switch (judgement) {
        case Judgement::held:
            return "\u2705 met";
        case Judgement::missed:
            return "\u274c missed";
        case Judgement::not_measured:
            break;
    }
    return "\u2754 not measured";
}

std::string_view mark_of(RunStatus status) {
    switch (status) {
        case RunStatus::passed:
            return "\u2705";
        case RunStatus::failed:
            return "\u274c";
        case RunStatus::not_measurable:
            break;
    }
    return "\u2754";
}

std::string expectation_row(const ExpectationResult& result) {
    const bool missing = result.judgement == Judgement::not_measured;
    std::string note = result.too_close ? "too close" : result.expectation.implied ? "implied" : "";
    if (missing) note = result.reason;
    return fmt::format("| {} | {} | {} | {} | {} | {} |\n", mark_of(result.judgement),
                       markdown_code(result.expectation.text, true),
                       markdown_code(place_text(result.target, result.phase), true),
                       missing ? "" : markdown_text(result.measured),
                       result.margin ? fmt::format("{:+.0f}%", *result.margin * 100) : "",
                       markdown_text(note, longest_detail));
}

std::string expectations(const Summary& summary) {
    const auto& results = summary.verdict.expectations;
    if (results.empty()) return {};
    std::string text =
        "\n### Expectations\n\n| | expectation | on | measured | margin | |\n|---|---|---|---:|---:|---|\n";
    for (const auto& result : results)
        text += expectation_row(result);
    return text;
}

std::string_view mark_of(const RunDifference& figure) {
    if (!figure.is_compared()) return "\u2754 not compared";
    switch (figure.verdict.kind) {
        case ChangeKind::worse:
            return "\u274c worse";
        case ChangeKind::better:
            return "\u2705 better";
        case ChangeKind::same:
            return "\u2705 same";
        case ChangeKind::undecided:
            break;
    }
    return "\u2754 undecided";
}

std::string baseline_row(const RunComparisonRow& row, const RunDifference& figure) {
    const auto size = figure.size();
    return fmt::format("| {} | {}{} | {} | {} | {} | {} | {} | {} |\n", mark_of(figure),
                       markdown_code(row.metric, true), row.gated ? "" : " (not gated)",
                       markdown_code(place_text(row.target, row.phase), true),
                       figure_text(row.base, row.is_share), figure_text(figure.value, row.is_share),
                       size ? change_text(*size, row.is_share) : "", interval_text(figure, row.is_share),
                       row.gated ? markdown_text(open_question(figure), longest_detail) : "");
}

/// Gated figures, and those that changed though no gate looks at them.
std::string baseline(const Summary& summary) {
    if (!summary.baseline) return {};
    const auto& comparison = *summary.baseline;
    std::string runs;
    for (const auto& run : comparison.baselines)
        runs += (runs.empty() ? "" : ", ") + markdown_code(run, false, longest_detail);
    std::string rows;
    for (const auto& row : comparison.rows) {
        if (row.figures.empty()) continue;
        const auto& figure = row.figures.front();
        const bool changed =
            figure.verdict.kind == ChangeKind::worse || figure.verdict.kind == ChangeKind::better;
        if (row.gated || changed) rows += baseline_row(row, figure);
    }
    std::string text = fmt::format("\n### Against the baseline {}\n\n", runs);
    if (!rows.empty()) {
        text +=
            "| | figure | on | baseline | this run | change | 95 % interval | |\n"
            "|---|---|---|---:|---:|---:|---:|---|\n" +
            rows;
    }
    if (!comparison.notes.empty() || comparison.within_run()) text += '\n';
    for (const auto& note : comparison.notes)
        text += "- " + markdown_text(note, longest_detail) + '\n';
    if (comparison.within_run()) {
        text +=
            "- Within these runs only: what differs from run to run is known from three baseline runs on.\n";
    }
    return text;
}

std::string figures_row(const GroupSummary& group) {
    const auto at = [&](const char* metric, double quantile) {
        return markdown_text(percentile_text(group, metric, quantile));
    };
    return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                       markdown_code(group.target, true), grouped_digits(group.due), share_text(group.errors),
                       at("ttft", 0.5), at("ttft", 0.95), at("ttft", 0.99), at("itl", 0.5), at("itl", 0.95),
                       at("itl", 0.99), at("tpot", 0.5), at("e2e", 0.95),
                       grouped_digits(static_cast<std::uint64_t>(std::llround(group.tokens_per_second))),
                       words_of(to_string(group.buffering.verdict.kind)));
}

std::string phase(const Summary& summary, const std::string& name, const std::string& title) {
    std::string rows;
    for (const auto& group : summary.groups) {
        if (group.phase == name && !group.warmup) rows += figures_row(group);
    }
    if (rows.empty()) return {};
    return fmt::format(
               "\n### {}\n\n"
               "| target | requests | errors | TTFT p50 | p95 | p99 | ITL p50 | p95 | p99 | TPOT p50 | "
               "E2E p95 | tokens/s | buffering |\n"
               "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|\n",
               title) +
           rows;
}

std::string phases(const Summary& summary) {
    std::string text;
    std::size_t measured = 0;
    for (const auto& each : summary.run.phases) {
        if (each.warmup) continue;
        ++measured;
        text += phase(summary, each.name,
                      fmt::format("{}: {}, {}", markdown_code(each.name, false), markdown_text(each.shape),
                                  scenarios::format_duration(each.duration)));
    }
    return measured == 1 ? text : text + phase(summary, "", "All measured phases");
}

std::string labels(const Summary& summary) {
    std::string text;
    for (const auto& label : summary.labels) {
        if (label.groups.empty()) continue;
        text += fmt::format(
            "\n### By {} ({})\n\n"
            "| target | {} | requests | errors | TTFT p50 | p95 | p99 | TPOT p50 | E2E p95 |\n"
            "|---|---|---:|---:|---:|---:|---:|---:|---:|\n",
            markdown_code(label.name, false), markdown_code(label.header, false),
            markdown_code(label.name, true));
        for (const auto& group : label.groups) {
            const auto at = [&](const char* metric, double quantile) {
                return markdown_text(percentile_text(find_metric(group, metric), quantile));
            };
            text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
                                markdown_code(group.target, true), markdown_code(group.value, true),
                                grouped_digits(group.due), share_text(group.errors), at("ttft", 0.5),
                                at("ttft", 0.95), at("ttft", 0.99), at("tpot", 0.5), at("e2e", 0.95));
        }
    }
    return text;
}

std::string pair_cell(const std::optional<PairedFigure>& figure) {
    return figure ? fmt::format("{} ({})", signed_duration(figure), interval_words(figure)) : "";
}

std::string pair_row(const PairSummary& pair) {
    auto text = fmt::format("| {} | {} |", markdown_code(pair.target, true), pair.pairs);
    for (const auto& [name, words, member] : pair_figures)
        text += fmt::format(" {} |", pair_cell(pair.*member));
    const auto& effect = pair.order_effect;
    const auto order =
        effect ? fmt::format("{} (p = {:.2g})", signed_duration(effect->difference), effect->p_value)
               : std::string();
    return text + fmt::format(" {} | {} |\n", order, verdict_words(pair.verdict));
}

/// Targets against the base of `compare`, over all measured phases.
std::string pairs(const Summary& summary) {
    std::string rows, remarks;
    for (const auto& pair : summary.comparisons) {
        if (!pair.phase.empty()) continue;
        rows += pair_row(pair);
        for (const auto& warning : pair.warnings)
            remarks += "- " + markdown_text(warning, longest_detail) + '\n';
    }
    if (rows.empty()) return {};
    if (summary.hops)
        remarks = fmt::format("- **{}**\n", markdown_text(summary.hops->sentence, longest_detail)) + remarks;
    return fmt::format(
               "\n### In pairs with {}\n\n"
               "| target | pairs | TTFT added (95 % interval) | lag | hold mean | hold p95 | order effect | "
               "|\n"
               "|---|---:|---:|---:|---:|---:|---:|---|\n",
               markdown_code(summary.comparisons.front().base, false)) +
           rows + (remarks.empty() ? "" : "\n" + remarks);
}

std::string failures(const Summary& summary) {
    std::string text;
    for (const auto& group : summary.groups) {
        if (group.warmup || !group.phase.empty()) continue;
        for (const auto& [outcome, detail] : group.error_examples) {
            const auto kind = parse_outcome(outcome);
            const auto count = kind ? group.outcomes[static_cast<std::size_t>(*kind)] : 0;
            const auto example = markdown_code(detail, false, longest_detail);
            text += fmt::format("- {}: {} {}, {}\n", markdown_code(group.target, false),
                                grouped_digits(count), markdown_code(outcome, false),
                                example.empty() ? "no reason is known" : "such as " + example);
        }
    }
    return text.empty() ? text : "\n### Not completed\n\n" + text;
}

std::string remedy_text(const Remedy& remedy) {
    std::string text = "  - ";
    if (!remedy.product.empty())
        text += markdown_text(remedy.product) + " (" + markdown_text(remedy.why, longest_detail) + "): ";
    text += markdown_text(remedy.text);
    if (!remedy.snippet.empty()) text += " Set " + markdown_code(remedy.snippet, false);
    return text + '\n';
}

std::string buffering(const Summary& summary) {
    std::string text;
    for (const auto& group : summary.groups) {
        const auto& verdict = group.buffering.verdict;
        if (group.warmup || !group.phase.empty()) continue;
        const auto line = [&text](const std::string& sentence, const std::string& evidence) {
            text += fmt::format("- **{}**", markdown_text(sentence));
            text += evidence.empty() ? "\n" : ": " + markdown_text(evidence, longest_detail) + '\n';
        };
        if (!verdict.evidence.empty()) line(buffering_sentence(group.target, verdict), verdict.evidence);
        if (const auto& cut = group.cut_off) line(cut_off_sentence(group.target, *cut), cut->evidence);
        if (!group.remedies.empty()) text += remedy_text(group.remedies.front());
    }
    return text.empty() ? text : "\n### Buffering\n\n" + text;
}

std::string validity(const Validity& validity) {
    using State = ValidityCheck::State;
    if (validity.checks.empty()) return {};
    std::string text = "\n### Could the client keep up?\n\n| | check | figure | |\n|---|---|---|---|\n";
    for (const auto& check : validity.checks) {
        const std::string_view mark = check.state == State::ok        ? "\u2705"
                                      : check.state == State::warning ? "\u26a0\ufe0f"
                                                                      : "\u274c";
        text += fmt::format("| {} | {} | {} | {} |\n", mark, markdown_text(words_of(check.name)),
                            markdown_text(check.figure), markdown_text(check.remedy));
    }
    if (!validity.health.notes.empty()) text += '\n';
    for (const auto& note : validity.health.notes)
        text += "- " + markdown_text(note, longest_detail) + '\n';
    return text;
}

}  // namespace

std::string markdown_summary(const ExportedRun& run) {
    const Summary& summary = run.summary;
    std::string text = "## ";
    if (!has_only_measured(summary)) text += fmt::format("{} ", mark_of(summary.verdict.status));
    text += fmt::format("{}\n\n**{}**\n", markdown_text(summary.run.scenario_name),
                        markdown_text(summary.verdict.sentence));
    text += expectations(summary);
    text += baseline(summary);
    text += phases(summary);
    text += labels(summary);
    text += pairs(summary);
    text += failures(summary);
    text += buffering(summary);
    text += validity(summary.validity);
    text += fmt::format("\nstreamgauge {}, seed {}, {} of {}\n", markdown_text(summary.run.version),
                        summary.run.seed, scenarios::format_duration(summary.run.duration),
                        markdown_code(summary.run.scenario_file, false));
    return text;
}

std::string bounded_markdown(const std::string& markdown, std::size_t most) {
    if (markdown.size() <= most) return markdown;
    constexpr std::string_view note = "\nThe rest is left out: there is no room for more here.\n";
    if (most < note.size()) return {};
    const auto end = markdown.rfind('\n', most - note.size());
    if (end == std::string::npos || end + 1 > most - note.size()) return std::string(note);
    return markdown.substr(0, end + 1) + std::string(note);
}

}  // namespace streamgauge::report
