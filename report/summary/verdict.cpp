#include "report/summary/verdict.h"

#include "report/buffering/sentence.h"
#include "report/summary/compared_figure.h"
#include "report/summary/figure.h"
#include "report/summary/judgement.h"
#include "report/summary/windowed_result.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::report {

namespace {

using scenarios::Comparator;
using scenarios::Condition;
using scenarios::Expectation;
using scenarios::Unit;

/// Whether a group's kind of buffering is the one a condition names. `none` accepts an answer that came at
/// once and early, which no one held; a verdict that leaves two kinds open answers to both
/// names.
bool is_kind(BufferingKind kind, std::string_view word) {
    if (word == "none") return kind == BufferingKind::none || kind == BufferingKind::instant;
    if (kind == BufferingKind::timer_or_window)
        return word == "timer" || word == "token_window" || word == to_string(kind);
    if (kind == BufferingKind::block_or_window)
        return word == "block" || word == "token_window" || word == to_string(kind);
    return word == to_string(kind);
}

void judge_word(const GroupSummary& group, const Condition& condition, ExpectationResult& result) {
    const bool equal = is_kind(group.buffering.verdict.kind, condition.word);
    const bool held = equal == (condition.comparator == Comparator::equal);
    result.judgement = held ? Judgement::held : Judgement::missed;
}

Figure measure(const Expectation& expectation, const GroupSummary& group, const Summary& summary,
               std::size_t goodput) {
    if (expectation.delta) return delta_figure(expectation, group, summary);
    if (expectation.condition.metric == "hold") return hold_figure(expectation, group, summary);
    return figure_of(group, expectation.condition, goodput);
}

ExpectationResult check(const Expectation& expectation, const GroupSummary& group, const Summary& summary,
                        std::size_t goodput) {
    ExpectationResult result;
    result.expectation = expectation;
    result.target = group.target;
    result.phase = group.phase;
    const Figure figure = measure(expectation, group, summary, goodput);
    result.measured = figure.text;
    if (figure.kind == Figure::Kind::word) {
        judge_word(group, expectation.condition, result);
    } else {
        judge_figure(figure, expectation.condition, result);
    }
    return result;
}

/// A difference is a figure of its first target. `hold` of a base is measured with stamps only, so that all
/// the others are meant where the expectation does not name it.
bool applies(const Expectation& expectation, const GroupSummary& group, const Summary& summary) {
    if (group.phase.empty() || group.warmup) return false;
    if (expectation.delta && expectation.delta->target != group.target) return false;
    const bool is_hold = expectation.condition.metric == "hold" && !expectation.delta;
    if (is_hold && !expectation.target && is_mere_base(group, summary)) return false;
    return expectation.target.value_or(group.target) == group.target &&
           expectation.phase.value_or(group.phase) == group.phase;
}

ExpectationResult nowhere(const Expectation& expectation) {
    ExpectationResult result;
    result.expectation = expectation;
    result.target = expectation.target.value_or("");
    result.phase = expectation.phase.value_or("");
    result.reason = "no measured phase of a target fits it";
    return result;
}

Expectation implied_errors_gate() {
    Expectation gate;
    gate.text = "errors < 1%";
    gate.condition.metric = "errors";
    gate.condition.comparator = Comparator::less;
    gate.condition.value = 0.01;
    gate.condition.unit = Unit::ratio;
    gate.implied = true;
    return gate;
}

bool has_errors_gate(const scenarios::Scenario& scenario, const GroupSummary& group, const Summary& summary) {
    return std::any_of(scenario.expect.begin(), scenario.expect.end(), [&](const Expectation& expectation) {
        return expectation.condition.metric == "errors" && applies(expectation, group, summary);
    });
}

std::vector<ExpectationResult> check_all(const scenarios::Scenario& scenario, const Summary& summary) {
    std::vector<ExpectationResult> results;
    std::size_t goodput = 0;
    for (std::size_t i = 0; i < scenario.expect.size(); ++i) {
        const Expectation& expectation = scenario.expect[i];
        const std::size_t before = results.size();
        for (const GroupSummary& group : summary.groups) {
            if (!applies(expectation, group, summary)) continue;
            results.push_back(expectation.window ? check_windows(i, expectation, group, summary)
                                                 : check(expectation, group, summary, goodput));
        }
        if (results.size() == before) results.push_back(nowhere(expectation));
        if (!expectation.goodput_limits.empty()) ++goodput;
    }
    if (scenario.expect.empty()) return results;
    const Expectation gate = implied_errors_gate();
    for (const GroupSummary& group : summary.groups) {
        if (applies(gate, group, summary) && !has_errors_gate(scenario, group, summary))
            results.push_back(check(gate, group, summary, 0));
    }
    return results;
}

/// What is said of the run, and how it counts.
struct Finding {
    RunStatus status = RunStatus::passed;
    std::string words;
};

std::uint64_t count(const std::vector<ExpectationResult>& results, Judgement judgement) {
    return static_cast<std::uint64_t>(
        std::count_if(results.begin(), results.end(),
                      [&](const ExpectationResult& result) { return result.judgement == judgement; }));
}

std::string plural(std::uint64_t number) {
    return fmt::format("{} expectation{}", number, number == 1 ? "" : "s");
}

std::string subject_of(const Expectation& expectation) {
    const Condition& condition = expectation.condition;
    auto name = condition.statistic.empty() ? condition.metric : condition.metric + "." + condition.statistic;
    if (const auto& delta = expectation.delta)
        return fmt::format("delta({}, {}, {})", name, delta->target, delta->base);
    if (const auto& window = expectation.window)
        return fmt::format("{} per {}", name, scenarios::format_duration(*window));
    return name;
}

std::string place_of(const std::string& target, const std::string& phase, const Summary& summary) {
    const auto measured_phases = std::count_if(
        summary.groups.begin(), summary.groups.end(),
        [&](const auto& group) { return group.target == target && !group.phase.empty() && !group.warmup; });
    return measured_phases > 1 ? fmt::format("{} in {}", target, phase) : target;
}

std::string place_of(const ExpectationResult& result, const Summary& summary) {
    // What is measured in windows says the phase itself.
    if (result.expectation.window && !result.measured.empty()) return result.target;
    return place_of(result.target, result.phase, summary);
}

/// A request's error in plain words. Only what this client found out by itself is quoted.
std::string why_unanswered(const GroupSummary& group) {
    if (group.error_examples.empty()) return "no request was due";
    const auto& [outcome, detail] = group.error_examples.front();
    const auto kind = parse_outcome(outcome);
    const bool own_words = kind == Outcome::resolve_failed || kind == Outcome::connect_failed;
    if (own_words && !detail.empty()) return detail;
    std::string words = outcome;
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

/// A target that never once answered cannot be measured; one that did and then died is data.
std::optional<Finding> find_unanswered(const Summary& summary) {
    for (const GroupSummary& whole : summary.groups) {
        if (!whole.phase.empty()) continue;
        std::uint64_t answered = whole.answered;
        const GroupSummary* example = &whole;
        for (const GroupSummary& group : summary.groups) {
            if (group.target != whole.target || !group.warmup) continue;
            answered += group.answered;
            if (example->error_examples.empty()) example = &group;
        }
        if (answered > 0) continue;
        return Finding{RunStatus::not_measurable, fmt::format("target `{}` never answered ({})", whole.target,
                                                              why_unanswered(*example))};
    }
    return std::nullopt;
}

std::optional<Finding> find_invalid(const Validity& validity) {
    for (const ValidityCheck& each : validity.checks) {
        if (each.state != ValidityCheck::State::invalid) continue;
        std::string name = each.name;
        std::replace(name.begin(), name.end(), '_', ' ');
        return Finding{RunStatus::not_measurable,
                       fmt::format("the run is not valid: {}: {}", name, each.figure)};
    }
    if (!validity.valid) return Finding{RunStatus::not_measurable, "the run is not valid"};
    return std::nullopt;
}

std::optional<Finding> find_unmeasured(const std::vector<ExpectationResult>& results,
                                       const Summary& summary) {
    const auto unmeasured = count(results, Judgement::not_measured);
    if (unmeasured == 0) return std::nullopt;
    const auto first = std::find_if(results.begin(), results.end(), [](const ExpectationResult& result) {
        return result.judgement == Judgement::not_measured;
    });
    auto words =
        fmt::format("{} of {} could not be measured; first: {} on {}: {}", unmeasured, plural(results.size()),
                    subject_of(first->expectation), place_of(*first, summary), first->reason);
    const auto missed = count(results, Judgement::missed);
    if (missed > 0) words += fmt::format("; {} missed", missed);
    return Finding{RunStatus::not_measurable, std::move(words)};
}

std::string limit_of(const Condition& condition) {
    return condition.unit == Unit::word ? condition.word : format_value(condition.value, condition.unit);
}

const GroupSummary* group_of(const ExpectationResult& result, const Summary& summary) {
    const auto found = std::ranges::find_if(summary.groups, [&](const GroupSummary& group) {
        return group.target == result.target && group.phase == result.phase;
    });
    return found == summary.groups.end() ? nullptr : &*found;
}

/// `ttft.p95 on gateway 912ms, limit 800ms`, or for a kind of buffering `gateway holds tokens back in blocks
/// of 4096 bytes (p95 held 310ms), expected none`.
std::string describe_miss(const ExpectationResult& result, const Summary& summary) {
    const Condition& condition = result.expectation.condition;
    const auto place = place_of(result, summary);
    const auto* group = group_of(result, summary);
    if (condition.metric == "buffering" && group != nullptr) {
        const bool equal = condition.comparator == Comparator::equal;
        return fmt::format("{}, expected {}{}", buffering_sentence(place, group->buffering.verdict),
                           equal ? "" : "anything but ", condition.word);
    }
    const auto subject = subject_of(result.expectation);
    if (result.expectation.delta)
        return fmt::format("{} {}, limit {}", subject, result.measured, limit_of(condition));
    return fmt::format("{} on {} {}, limit {}", subject, place, result.measured, limit_of(condition));
}

std::optional<Finding> find_missed(const std::vector<ExpectationResult>& results, const Summary& summary) {
    const auto missed = count(results, Judgement::missed);
    if (missed == 0) return std::nullopt;
    const ExpectationResult* worst = nullptr;
    // What has no margin, such as a kind of buffering, is off by all of it.
    const auto margin = [](const ExpectationResult& result) { return result.margin.value_or(-1); };
    for (const ExpectationResult& result : results) {
        if (result.judgement != Judgement::missed) continue;
        if (worst == nullptr || margin(result) < margin(*worst)) worst = &result;
    }
    return Finding{RunStatus::failed, fmt::format("{} of {} missed; worst: {}", missed,
                                                  plural(results.size()), describe_miss(*worst, summary))};
}

/// `2 of 6 gated figures are worse than the baseline; worst: ttft.p95 on api 212ms to 251ms, +18.3 % (95 %
/// interval +12.1 % .. +24.9 %)`
std::optional<Finding> find_regressed(const Summary& summary) {
    if (!summary.baseline) return std::nullopt;
    const auto worst = worst_regression(*summary.baseline);
    if (!worst) return std::nullopt;
    const auto worse = summary.baseline->count(ChangeKind::worse), gated = summary.baseline->gated();
    return Finding{RunStatus::failed,
                   fmt::format("{} of {} gated figure{} {} worse than the baseline; worst: {} on {} {}",
                               worse, gated, gated == 1 ? "" : "s", worse == 1 ? "is" : "are",
                               worst->row->metric, place_of(worst->row->target, worst->row->phase, summary),
                               difference_text(*worst->row, *worst->figure))};
}

/// What a comparison without a regression adds.
std::string against_baseline(const RunComparison& baseline) {
    const auto gated = baseline.gated(), undecided = baseline.count(ChangeKind::undecided);
    if (gated == 0) return "; nothing could be compared with the baseline";
    if (undecided == 0) return "; nothing gated is worse than the baseline";
    return fmt::format("; against the baseline nothing gated is worse, {} of {} undecided", undecided, gated);
}

Finding find_passed(const std::vector<ExpectationResult>& results, const Summary& summary) {
    std::string words = "no expectations were set";
    if (summary.baseline && results.empty()) words = "the run is valid";
    if (results.size() == 1) words = "the one expectation is met";
    if (results.size() > 1) words = fmt::format("all {} met", plural(results.size()));
    if (summary.baseline) words += against_baseline(*summary.baseline);
    return {RunStatus::passed, std::move(words)};
}

/// The more serious of two comes first.
Finding joined(Finding finding, const std::optional<Finding>& other) {
    if (other) finding.words += "; " + other->words;
    return finding;
}

/// What could not be measured in a run that ended early may be so because it did: the rig is not broken.
Finding find_until_abort(const std::vector<ExpectationResult>& results, const Summary& summary) {
    Finding finding = find_passed(results, summary);
    if (auto missed = find_missed(results, summary)) finding = *std::move(missed);
    if (auto unmeasured = find_unmeasured(results, summary)) finding = *std::move(unmeasured);
    finding.status = RunStatus::failed;
    return finding;
}

Finding find(const std::vector<ExpectationResult>& results, const Summary& summary) {
    if (auto finding = find_unanswered(summary)) return *std::move(finding);
    if (auto finding = find_invalid(summary.validity)) return *std::move(finding);
    const auto regressed = find_regressed(summary);
    if (summary.run.aborted) return joined(find_until_abort(results, summary), regressed);
    if (auto finding = find_unmeasured(results, summary)) return joined(*std::move(finding), regressed);
    if (auto finding = find_missed(results, summary)) return joined(*std::move(finding), regressed);
    if (regressed) return *regressed;
    return find_passed(results, summary);
}

std::string_view headline(RunStatus status) {
    switch (status) {
        case RunStatus::passed:
            return "Passed";
        case RunStatus::failed:
            return "Failed";
        case RunStatus::not_measurable:
            break;
    }
    return "Not measurable";
}

std::string sentence_of(const Finding& finding, bool only_measured, const RunInfo& run) {
    if (run.interrupted || run.signal != 0) {
        return fmt::format("Interrupted after {}; until then: {}.", scenarios::format_duration(run.duration),
                           finding.words);
    }
    if (run.partial) return fmt::format("Partial, the run was killed; until then: {}.", finding.words);
    if (const auto& abort = run.aborted) {
        return fmt::format("{}: `{}` struck on {} after {} ({}) and ended the run; until then: {}.",
                           headline(finding.status), abort->condition, abort->target,
                           scenarios::format_duration(abort->at), abort->measured, finding.words);
    }
    return fmt::format("{}: {}.", only_measured ? "Completed" : headline(finding.status), finding.words);
}

bool is_unasked(const Verdict& verdict, const Summary& summary) {
    return verdict.status == RunStatus::passed && verdict.expectations.empty() && !summary.baseline;
}

int exit_code_of(RunStatus status, const RunInfo& run) {
    if (run.signal == SIGTERM) return 143;
    if (run.interrupted || run.signal != 0) return 130;
    switch (status) {
        case RunStatus::passed:
            return 0;
        case RunStatus::failed:
            return 1;
        case RunStatus::not_measurable:
            break;
    }
    return 3;
}

}  // namespace

Verdict judge(const scenarios::Scenario& scenario, const Summary& summary) {
    Verdict verdict;
    verdict.expectations = check_all(scenario, summary);
    const Finding finding = find(verdict.expectations, summary);
    verdict.status = finding.status;
    verdict.exit_code = exit_code_of(finding.status, summary.run);
    const bool only_measured = is_unasked(verdict, summary);
    verdict.sentence = sentence_of(finding, only_measured, summary.run);
    return verdict;
}

bool has_only_measured(const Summary& summary) {
    return is_unasked(summary.verdict, summary);
}

}  // namespace streamgauge::report
