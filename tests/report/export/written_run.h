#pragma once

#include "report/export/request_row.h"
#include "report/export/run_header.h"
#include "report/export/run_info.h"
#include "tests/report/comparison/observed_run.h"
#include "tests/report/export/temporary_folder.h"

#include <filesystem>
#include <vector>

namespace streamgauge::report::testing {

/// Makes the folder of a run as a killed one leaves it: the rows of `requests` alone.
inline void write_run(const std::filesystem::path& folder, const scenarios::Scenario& scenario,
                      const std::vector<RequestMetrics>& requests) {
    std::filesystem::create_directories(folder);
    std::string text = requests_header(describe_run(scenario, 1, 0), scenario);
    const auto names = RunNames::of(scenario);
    for (const auto& request : requests)
        text += request_row(request, names);
    write_text(folder / "requests.jsonl", text);
}

}  // namespace streamgauge::report::testing
