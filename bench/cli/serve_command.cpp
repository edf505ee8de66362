#include "bench/cli/serve_command.h"

#include "bench/simulator/behaviour_options.h"
#include "bench/simulator/serve.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace streamgauge::cli {

namespace {

constexpr std::uint16_t default_port = 8000;

constexpr auto notes =
    "A request can set every option under \"How it answers\" for itself, with underscores for\n"
    "dashes: in its body, \"streamgauge\": {\"ttft\": \"1s\", \"fault\": \"reset\"}, or in a header,\n"
    "X-Streamgauge-Behaviour: ttft=1s; fault=reset\n"
    "\n"
    "Endpoints: POST /v1/chat/completions, /v1/completions, /v1/messages, /stats/reset;\n"
    "GET /health, /stats.\n"
    "\n"
    "Examples:\n"
    "  streamgauge serve --port 8000 --ttft 'lognormal(median=300ms,p95=900ms)' --itl 20ms\n"
    "  streamgauge serve --stamps --buffering block:4096\n"
    "  streamgauge serve --fault reset --at 10 --fault-rate 5%";

/// The choices of `a|b|c` as text, in lines that fit a terminal.
std::string wrapped(std::string_view form) {
    std::string text;
    std::size_t column = 0;
    while (!form.empty()) {
        const auto word = form.substr(0, std::min(form.find('|'), form.size()));
        form.remove_prefix(std::min(word.size() + 1, form.size()));
        const bool first = column == 0;
        const bool full = column + word.size() > 84;
        text += full ? ",\n  " : first ? "" : ", ";
        text += word;
        column = (full ? 0 : column) + word.size() + 2;
    }
    return text;
}

/// What the short names of values stand for, then the notes.
std::string footer() {
    std::string text;
    std::set<std::string_view> explained;
    for (const auto& option : simulator::behaviour_options()) {
        if (option.form.empty() || !explained.insert(option.value).second) continue;
        text += std::string{option.value} + " is one of\n  " + wrapped(option.form) + "\n\n";
    }
    return text + notes;
}

void add_behaviour_option(CLI::App& command, simulator::Behaviour& behaviour,
                          const simulator::BehaviourOption& option) {
    const auto set = [&behaviour, option](const std::string& text) {
        const bool bare_flag = option.is_flag && text.empty();
        auto error = simulator::set_behaviour(behaviour, option.name, bare_flag ? "on" : text);
        if (!error) return;
        if (error->ends_with('.')) error->pop_back();  // the program ends the sentence itself
        throw CLI::ValidationError(*error);
    };
    std::string dashed{option.name};
    std::replace(dashed.begin(), dashed.end(), '_', '-');
    std::string help{option.help};
    if (!option.default_value.empty()) help += " (" + std::string{option.default_value} + ")";
    const auto add = [&](const std::string& name, const char* group) {
        auto* added = command.add_option_function<std::string>("--" + name, set, help);
        added->type_name(std::string{option.value})->group(group);
        if (option.is_flag) added->expected(0, 1);
    };
    add(dashed, "How it answers");
    // The name as requests spell it works too; listing it would double the help text.
    if (dashed != option.name) add(std::string{option.name}, "");
}

void add_server_options(CLI::App& command, simulator::ServeOptions& options) {
    command.add_option("--port", options.port, "Port to listen on; 0 for any free one (8000)")
        ->option_text("PORT");
    command.add_option("--address", options.address, "IP address to listen on (127.0.0.1)")
        ->option_text("ADDRESS");
    command.add_option("--threads", options.threads, "Threads (1)")
        ->option_text("N")
        ->check(CLI::Range(1, 256));
    auto* certificate = command.add_option("--tls-cert", options.tls_certificate,
                                           "Serves TLS with this PEM certificate chain");
    auto* key = command.add_option("--tls-key", options.tls_key, "Key of the certificate, PEM");
    certificate->option_text("FILE");
    key->option_text("FILE");
    certificate->needs(key);
    key->needs(certificate);
    command
        .add_option(
            "--tls-self-signed", options.tls_self_signed_folder,
            "Serves TLS with a throw-away certificate for localhost, written with its CA into this folder")
        ->option_text("DIR")
        ->excludes(certificate);
}

}  // namespace

void add_serve_command(CLI::App& app, std::function<int()>& action) {
    auto* command = app.add_subcommand("serve", "Run a simulated LLM server to try things on");
    command->footer(footer());
    const auto options = std::make_shared<simulator::ServeOptions>();
    options->port = default_port;
    add_server_options(*command, *options);
    for (const auto& option : simulator::behaviour_options()) {
        add_behaviour_option(*command, options->behaviour, option);
    }
    command->callback([options, &action] { action = [options] { return simulator::serve(*options); }; });
}

}  // namespace streamgauge::cli
