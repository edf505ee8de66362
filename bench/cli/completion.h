#pragma once

#include "bench/cli/command_table.h"

#include <span>
#include <string>

namespace streamgauge::cli {

/// Scripts that let a shell complete commands, their options, and files where an option takes one.
std::string bash_completion(std::span<const CommandEntry> table);
std::string zsh_completion(std::span<const CommandEntry> table);
std::string fish_completion(std::span<const CommandEntry> table);

}  // namespace streamgauge::cli
