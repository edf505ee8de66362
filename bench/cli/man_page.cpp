#include "bench/cli/man_page.h"

#include <fmt/format.h>

#include <string_view>

namespace streamgauge::cli {

namespace {

/// Text that roff shows as it is: a backslash and a dash have meanings, and a dot or a quote at the start of
/// a line makes a request of it.
std::string roff(std::string_view text) {
    std::string safe;
    bool line_begins = true;
    for (const char c : text) {
        if (line_begins && (c == '.' || c == '\'')) safe += "\\&";
        if (c == '\\') {
            safe += "\\e";
        } else if (c == '-') {
            safe += "\\-";
        } else {
            safe += c;
        }
        line_begins = c == '\n';
    }
    return safe;
}

std::string option_text(const OptionEntry& option) {
    std::string names;
    for (const auto& name : option.names)
        names += (names.empty() ? "" : ", ") + ("\\fB" + roff(name) + "\\fR");
    if (!option.value.empty()) names += (names.empty() ? "\\fI" : " \\fI") + roff(option.value) + "\\fR";
    return ".TP\n" + names + '\n' + roff(option.description) + '\n';
}

/// Examples and exit status keep their lines.
std::string as_written(const std::string& text) {
    return text.empty() ? text : ".PP\n.nf\n" + roff(text) + (text.ends_with('\n') ? "" : "\n") + ".fi\n";
}

std::string command_section(const CommandEntry& command) {
    std::string text = ".SS " + roff(command.name) + '\n' + roff(command.description) + ".\n";
    for (const auto& argument : command.arguments)
        text += option_text(argument);
    for (const auto& option : command.options)
        text += option_text(option);
    return text + as_written(command.footer);
}

}  // namespace

std::string man_page(std::span<const CommandEntry> table) {
    std::string text = ".TH STREAMGAUGE 1 \"\" \"streamgauge " STREAMGAUGE_VERSION "\" \"User Commands\"\n";
    text += ".SH NAME\nstreamgauge \\- latency benchmark and load test for streams of language models\n";
    text += ".SH SYNOPSIS\n.B streamgauge\n.I COMMAND\n[\\fIOPTIONS\\fR]\n";
    text += ".SH DESCRIPTION\n" + roff(table.front().description) + '\n';
    text += as_written(table.front().footer);
    text += ".SH OPTIONS\n";
    for (const auto& option : table.front().options)
        text += option_text(option);
    text += ".SH COMMANDS\n";
    for (const auto& command : table.subspan(1))
        text += command_section(command);
    return text;
}

}  // namespace streamgauge::cli
