#include "report/export/exporters.h"

#include "report/export/benchmark_json.h"
#include "report/export/csv.h"
#include "report/export/junit.h"
#include "report/export/markdown.h"
#include "report/export/openmetrics.h"
#include "report/export/vllm_json.h"

#include <algorithm>
#include <array>

namespace streamgauge::report {
namespace {

constexpr std::array<Exporter, 6> all{{
    {"junit", "junit.xml", "JUnit XML: a test case for each expectation", junit_xml},
    {"markdown", "summary.md", "a summary in Markdown", markdown_summary},
    {"openmetrics", "metrics.txt", "OpenMetrics text, rounded, for GitLab's metrics report",
     openmetrics_text},
    {"csv", "summary.csv", "a row of figures for each target and phase", csv_table},
    {"benchmark-json", "benchmark.json", "figures for github-action-benchmark", benchmark_json},
    {"vllm-json", "vllm.json", "the fields of `vllm bench serve --save-result`", vllm_json},
}};

}  // namespace

std::span<const Exporter> exporters() {
    return all;
}

const Exporter* find_exporter(std::string_view name) {
    const auto* const found =
        std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
    return found == all.end() ? nullptr : &*found;
}

}  // namespace streamgauge::report
