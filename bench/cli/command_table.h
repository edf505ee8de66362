#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// An option or an argument, as the help shows it.
struct OptionEntry {
    std::vector<std::string> names;  ///< with their dashes; empty for an argument that has only its place
    std::string value;               ///< `FILE`, `DIR`, ...; empty for a flag
    std::string description;
};

struct CommandEntry {
    std::string name;
    std::string description;
    std::string footer;  ///< lines of plain text
    std::vector<OptionEntry> arguments, options;
};

/// What the program's commands take: the one table that completions and the manual page are made from. The
/// first entry is the program itself.
std::vector<CommandEntry> command_table(const CLI::App& app);

}  // namespace streamgauge::cli
