#include "bench/cli/probe_command.h"

#include "bench/cli/colour_option.h"
#include "bench/cli/exit_code.h"
#include "bench/cli/probe_subject.h"
#include "bench/cli/signal_watch.h"
#include "bench/cli/usage_error.h"
#include "bench/probe/diagnosis.h"
#include "bench/probe/probe_json.h"
#include "bench/probe/prober.h"
#include "bench/probe/screen.h"
#include "report/export/escape.h"
#include "report/export/masker.h"
#include "scenarios/vocabulary.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <ostream>
#include <utility>
#include <vector>

namespace streamgauge::cli {

namespace {

constexpr auto help =
    "Sends about ten small requests, at most four at a time, and says in one screen whether the\n"
    "answer streams, and if not, how it is held back, by what, and which setting mends that. Takes\n"
    "about ten seconds where an answer of 128 tokens takes three.\n"
    "\n"
    "What is tried: without compression, with gzip and with br accepted, a new connection and the\n"
    "same one again, a short answer, and, where something is held, larger events.\n"
    "\n"
    "The API is guessed from the path. Keys come from the environment, never from an argument:\n"
    "  --key-env NAME                     Authorization: Bearer, or x-api-key for anthropic-messages\n"
    "  --header 'api-key: ${env:NAME}'    any other; mind the single quotes\n"
    "\n"
    "Examples:\n"
    "  streamgauge probe http://127.0.0.1:8000/v1/chat/completions\n"
    "  streamgauge probe https://chat.example/v1/chat/completions --model my-model --key-env CHAT_KEY\n"
    "  streamgauge probe https://chat.example/v1/messages --connect-to 10.0.0.7:443\n"
    "  streamgauge probe chat.yaml --target gateway\n"
    "  streamgauge probe http://127.0.0.1:8000/v1/completions --json > probe.json\n"
    "\n"
    "Exit status: 0 it streams, 1 it is held back or breaks off, 2 wrong usage, 3 it cannot be\n"
    "measured (no answer, a refusal, too few tokens), 4 internal error, 130 or 143 stopped by a signal.";

struct ProbeCommand {
    ProbeOptions options;
    bool json = false, no_colour = false, quiet = false;
};

/// Takes what must not be shown out of what the server sent.
void mask(std::vector<probe::Trial>& trials, const report::Masker& masker) {
    for (auto& trial : trials) {
        trial.timeline.detail = masker.mask(trial.timeline.detail);
        for (auto& [name, value] : trial.timeline.response_headers)
            value = masker.mask(value);
    }
}

/// Runs the experiments, the first ones and those that they call for.
class Session {
  public:
    explicit Session(probe::Subject subject)
        : subject_{std::move(subject)}, masker_{subject_.scenario.secrets} {
        auto& url = subject_.scenario.targets.front().url;
        url.text = masker_.mask(url.text);
    }

    probe::Report run(probe::Prober& prober) {
        using enum probe::Variant;
        const auto start = std::chrono::steady_clock::now();
        attempt(prober, {plain, gzip, brotli, short_answer});
        auto evidence = probe::gather(trials_);
        if (const auto more = probe::follow_ups(evidence, subject_); !more.empty()) {
            const auto* usual = evidence.find(plain);
            attempt(prober, more, usual == nullptr ? 0 : usual->event_bytes);
            evidence = probe::gather(trials_);
        }
        auto diagnosis = probe::diagnose(evidence, subject_);
        sent_.requests = static_cast<std::uint64_t>(std::ranges::count_if(
            trials_, [](const auto& trial) { return trial.timeline.sent.has_value(); }));
        sent_.duration = std::chrono::steady_clock::now() - start;
        return {std::move(subject_), std::move(evidence), std::move(diagnosis), sent_};
    }

  private:
    void attempt(probe::Prober& prober, const std::vector<probe::Variant>& variants, double event_bytes = 0) {
        std::vector<probe::Experiment> experiments;
        experiments.reserve(variants.size());
        for (const auto variant : variants)
            experiments.push_back(probe::make_experiment(variant, subject_, event_bytes));
        auto trials = prober.run(experiments);
        mask(trials, masker_);
        sent_.at_once = std::max<std::uint64_t>(sent_.at_once, probe::open_at_once(experiments));
        std::move(trials.begin(), trials.end(), std::back_inserter(trials_));
    }

