#include "bench/cli/completion_command.h"

#include "bench/cli/command_table.h"
#include "bench/cli/completion.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/man_page.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <ostream>
#include <string>

namespace streamgauge::cli {

namespace {

constexpr auto help =
    "Examples:\n"
    "  streamgauge completion bash > /etc/bash_completion.d/streamgauge\n"
    "  streamgauge completion zsh > ~/.zfunc/_streamgauge\n"
    "  streamgauge completion fish > ~/.config/fish/completions/streamgauge.fish";

std::string completion_for(const std::string& shell, const CLI::App& app) {
    const auto table = command_table(app);
    if (shell == "bash") return bash_completion(table);
    return shell == "zsh" ? zsh_completion(table) : fish_completion(table);
}

}  // namespace

void add_completion_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto shell = std::make_shared<std::string>();
    auto* completion = app.add_subcommand("completion", "Print a script that completes commands and options");
    completion->add_option("shell", *shell, "bash, zsh or fish")
        ->required()
        ->option_text("SHELL")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    completion->footer(help);
    completion->callback([&app, &console, &action, shell] {
        action = [&app, &console, shell] {
            console.out << completion_for(*shell, app);
            return exit_code::success;
        };
    });
    auto* man = app.add_subcommand("man", "Print the manual page, in roff");
    man->footer("Example:\n  streamgauge man | man --local-file -");
    man->callback([&app, &console, &action] {
        action = [&app, &console] {
            console.out << man_page(command_table(app));
            return exit_code::success;
        };
    });
}

}  // namespace streamgauge::cli
