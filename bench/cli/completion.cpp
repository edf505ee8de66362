#include "bench/cli/completion.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::cli {

namespace {

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

/// Between single quotes of a POSIX shell and of zsh.
std::string quoted(const std::string& text) {
    return "'" + replaced(text, "'", "'\\''") + "'";
}

/// Between single quotes of fish, which knows backslashes there.
std::string fish_quoted(const std::string& text) {
    return "'" + replaced(replaced(text, "\\", "\\\\"), "'", "\\'") + "'";
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

std::string joined(std::span<const std::string> words, std::string_view separator = " ") {
    return fmt::format("{}", fmt::join(words, separator));
}

std::string names_of(std::span<const OptionEntry> options) {
    std::vector<std::string> names;
    for (const auto& option : options)
        names.insert(names.end(), option.names.begin(), option.names.end());
    return joined(names);
}

/// What the places of a command take: the first argument says it for all of them.
OptionEntry argument_of(const CommandEntry& command) {
    return command.arguments.empty() ? OptionEntry{} : command.arguments.front();
}

std::string bash_action(const OptionEntry& option) {
    switch (option.takes) {
        case Takes::file:
            return R"(COMPREPLY=($(compgen -f -- "$word")))";
        case Takes::folder:
            return R"(COMPREPLY=($(compgen -d -- "$word")))";
        case Takes::choice:
            return fmt::format(R"(COMPREPLY=($(IFS=' '; compgen -W {} -- "$word")))",
                               quoted(joined(option.choices)));
        default:
            return "COMPREPLY=()";
    }
}

std::string bash_case(const CommandEntry& command) {
    std::vector<std::pair<std::string, std::vector<std::string>>> branches;  // an action, and options' names
    for (const auto& option : command.options) {
        if (option.takes == Takes::nothing) continue;
        const auto action = bash_action(option);
        auto branch = std::find_if(branches.begin(), branches.end(),
                                   [&](const auto& each) { return each.first == action; });
        if (branch == branches.end()) branch = branches.insert(branches.end(), {action, {}});
        branch->second.insert(branch->second.end(), option.names.begin(), option.names.end());
    }
    std::string text = fmt::format("    {})\n        case $before in\n", command.name);
    for (const auto& [action, names] : branches)
        text += fmt::format("        {}) {}; return ;;\n", joined(names, "|"), action);
    return text + fmt::format("        esac\n        options={}\n        {} ;;\n",
                              quoted(names_of(command.options)), bash_action(argument_of(command)));
}

/// `_arguments` takes brackets and colons for its own.
std::string zsh_description(const std::string& text) {
    return replaced(replaced(replaced(first_line(text), "[", "("), "]", ")"), ":", "\\:");
}

std::string zsh_value(const OptionEntry& option) {
    if (option.takes == Takes::nothing) return {};
    return fmt::format(":{}:{}", replaced(option.value, ":", " "),
                       option.takes == Takes::file     ? "_files"
                       : option.takes == Takes::folder ? "_files -/"
                       : option.takes == Takes::choice ? "(" + joined(option.choices) + ")"
                                                       : "");
}

/// The place of an argument: a number, or `*` for the last ones of any number.
std::string zsh_place(const CommandEntry& command, std::size_t index) {
    return command.arguments[index].value.ends_with("...") ? "*" : fmt::format("{}", index + 1);
}

std::string zsh_case(const CommandEntry& command) {
    std::string text = fmt::format("    {}) _arguments", command.name);
    for (const auto& option : command.options) {
        for (const auto& name : option.names) {
            text +=
                " \\\n        " +
                quoted(fmt::format("{}[{}]{}", name, zsh_description(option.description), zsh_value(option)));
        }
    }
    for (std::size_t i = 0; i < command.arguments.size(); ++i)
        text += " \\\n        " + quoted(zsh_place(command, i) + zsh_value(command.arguments[i]));
    return text + " ;;\n";
}

std::string fish_value(const OptionEntry& option) {
    switch (option.takes) {
        case Takes::nothing:
            return {};
        case Takes::file:
            return " -r -F";
        case Takes::folder:
            return " -x -a '(__fish_complete_directories)'";
        case Takes::choice:
            return " -x -a " + fish_quoted(joined(option.choices));
        case Takes::text:
            break;
    }
    return " -x";
}

std::string fish_option(const OptionEntry& option, const std::string& condition) {
    std::string text = "complete -c streamgauge" + condition;
    for (const auto& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    text += fish_value(option);
    return text + " -d " + fish_quoted(first_line(option.description)) + '\n';
}

/// Fish offers files unless it is told not to.
std::string fish_argument(const CommandEntry& command, const std::string& condition) {
    const auto argument = argument_of(command);
    const auto line = "complete -c streamgauge" + condition + " -f";
    switch (argument.takes) {
        case Takes::file:
            return {};
        case Takes::folder:
            return line + " -a '(__fish_complete_directories)'\n";
        case Takes::choice:
            return line + " -a " + fish_quoted(joined(argument.choices)) + '\n';
        default:
            return line + '\n';
    }
}

}  // namespace

std::string bash_completion(std::span<const CommandEntry> table) {
    std::string commands, cases;
    for (const auto& command : table.subspan(1)) {
        commands += (commands.empty() ? "" : " ") + command.name;
        cases += bash_case(command);
    }
    return fmt::format(R"(# bash completion for streamgauge
_streamgauge() {{
    local word=${{COMP_WORDS[COMP_CWORD]}} before=${{COMP_WORDS[COMP_CWORD-1]}} options IFS=$'\n'
    if ((COMP_CWORD == 1)); then
        options={}
        COMPREPLY=($(IFS=' '; compgen -W "$options" -- "$word"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
{}    esac
    if [[ $word == -* ]]; then
        COMPREPLY=($(IFS=' '; compgen -W "$options" -- "$word"))
    fi
}}
complete -o filenames -F _streamgauge streamgauge
)",
                       quoted(commands + " " + names_of(table.front().options)), cases);
}

std::string zsh_completion(std::span<const CommandEntry> table) {
    std::string commands, cases;
    for (const auto& command : table.subspan(1)) {
        commands += "        " +
                    quoted(command.name + ":" + replaced(first_line(command.description), ":", "\\:")) + '\n';
        cases += zsh_case(command);
    }
    return fmt::format(R"(#compdef streamgauge
_streamgauge() {{
    local -a commands=(
{})
    if ((CURRENT == 2)); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    ((CURRENT--))
    case $command in
{}    esac
}}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _streamgauge "$@"
else
    compdef _streamgauge streamgauge
fi
)",
                       commands, cases);
}

std::string fish_completion(std::span<const CommandEntry> table) {
    std::string text = "# fish completion for streamgauge\n";
    for (const auto& option : table.front().options)
        text += fish_option(option, " -n __fish_use_subcommand");
    for (const auto& command : table.subspan(1)) {
        text += fmt::format("complete -c streamgauge -f -n __fish_use_subcommand -a {} -d {}\n", command.name,
                            fish_quoted(first_line(command.description)));
        const auto condition = fmt::format(" -n '__fish_seen_subcommand_from {}'", command.name);
        text += fish_argument(command, condition);
        for (const auto& option : command.options)
            text += fish_option(option, condition);
    }
    return text;
}

}  // namespace streamgauge::cli
