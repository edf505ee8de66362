#include "bench/cli/command_table.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <sstream>
#include <utility>

namespace streamgauge::cli {

namespace {

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream rest(text);
    for (std::string part; std::getline(rest, part, separator);)
        parts.push_back(part);
    return parts;
}

/// The words of `{one,two}`, by which CLI11 describes a set that a value must be in, or of `on|off`, when all
/// are words to be written as they stand. Empty otherwise.
std::vector<std::string> choices_of(const CLI::Option& option) {
    const auto type = option.get_type_name();
    const auto opened = type.find('{');
    if (opened != std::string::npos && type.ends_with('}'))
        return split(type.substr(opened + 1, type.size() - opened - 2), ',');
    const auto literal = [](char c) { return c == '|' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    if (type.find('|') == std::string::npos || !std::all_of(type.begin(), type.end(), literal)) return {};
    return split(type, '|');
}

Takes takes_of(const CLI::Option& option, const OptionEntry& entry) {
    const auto is = [&](const std::string& name) {
        return entry.value == name || option.get_type_name() == name;
    };
    if (entry.value.empty()) return Takes::nothing;
    if (!entry.choices.empty()) return Takes::choice;
    return is("DIR") ? Takes::folder : is("FILE") ? Takes::file : Takes::text;
}

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
    entry.choices = choices_of(option);
    entry.takes = takes_of(option, entry);
    return entry;
}

CommandEntry entry_of(const CLI::App& app) {
    CommandEntry entry{app.get_name(), app.get_description(), app.get_footer(), {}, {}};
    for (const auto* option :
         app.get_options([](const CLI::Option* each) { return !each->get_group().empty(); })) {
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
