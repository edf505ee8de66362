#include "bench/cli/completion.h"

#include <fmt/format.h>

#include <string_view>

namespace streamgauge::cli {

namespace {

bool takes_file(const OptionEntry& option) {
    return option.value == "FILE";
}
bool takes_folder(const OptionEntry& option) {
    return option.value == "DIR";
}

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

/// The names of all options that `holds` is true of, with a separator between them.
template <typename Holds>
std::string names_of(std::span<const OptionEntry> options, std::string_view separator, Holds&& holds) {
    std::string names;
    for (const auto& option : options) {
        if (!holds(option)) continue;
        for (const auto& name : option.names)
            names += (names.empty() ? "" : std::string(separator)) + name;
    }
    return names;
}

bool any(const OptionEntry&) {
    return true;
}

std::string bash_case(const CommandEntry& command) {
    std::string text = fmt::format("    {})\n        case $before in\n", command.name);
    const auto branch = [&](const std::string& names, std::string_view action) {
        if (!names.empty()) text += fmt::format("        {}) {}; return ;;\n", names, action);
    };
    branch(names_of(command.options, "|", takes_file), R"(COMPREPLY=($(compgen -f -- "$word")))");
    branch(names_of(command.options, "|", takes_folder), R"(COMPREPLY=($(compgen -d -- "$word")))");
    branch(names_of(command.options, "|",
                    [](const auto& option) {
                        return !option.value.empty() && !takes_file(option) && !takes_folder(option);
                    }),
           "COMPREPLY=()");
    return text +
           fmt::format("        esac\n        options={} ;;\n", quoted(names_of(command.options, " ", any)));
}

/// `_arguments` takes brackets and colons for its own.
std::string zsh_description(const std::string& text) {
    return replaced(replaced(replaced(first_line(text), "[", "("), "]", ")"), ":", "\\:");
}

std::string zsh_value(const OptionEntry& option) {
    if (option.value.empty()) return {};
    const auto value = replaced(option.value, ":", " ");
    return fmt::format(":{}:{}", value,
                       takes_file(option)     ? "_files"
                       : takes_folder(option) ? "_files -/"
                                              : "");
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
    return text + " \\\n        '*:file:_files' ;;\n";
}

std::string fish_option(const OptionEntry& option, const std::string& condition) {
    std::string text = "complete -c streamgauge" + condition;
    for (const auto& name : option.names)
        text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    if (takes_file(option)) {
        text += " -r -F";
    } else if (takes_folder(option)) {
        text += " -x -a '(__fish_complete_directories)'";
    } else if (!option.value.empty()) {
        text += " -x";
    }
    return text + " -d " + fish_quoted(first_line(option.description)) + '\n';
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
        IFS=$' \n'
        COMPREPLY=($(compgen -W "$options" -- "$word"))
        return
    fi
    case ${{COMP_WORDS[1]}} in
{}    esac
    if [[ $word == -* ]]; then
        IFS=$' \n'
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}}
complete -o filenames -F _streamgauge streamgauge
)",
                       quoted(commands + " " + names_of(table.front().options, " ", any)), cases);
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
        for (const auto& option : command.options)
            text += fish_option(option, condition);
    }
    return text;
}

}  // namespace streamgauge::cli