    probe::Subject subject_;
    const report::Masker masker_;
    std::vector<probe::Trial> trials_;
    probe::Sent sent_;
};

/// One line that goes away on a terminal when the screen comes.
void say_begin(const probe::Subject& subject, Console& console) {
    const auto& url = subject.target().url;
    const auto shown = report::terminal_text(fmt::format("{}:{}", url.host, url.port), 60);
    const auto line = fmt::format("probing {}, about ten seconds ...", shown);
    fmt::print(console.err, "{}{}", line, console.err_is_terminal ? "\r" : "\n");
    console.err.flush();
}

int status_of(probe::Answer answer) {
    switch (answer) {
        case probe::Answer::streams:
            return exit_code::success;
        case probe::Answer::held:
        case probe::Answer::broken:
            return exit_code::failed;
        case probe::Answer::not_measurable:
            break;
    }
    return exit_code::not_measurable;
}

int run(const ProbeCommand& command, Console& console) {
    auto subject = probe_subject(command.options, console);
    if (!subject) return exit_code::usage;
    SignalWatch signals;
    probe::Prober prober;
    signals.start([&](int, int) { prober.abort(); });
    if (!command.quiet) say_begin(*subject, console);
    const auto report = Session{std::move(*subject)}.run(prober);
    if (!command.quiet && console.err_is_terminal) console.err << "\x1b[K" << std::flush;
    if (signals.first_signal() != 0) {
        console.err << "streamgauge: stopped before the probe was over\n";
        return 128 + signals.first_signal();
    }
    if (command.json) {
        console.out << probe::probe_json(report);
    } else {
        console.out << probe::screen(report, terminal_style(console, command.no_colour));
    }
    return status_of(report.diagnosis.answer);
}

void add_options(CLI::App& command, ProbeCommand& chosen) {
    auto& options = chosen.options;
    command.add_option("place", options.place, "The endpoint's URL, or a scenario file")
        ->required()
        ->type_name("FILE")
        ->option_text("URL|SCENARIO.yaml");
    command.add_option("--target", options.target, "Which target of the scenario")->option_text("NAME");
    command
        .add_option("--api", options.api,
                    "openai-chat, openai-completions or anthropic-messages (by the path)")
        ->option_text("NAME")
        ->check(CLI::IsMember(
            std::vector<std::string>(scenarios::api_names.begin(), scenarios::api_names.end())));
    command.add_option("--model", options.model, "The model's name (default)")->option_text("NAME");
    command.add_option("--prompt", options.prompt, "What is asked (a story about a river)")
        ->option_text("TEXT");
    command.add_option("--max-tokens", options.max_tokens, "Longest answer asked for (128)")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000'000));
    command.add_option("--extra", options.extra, "A JSON object merged into each request's body")
        ->option_text("JSON");
    command.add_option("--key-env", options.key_variable, "Environment variable that holds the API key")
        ->option_text("NAME");
    command.add_option("--header", options.headers, "One more header, with ${env:NAME}; may be repeated")
        ->option_text("'NAME: VALUE'")
        ->expected(1)
        ->take_all();
    command.add_option("--connect-to", options.connect_to, "Dial this instead of the URL's host")
        ->option_text("HOST:PORT");
    command.add_option("--ca-file", options.ca_file, "Trust this CA, a PEM file")->option_text("FILE");
    command.add_flag("--insecure", options.insecure, "Do not check the server's certificate");
    command.add_option("--timeout", options.timeout, "Cut a request that takes longer (30s)")
        ->option_text("DURATION");
    command.add_flag("--json", chosen.json, "Print JSON instead of the screen");
    add_colour_option(command, chosen.no_colour);
    command.add_flag("--quiet", chosen.quiet, "No word before the screen");
}

}  // namespace

void add_probe_command(CLI::App& app, Console& console, std::function<int()>& action) {
    const auto chosen = std::make_shared<ProbeCommand>();
    auto* command = app.add_subcommand("probe", "Does one endpoint stream, and if not, what holds it back");
    add_options(*command, *chosen);
    command->footer(help);
    command->callback(
        [&console, &action, chosen] { action = [&console, chosen] { return run(*chosen, console); }; });
}

}  // namespace streamgauge::cli
