#pragma once

#include <string_view>

namespace streamgauge::report {

/// The report page up to the place where the run's data goes, as JSON inside a script element. Built from the
/// TypeScript in this room and embedded in the program.
std::string_view page_before_run();

/// The rest of the page.
std::string_view page_after_run();

}  // namespace streamgauge::report
