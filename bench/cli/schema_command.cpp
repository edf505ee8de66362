#include "bench/cli/schema_command.h"

#include "bench/cli/exit_code.h"
#include "scenarios/loader.h"

#include <CLI/CLI.hpp>

#include <ostream>

namespace streamgauge::cli {

void add_schema_command(CLI::App& app, Console& console, std::function<int()>& action) {
    auto* command = app.add_subcommand("schema", "Print the JSON Schema of the scenario language");
    command->footer(
        "Editors complete and check scenarios with it.\n"
        "\n"
        "Example:\n"
        "  streamgauge schema > streamgauge.schema.json\n"
        "and as the first line of the scenario:\n"
        "  # yaml-language-server: $schema=streamgauge.schema.json");
    command->callback([&console, &action] {
        action = [&console] {
            const auto schema = scenarios::scenario_schema();
            console.out << schema;
            if (!schema.ends_with('\n')) console.out << '\n';
            return exit_code::success;
        };
    });
}

}  // namespace streamgauge::cli
