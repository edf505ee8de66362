#include "report/export/junit.h"

#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/summary/figure.h"
#include "report/summary/metric.h"
#include "scenarios/quantity.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string_view>
#include <vector>

namespace streamgauge::report {
namespace {

struct Case {
    std::string class_name, name;
    std::string kind;  ///< element: failure, error or skipped; empty: the case passed
    std::string message;
    std::string output;
    std::string type{};  ///< of the element; empty: as its kind has it
};

/// Jenkins takes the dots of a class name for the packages it lies in.
std::string class_part(std::string_view name) {
    std::string part(name);
    std::ranges::replace(part, '.', '_');
    return part.empty() ? "unnamed" : part;
}

/// Whether there was anything that the condition speaks of.
bool has_samples(const ExpectationResult& result, const Summary& summary) {
    const auto* group = find_group(summary, result.target, result.phase);
    if (group == nullptr || group->due == 0) return false;
    const auto& metric = result.expectation.condition.metric;
    if (metric == "jank") return group->jank_mean.has_value();
    if (metric == "fluidity") return group->fluidity_mean.has_value();
    if (std::ranges::find(metric_names, metric) == metric_names.end()) return true;
    const auto* values = find_metric(*group, metric);
    return values != nullptr && values->count + values->censored > 0;
}

std::string interval_text(const ExpectationResult& result) {
    if (!result.low && !result.high) return {};
    const auto unit = result.expectation.condition.unit;
    const auto end = [&](const std::optional<double>& value) {
        return value ? format_value(*value, unit) : std::string("unknown");
    };
    return fmt::format("95% interval: {} to {}{}\n", end(result.low), end(result.high),
                       result.too_close ? ", too close to the limit" : "");
}

/// The percentiles of the place, for whoever looks at a failure.
std::string figures_text(const GroupSummary& group) {
    constexpr std::array<double, 3> quantiles{0.5, 0.95, 0.99};
    std::string text = fmt::format("requests: {}, errors {}\n", group.due, share_text(group.errors));
    for (const std::string metric : {"ttft", "itl", "tpot", "e2e"}) {
        if (find_metric(group, metric) == nullptr) continue;
        text += metric + ":";
        for (const double quantile : quantiles) {
            text +=
                fmt::format(" {} {}", percentile_name(quantile), percentile_text(group, metric, quantile));
        }
        text += '\n';
    }
    return text + "buffering: " + describe(group.buffering.verdict) + '\n';
}

std::string output_of(const ExpectationResult& result, const Summary& summary) {
    std::string text;
    if (!result.measured.empty()) text += "measured: " + one_line(result.measured) + '\n';
    text += interval_text(result);
    if (result.margin) text += fmt::format("margin: {:+.1f}%\n", *result.margin * 100);
    if (!result.reason.empty()) text += "reason: " + one_line(result.reason) + '\n';
    const auto& where = result.expectation.where;
    if (result.expectation.implied) {
        text += "written: nowhere, every scenario with expectations has it\n";
    } else if (where.line > 0) {
        text += fmt::format("written: {}:{}:{}\n", one_line(where.file), where.line, where.column);
    }
    if (const auto* group = find_group(summary, result.target, result.phase)) text += figures_text(*group);
    return text;
}

std::string class_name(const Summary& summary, const std::string& target, const std::string& phase) {
    auto name = class_part(summary.run.scenario_name);
    if (!target.empty()) name += "." + class_part(target);
    if (!phase.empty()) name += "." + class_part(phase);
    return name;
}

/// A gated figure against the baseline. What is undecided does not fail a run, so that it is no error here.
Case case_of(const RunComparisonRow& row, const RunDifference& figure, const Summary& summary) {
    Case made;
    made.class_name = class_name(summary, row.target, row.phase);
    made.name = row.metric + " against the baseline";
    made.output = one_line(difference_text(row, figure)) + '\n';
    for (const auto& run : summary.baseline->baselines)
        made.output += "baseline: " + one_line(run) + '\n';
    made.output +=
        fmt::format("verdict: {}\n", figure.is_compared() ? to_string(figure.verdict.kind) : "not compared");
    const auto question = open_question(figure);
    if (!question.empty()) made.output += "open: " + one_line(question) + '\n';
    if (figure.verdict.kind == ChangeKind::worse) {
        made.kind = "failure";
        made.type = "worse";
        made.message = "went from " + difference_text(row, figure);
    } else if (figure.verdict.kind == ChangeKind::undecided) {
        made.kind = "skipped";
        made.type = figure.is_compared() ? "undecided" : "not compared";
        made.message = question.empty() ? made.type : question;
    }
    return made;
}

void add_baseline_cases(const Summary& summary, std::vector<Case>& cases) {
    if (!summary.baseline) return;
    for (const auto& row : summary.baseline->rows) {
        if (row.gated && !row.figures.empty()) cases.push_back(case_of(row, row.figures.front(), summary));
    }
}

Case case_of(const ExpectationResult& result, const Summary& summary) {
    Case made;
    made.class_name = class_name(summary, result.target, result.phase);
    made.name = result.expectation.text;
    made.output = output_of(result, summary);
    if (result.judgement == Judgement::missed) {
        made.kind = "failure";
        made.message = "measured " + result.measured;
    } else if (result.judgement == Judgement::not_measured) {
        made.kind = has_samples(result, summary) ? "error" : "skipped";
        made.message = result.reason;
    }
    return made;
}

/// Says what no expectation says: that a run is not valid, or did not come to its end.
Case measurable_case(const Summary& summary) {
    Case made;
    made.class_name = class_part(summary.run.scenario_name);
    made.name = "run is measurable";
    for (const auto& check : summary.validity.checks) {
        made.output += fmt::format("{}: {}\n", words_of(check.name), one_line(check.figure));
        if (!check.remedy.empty()) made.output += "  " + one_line(check.remedy) + '\n';
    }
    const bool stopped = summary.run.partial || summary.run.interrupted || summary.run.signal != 0;
    if (stopped || !summary.validity.valid || summary.verdict.status == RunStatus::not_measurable) {
        made.kind = "error";
        made.message = summary.verdict.sentence;
        made.output = one_line(made.message) + '\n' + made.output;
    } else if (const auto& abort = summary.run.aborted) {
        made.kind = "failure";
        made.message = fmt::format("`{}` struck on {} after {}: {}", abort->condition, abort->target,
                                   scenarios::format_duration(abort->at), abort->measured);
        made.output = one_line(made.message) + '\n' + made.output;
    }
    return made;
}

std::string property(std::string_view name, const std::string& value) {
    return fmt::format("      <property name=\"{}\" value=\"{}\"/>\n", xml_attribute(name),
                       xml_attribute(value));
}

std::string properties(const RunInfo& run) {
    std::string text = "    <properties>\n";
    text += property("streamgauge", run.version);
    text += property("seed", std::to_string(run.seed));
    text += property("workers", std::to_string(run.workers));
    text += property("kernel", run.kernel);
    for (const auto& target : run.targets)
        text += property("target " + target.name, target.url);
    return text + "    </properties>\n";
}

std::string element(const Case& made) {
    std::string text = fmt::format("    <testcase classname=\"{}\" name=\"{}\">\n",
                                   xml_attribute(made.class_name), xml_attribute(made.name));
    if (made.kind == "skipped") {
        text += fmt::format("      <skipped type=\"{}\" message=\"{}\"/>\n",
                            made.type.empty() ? "no samples" : made.type, xml_attribute(made.message));
    } else if (!made.kind.empty()) {
        // GitLab shows the text of a failure and not the output, Jenkins shows both.
        const auto* const usual = made.kind == "failure" ? "missed" : "not measured";
        text += fmt::format("      <{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n", made.kind,
                            made.type.empty() ? usual : made.type, xml_attribute(made.message),
                            xml_text(made.output));
    }
    if (!made.output.empty()) text += "      <system-out>" + xml_text(made.output) + "</system-out>\n";
    return text + "    </testcase>\n";
}

std::string time_of(std::int64_t unix_ns) {
    return fmt::format("{:%Y-%m-%dT%H:%M:%S}",
                       fmt::gmtime(static_cast<std::time_t>(unix_ns / 1'000'000'000)));
}

}  // namespace

std::string junit_xml(const ExportedRun& run) {
    const Summary& summary = run.summary;
    std::vector<Case> cases{measurable_case(summary)};
    for (const auto& result : summary.verdict.expectations)
        cases.push_back(case_of(result, summary));
    add_baseline_cases(summary, cases);
    const auto count = [&](std::string_view kind) {
        return std::ranges::count(cases, kind, [](const Case& made) { return std::string_view(made.kind); });
    };
    const auto name = xml_attribute(summary.run.scenario_name);
    const double seconds = std::chrono::duration<double>(summary.run.duration).count();
    std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    text += fmt::format(
        "<testsuites name=\"streamgauge\" tests=\"{}\" failures=\"{}\" errors=\"{}\" time=\"{:.3f}\">\n",
        cases.size(), count("failure"), count("error"), seconds);
    text += fmt::format(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\" time=\"{:.3f}\" "
        "timestamp=\"{}\" hostname=\"{}\">\n",
        name, cases.size(), count("failure"), count("error"), count("skipped"), seconds,
        time_of(summary.run.start_unix_ns), xml_attribute(summary.run.host));
    text += properties(summary.run);
    for (const Case& made : cases)
        text += element(made);
    return text + "  </testsuite>\n</testsuites>\n";
}

}  // namespace streamgauge::report
