#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace streamgauge::cli {

/// What a value can be, for shells that complete it.
enum class Takes { nothing, text, file, folder, choice };

/// An option or an argument, as the help shows it.
struct OptionEntry {
    std::vector<std::string> names;  ///< with their dashes; empty for an argument that has only its place
    std::string value;               ///< `FILE`, `DIR`, ...; empty for a flag
    std::string description;
    Takes takes = Takes::nothing;
    std::vector<std::string> choices{};  ///< all it can be, for Takes::choice
};

struct CommandEntry {
    std::string name;
    std::string description;
    std::string footer;  ///< lines of plain text
    std::vector<OptionEntry> arguments, options;
};

/// What the program's commands take: the one table that completions and the manual page are made from. The
/// first entry is the program itself. Second spellings, which the help does not show, are left out.
std::vector<CommandEntry> command_table(const CLI::App& app);

}  // namespace streamgauge::cli
