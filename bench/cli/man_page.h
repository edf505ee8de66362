#pragma once

#include "bench/cli/command_table.h"

#include <span>
#include <string>

namespace streamgauge::cli {

/// The manual page streamgauge(1), in man(7) macros.
std::string man_page(std::span<const CommandEntry> table);

}  // namespace streamgauge::cli
