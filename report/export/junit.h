#pragma once

#include "report/export/exported_run.h"

#include <string>

namespace streamgauge::report {

/// The run as JUnit XML, as Jenkins' xUnit plugin (junit-10.xsd) and GitLab read it. A test case for each
/// expectation and place it was checked on, its class `scenario.target.phase`: a failure when it was missed,
/// skipped when there was nothing to measure, an error when it could not be measured though there was. A
/// case for each figure that `baseline` gates: a failure when it got worse, skipped when it is undecided. The
/// first case, `run is measurable`, is an error when figures must not be trusted, whatever the others say.
std::string junit_xml(const ExportedRun& run);

}  // namespace streamgauge::report
