#include "bench/cli/command_table.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace streamgauge::cli {

namespace {

OptionEntry entry_of(const CLI::Option& option) {
    OptionEntry entry;
    for (const auto& name : option.get_snames())
        entry.names.push_back("-" + name);
    for (const auto& name : option.get_lnames())
        entry.names.push_back("--" + name);
    if (option.get_items_expected_max() > 0) {
        entry.value = option.get_option_text().empty() ? option.get_type_name() : option.get_option_text();
    }
    entry.description = option.get_description();
    return entry;
}

CommandEntry entry_of(const CLI::App& app) {
    CommandEntry entry{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
    for (const auto* option : app.get_options([](const CLI::Option*) { return true; })) {
        auto made = entry_of(*option);
        (made.names.empty() ? entry.arguments : entry.options).push_back(std::move(made));
    }
    return entry;
}

}  // namespace

std::vector<CommandEntry> command_table(const CLI::App& app) {
    std::vector<CommandEntry> table{entry_of(app)};
    for (const auto* command : app.get_subcommands([](const CLI::App*) { return true; }))
        table.push_back(entry_of(*command));
    return table;
}

}  // namespace streamgauge::cli
