#include "bench/cli/probe_subject.h"

#include "bench/cli/scenario_input.h"
#include "bench/cli/usage_error.h"
#include "bench/net/tls_context.h"
#include "report/export/escape.h"
#include "report/export/json_line.h"
#include "scenarios/header_reader.h"
#include "scenarios/loader.h"
#include "scenarios/quantity.h"
#include "scenarios/vocabulary.h"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/replace.hpp>
#include <boost/algorithm/string/trim.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <ostream>
#include <stdexcept>
#include <utility>

namespace streamgauge::cli {

namespace {

using namespace std::chrono_literals;
using report::json_string;
using report::terminal_text;

constexpr std::uint32_t usual_answer = 128;
/// Long enough for any limit, and the same for every request.
constexpr auto usual_prompt = "Write a story about a river, from its spring to the sea, in about 500 words.";

bool is_url(std::string_view place) {
    return place.find("://") != std::string_view::npos;
}

std::string lower(std::string_view text) {
    return boost::algorithm::to_lower_copy(std::string(text));
}

/// By its name, a header that lets somebody in.
bool looks_secret(std::string_view name) {
    constexpr std::array<std::string_view, 7> words{"auth",     "key",    "token",  "secret",
                                                    "password", "cookie", "session"};
    const auto small = lower(name);
    return std::ranges::any_of(words,
                               [&](std::string_view word) { return small.find(word) != std::string::npos; });
}

/// Text around `${...}` that could be the credential itself. A scheme such as `Bearer` is none.
bool has_literal_secret(std::string_view value) {
    if (value.find("${env:") == std::string_view::npos) return true;
    return value.find(":-") != std::string_view::npos;
}

std::pair<std::string, std::string> split_header(const std::string& text) {
    const auto colon = text.find(':');
    if (colon == 0 || colon == std::string::npos)
        throw UsageError("--header wants 'Name: value', such as --header 'X-Team: search'");
    return {boost::algorithm::trim_copy(text.substr(0, colon)),
            boost::algorithm::trim_copy(text.substr(colon + 1))};
}

std::pair<std::string, std::string> key_header(const std::string& variable, std::string_view api) {
    const auto value = fmt::format("${{env:{}}}", variable);
    if (api == "anthropic-messages") return {"x-api-key", value};
    return {"Authorization", "Bearer " + value};
}

/// The headers as lines of a scenario.
std::string header_lines(const ProbeOptions& options, std::string_view api) {
    std::vector<std::pair<std::string, std::string>> headers;
    for (const auto& text : options.headers) {
        headers.push_back(split_header(text));
        const auto& [name, value] = headers.back();
        if (!looks_secret(name) || !has_literal_secret(value)) continue;
        throw UsageError(fmt::format(
            "header `{}` looks like a credential, and everyone on this machine can read arguments; put it "
            "into an environment variable and write --header '{}: ${{env:NAME}}'",
            terminal_text(name, 60), terminal_text(name, 60)));
    }
    if (!options.key_variable.empty()) headers.push_back(key_header(options.key_variable, api));
    if (headers.empty()) return {};
    std::string lines = "    headers:\n";
    for (const auto& [name, value] : headers)
        lines += fmt::format("      {}: {}\n", json_string(name), json_string(value));
    return lines;
}

std::string tls_line(const ProbeOptions& options) {
    std::vector<std::string> members;
    if (options.insecure) members.emplace_back("insecure: true");
    if (!options.ca_file.empty()) {
        const auto file = std::filesystem::absolute(options.ca_file);
        members.push_back("ca_file: " + json_string(file.string()));
    }
    return members.empty() ? "" : fmt::format("    tls: {{ {} }}\n", fmt::join(members, ", "));
}

/// `--extra` as one line of JSON; YAML reads that as it is.
std::string extra_line(const ProbeOptions& options) {
    if (options.extra.empty()) return {};
    boost::system::error_code error;
    const auto value = boost::json::parse(options.extra, error);
    if (error || !value.is_object())
        throw UsageError("--extra wants a JSON object, such as --extra '{\"temperature\": 0}'");
    return fmt::format("  request: {{ extra: {} }}\n", boost::json::serialize(value));
}

std::string scenario_text(const ProbeOptions& options, std::string_view api) {
    auto text = fmt::format("version: 1\nname: probe\ntargets:\n  probe:\n    url: \"\"\n    api: {}\n",
                            json_string(api));
    text += header_lines(options, api) + tls_line(options);
    if (!options.connect_to.empty())
        text += fmt::format("    connect_to: {}\n", json_string(options.connect_to));
    text += fmt::format("workload:\n  prompts: {}\n  max_tokens: {}\n",
                        json_string(options.prompt.empty() ? usual_prompt : options.prompt),
                        options.max_tokens.value_or(usual_answer));
    if (!options.model.empty()) text += fmt::format("  model: {}\n", json_string(options.model));
    return text + extra_line(options) + "load: [ { phase: probe, users: 1, for: 1s } ]\n";
}

/// The keys of a scenario in a sentence, as the command line calls them.
std::string in_terms_of_options(std::string message) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 11> names{
        {{"`targets.probe.url`", "the URL"},
         {"targets.probe.api", "--api"},
         {"targets.probe.connect_to", "--connect-to"},
         {"targets.probe.tls.insecure", "--insecure"},
         {"targets.probe.tls.ca_file", "--ca-file"},
         {"targets.probe.headers.", "--header "},
         {"`targets.probe.tls`", "--insecure or --ca-file"},
         {"`connect_to`", "--connect-to"},
         {"; paths are relative to the scenario", ""},
         {"workload.max_tokens", "--max-tokens"},
         {"workload.request.extra", "--extra"}}};
    for (const auto& [key, option] : names)
        boost::algorithm::replace_all(message, key, option);
    return message;
}

void cut_to_one_target(probe::Subject& subject, const std::string& name) {
    auto& targets = subject.scenario.targets;
    std::vector<std::string> names;
    names.reserve(targets.size());
    for (const auto& target : targets)
        names.push_back(target.name);
    if (name.empty() && targets.size() > 1) {
        throw UsageError(
            fmt::format("the scenario has the targets {}; name one with --target", fmt::join(names, ", ")));
    }
    const auto wanted = name.empty() ? names.front() : name;
    const auto found = std::ranges::find(targets, wanted, &scenarios::Target::name);
    if (found == targets.end()) {
        throw UsageError(fmt::format("the scenario has no target `{}`; it has {}", terminal_text(wanted, 60),
                                     fmt::join(names, ", ")));
    }
    targets = {*found};
}

/// A CA file that cannot be used is the user's to mend, and told before anything is sent.
void require_certificates(const scenarios::Target& target) {
    if (target.tls.ca_file.empty()) return;
    try {
        const net::TlsContext context{target.tls};
    } catch (const std::runtime_error& error) {
        throw UsageError(error.what());
    }
}

std::chrono::nanoseconds timeout_of(const ProbeOptions& options) {
    const auto timeout = scenarios::parse_duration(options.timeout);
    if (timeout && *timeout >= 100ms && *timeout <= 1h) return *timeout;
    throw UsageError(fmt::format("--timeout {} is not a duration from 100ms to 1h, such as 30s",
                                 terminal_text(options.timeout, 40)));
}

std::optional<scenarios::Scenario> from_url(const ProbeOptions& options, Console& console) {
    if (!options.target.empty()) throw UsageError("--target goes with a scenario file, not with a URL");
    const auto api = !options.api.empty() ? std::string_view(options.api) : api_of_path(options.place);
    scenarios::LoadOptions load_options;
    load_options.environment = console.environment;
    // As an override the address is known to be an argument, where no password may stand.
    load_options.overrides = {{"targets.probe.url", json_string(options.place)}};
    auto loaded = scenarios::parse_scenario(scenario_text(options, api), "probe", load_options);
    for (const auto& diagnostic : loaded.diagnostics) {
        const auto message = terminal_text(in_terms_of_options(diagnostic.message));
        if (diagnostic.severity == scenarios::Severity::error) throw UsageError(message);
        fmt::print(console.err, "warning: {}\n", message);
    }
    return std::move(loaded.scenario);
}

void refuse_options_of_url(const ProbeOptions& options) {
    const bool given = !options.headers.empty() || !options.key_variable.empty() || !options.api.empty() ||
                       !options.connect_to.empty() || !options.ca_file.empty() || options.insecure ||
                       !options.extra.empty();
    if (!given) return;
    throw UsageError(
        "--api, --header, --key-env, --connect-to, --ca-file, --insecure and --extra go with a URL; a "
        "scenario says these things itself");
}

std::optional<scenarios::Scenario> from_file(const ProbeOptions& options, Console& console) {
    std::error_code ignored;
    if (!std::filesystem::exists(options.place, ignored)) {
        throw UsageError(
            fmt::format("{} is neither a URL (http://host:port/v1/chat/completions) nor a scenario file",
                        terminal_text(options.place, 200)));
    }
    refuse_options_of_url(options);
    auto scenario = load({options.place, {}}, console);
    if (!scenario) return std::nullopt;
    if (!options.model.empty()) scenario->workload.model = options.model;
    if (!options.prompt.empty()) scenario->workload.prompts = scenarios::TextPrompt{options.prompt};
    if (options.max_tokens) scenario->workload.max_tokens = options.max_tokens;
    if (!scenario->workload.max_tokens) scenario->workload.max_tokens = usual_answer;
    return scenario;
}

}  // namespace

std::string_view api_of_path(std::string_view url) {
    const auto path = url.substr(0, url.find('?'));
    const auto ends = [&](std::string_view end) {
        return path.ends_with(end) || path.ends_with(std::string(end) + "/");
    };
    if (ends("/chat/completions")) return "openai-chat";
    if (ends("/completions")) return "openai-completions";
    if (ends("/messages")) return "anthropic-messages";
    return "openai-chat";
}

std::optional<probe::Subject> probe_subject(const ProbeOptions& options, Console& console) {
    probe::Subject subject;
    subject.timeout = timeout_of(options);
    subject.answer_length_given = options.max_tokens.has_value();
    auto scenario = is_url(options.place) ? from_url(options, console) : from_file(options, console);
    if (!scenario) return std::nullopt;
    subject.scenario = std::move(*scenario);
    cut_to_one_target(subject, options.target);
    require_certificates(subject.target());
    return subject;
}

}  // namespace streamgauge::cli
