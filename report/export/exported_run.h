#pragma once

#include "report/summary/summary.h"
#include "scenarios/scenario.h"

namespace streamgauge::report {

/// What an exporter writes about. Neither part holds a secret.
struct ExportedRun {
    const Summary& summary;
    const scenarios::Scenario& scenario;  ///< as the run folder keeps it, see scenario_from_json()
};

}  // namespace streamgauge::report
