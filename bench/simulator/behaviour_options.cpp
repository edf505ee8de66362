#include "bench/simulator/behaviour_options.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

namespace streamgauge::simulator {

namespace {

constexpr std::uint64_t most_tokens = 1'000'000;
constexpr std::uint64_t most_event_bytes = 1 << 20;
constexpr std::uint64_t most_block_bytes = 64 << 20;
constexpr std::uint64_t most_window_tokens = 100'000;
constexpr std::uint64_t unbounded = std::numeric_limits<std::uint64_t>::max();

bool set_flag(bool& target, std::string_view text) {
    if (text == "on" || text == "true" || text == "yes" || text == "1") return target = true;
    if (text != "off" && text != "false" && text != "no" && text != "0") return false;
    target = false;
    return true;
}

bool set_switch(Switch& target, std::string_view text) {
    if (text == "auto") {
        target = Switch::automatic;
        return true;
    }
    bool on = false;
    if (!set_flag(on, text)) return false;
    target = on ? Switch::on : Switch::off;
    return true;
}

std::optional<std::uint64_t> whole_number(std::string_view text, std::uint64_t least, std::uint64_t most) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value < least || value > most) return std::nullopt;
    return value;
}

/// `1000`, `100k`: a count as scenarios write it; plain numbers of 64 bits are taken as they are.
template <class Target>
bool set_count(Target& target, std::string_view text, std::uint64_t least, std::uint64_t most) {
    auto value = whole_number(text, least, most);
    if (!value) {
        value = scenarios::parse_count(text);
        if (!value || *value < least || *value > most) return false;
    }
    target = *value;
    return true;
}

bool set_size(std::uint64_t& target, std::string_view text, std::uint64_t least, std::uint64_t most) {
    const auto value = scenarios::parse_bytes(text);
    if (!value || *value < least || *value > most) return false;
    target = *value;
    return true;
}

bool set_duration(std::chrono::nanoseconds& target, std::string_view text) {
    if (text == "0" || text == "off") {
        target = {};
        return true;
    }
    const auto value = scenarios::parse_duration(text);
    if (!value || value->count() < 0 || *value > std::chrono::hours{24}) return false;
    target = *value;
    return true;
}

bool set_period(std::chrono::nanoseconds& target, std::string_view text) {
    const auto value = scenarios::parse_duration(text);
    if (!value || *value < std::chrono::milliseconds{1} || *value > std::chrono::hours{1}) return false;
    target = *value;
    return true;
}

bool set_distribution(Distribution& target, std::string_view text) {
    if (text == "0") {
        target = Distribution::constant({});
        return true;
    }
    const auto value = Distribution::parse(text);
    if (value) target = *value;
    return value.has_value();
}

template <class Enum>
using Names = std::span<const std::pair<std::string_view, Enum>>;

template <class Enum>
bool set_named(Enum& target, std::string_view text, Names<Enum> names) {
    const auto found = std::ranges::find(names, text, &std::pair<std::string_view, Enum>::first);
    if (found == names.end()) return false;
    target = found->second;
    return true;
}

constexpr std::pair<std::string_view, Fault> fault_names[] = {
    {"none", Fault::none},
    {"reset", Fault::reset},
    {"truncate", Fault::truncate},
    {"no_end_mark", Fault::no_end_mark},
    {"error_event", Fault::error_event},
    {"rate_limit", Fault::rate_limit},
    {"server_error", Fault::server_error},
    {"overloaded", Fault::overloaded},
    {"stall", Fault::stall},
    {"malformed_json", Fault::malformed_json},
    {"split_utf8", Fault::split_utf8},
    {"dribble", Fault::dribble},
    {"never_answer", Fault::never_answer},
    {"headers_only", Fault::headers_only},
    {"endless_line", Fault::endless_line},
    {"endless_header", Fault::endless_header},
    {"html", Fault::html},
    {"not_found", Fault::not_found},
    {"redirect", Fault::redirect},
    {"empty", Fault::empty},
    {"bad_chunk", Fault::bad_chunk},
    {"garbage", Fault::garbage},
    {"echo_authorization", Fault::echo_authorization},
    {"corrupt_gzip", Fault::corrupt_gzip},
};
constexpr std::pair<std::string_view, LineEnd> line_end_names[] = {
    {"lf", LineEnd::lf}, {"crlf", LineEnd::crlf}, {"cr", LineEnd::cr}};
constexpr std::pair<std::string_view, Encoding> encoding_names[] = {{"identity", Encoding::identity},
                                                                    {"gzip", Encoding::gzip},
                                                                    {"deflate", Encoding::deflate},
                                                                    {"br", Encoding::br},
                                                                    {"zstd", Encoding::zstd}};
constexpr std::pair<std::string_view, Framing> framing_names[] = {
    {"chunked", Framing::chunked}, {"close", Framing::close}, {"length", Framing::length}};
constexpr std::pair<std::string_view, BufferingLayer> layer_names[] = {{"body", BufferingLayer::body},
                                                                       {"wire", BufferingLayer::wire}};

bool set_buffering(Behaviour& behaviour, std::string_view text) {
    if (text == "none" || text == "full") {
        behaviour.buffering = text == "none" ? Buffering::none : Buffering::full;
        return true;
    }
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return false;
    const auto kind = text.substr(0, colon);
    const auto size = text.substr(colon + 1);
    if (kind == "block" && set_size(behaviour.block_size, size, 1, most_block_bytes)) {
        behaviour.buffering = Buffering::block;
    } else if (kind == "timer" && set_period(behaviour.flush_period, size)) {
        behaviour.buffering = Buffering::timer;
    } else if (kind == "tokens" && set_count(behaviour.token_window, size, 1, most_window_tokens)) {
        behaviour.buffering = Buffering::tokens;
    } else {
        return false;
    }
    return true;
}

template <class Target>
bool set_share(Target& target, std::string_view text) {
    auto share = scenarios::parse_percentage(text);
    if (!share) {
        double value = 0.0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error == std::errc{} && end == text.data() + text.size()) share = value;
    }
    if (!share || !(*share >= 0.0 && *share <= 1.0)) return false;
    target = *share;
    return true;
}

bool set_location(std::string& target, std::string_view text) {
    const auto allowed = [](unsigned char c) { return c > 0x20 && c < 0x7f; };
    if (text.empty() || text.size() > 2048 || !std::ranges::all_of(text, allowed)) return false;
    target = text;
    return true;
}

using B = Behaviour;
using Text = std::string_view;

constexpr Text distribution_form =
    "200ms|uniform(100ms,300ms)|normal(20ms,5ms)|lognormal(median=20ms,p95=60ms)|exponential(20ms)";
constexpr Text fault_form =
    "none|reset|truncate|no_end_mark|error_event|rate_limit|server_error|overloaded|stall|malformed_json|"
    "split_utf8|dribble|never_answer|headers_only|endless_line|endless_header|html|not_found|redirect|empty|"
    "bad_chunk|garbage|echo_authorization|corrupt_gzip";

constexpr BehaviourOption option_table[] = {
    {"ttft", "DISTRIBUTION", distribution_form, "200ms", "Time from the request's arrival to the first token",
     false, [](B& b, Text t) { return set_distribution(b.ttft, t); }},
    {"cache_hits", "SHARE", "", "",
     "Streams say X-Cache: HIT, so many of them, or MISS; a hit's first token comes after --hit-ttft", false,
     [](B& b, Text t) { return set_share(b.cache_hits, t); }},
    {"hit_ttft", "DISTRIBUTION", distribution_form, "20ms", "Time to the first token of a cache hit", false,
     [](B& b, Text t) { return set_distribution(b.hit_ttft, t); }},
    {"itl", "DISTRIBUTION", distribution_form, "20ms", "Time between token events", false,
     [](B& b, Text t) { return set_distribution(b.itl, t); }},
    {"seed", "NUMBER", "", "1", "Seed of every random choice", false,
     [](B& b, Text t) { return set_count(b.seed, t, 0, unbounded); }},
    {"request_number", "NUMBER", "", "", "Stands in for the server's own count of requests", false,
     [](B& b, Text t) { return set_count(b.request_number, t, 0, unbounded); }},
    {"tokens", "COUNT", "", "", "Tokens of an answer; else the request's max_tokens, else 100", false,
     [](B& b, Text t) { return set_count(b.tokens, t, 0, most_tokens); }},
    {"tokens_per_event", "COUNT", "", "1", "Tokens in one event", false,
     [](B& b, Text t) { return set_count(b.tokens_per_event, t, 1, 10'000); }},
    {"event_size", "BYTES", "", "0", "Pads each token event to about so many bytes", false,
     [](B& b, Text t) { return set_size(b.event_size, t, 0, most_event_bytes); }},
    {"reasoning", "COUNT", "", "0", "So many of the first token events are reasoning", false,
     [](B& b, Text t) { return set_count(b.reasoning, t, 0, most_tokens); }},
    {"tool_call", "COUNT", "", "0", "Events of tool-call arguments after the answer", false,
     [](B& b, Text t) { return set_count(b.tool_call, t, 0, most_tokens); }},
    {"refusal", "on|off", "", "off", "The answer is a refusal", true,
     [](B& b, Text t) { return set_flag(b.refusal, t); }},
    {"role_first", "auto|on|off", "", "auto",
     "Opening events without text come at once, before the first token", false,
     [](B& b, Text t) { return set_switch(b.role_first, t); }},
    {"usage", "auto|on|off", "", "auto", "Token usage at the end; auto: as the API does", false,
     [](B& b, Text t) { return set_switch(b.usage, t); }},
    {"late_finish", "DISTRIBUTION", distribution_form, "0",
     "Delay of the finish and usage events after the last token", false,
     [](B& b, Text t) { return set_distribution(b.late_finish, t); }},
    {"ping", "DURATION", "", "0", "A ping so often; 0 for none", false,
     [](B& b, Text t) { return set_duration(b.ping, t); }},
    {"line_end", "lf|crlf|cr", "", "lf", "Line ends of the event stream", false,
     [](B& b, Text t) { return set_named<LineEnd>(b.line_end, t, line_end_names); }},
    {"space_after_colon", "on|off", "", "on", "A space after `data:`", true,
     [](B& b, Text t) { return set_flag(b.space_after_colon, t); }},
    {"bom", "on|off", "", "off", "A byte order mark before the first event", true,
     [](B& b, Text t) { return set_flag(b.bom, t); }},
    {"stamps", "on|off", "", "off", "Each token event says when it was written (CLOCK_MONOTONIC)", true,
     [](B& b, Text t) { return set_flag(b.stamps, t); }},
    {"encoding", "identity|gzip|deflate|br|zstd", "", "identity", "Content coding, if the client accepts it",
     false, [](B& b, Text t) { return set_named<Encoding>(b.encoding, t, encoding_names); }},
    {"compress_held", "on|off", "", "off", "The encoder is not flushed before the end", true,
     [](B& b, Text t) { return set_flag(b.compress_held, t); }},
    {"framing", "chunked|close|length", "", "chunked", "HTTP framing; length holds the whole body back",
     false, [](B& b, Text t) { return set_named<Framing>(b.framing, t, framing_names); }},
    {"http10", "on|off", "", "off", "Answers as HTTP/1.0", true,
     [](B& b, Text t) { return set_flag(b.http10, t); }},
    {"buffering", "none|full|block:BYTES|timer:DURATION|tokens:COUNT", "", "none",
     "Holds the body back on the way out", false, [](B& b, Text t) { return set_buffering(b, t); }},
    {"buffering_layer", "body|wire", "", "body", "Gathers body bytes (a block is a chunk) or framed bytes",
     false, [](B& b, Text t) { return set_named<BufferingLayer>(b.buffering_layer, t, layer_names); }},
    {"fault", "FAULT", fault_form, "none", "What goes wrong", false,
     [](B& b, Text t) { return set_named<Fault>(b.fault, t, fault_names); }},
    {"at", "COUNT", "", "5", "The fault strikes after so many token events", false,
     [](B& b, Text t) { return set_count(b.at, t, 0, unbounded); }},
    {"fault_rate", "SHARE", "", "1", "Share of requests the fault strikes: 0.1 or 10%", false,
     [](B& b, Text t) { return set_share(b.fault_rate, t); }},
    {"retry_after", "DURATION", "", "1s", "Retry-After of rate_limit", false,
     [](B& b, Text t) { return set_duration(b.retry_after, t); }},
    {"location", "URL", "", "/health", "Location of redirect", false,
     [](B& b, Text t) { return set_location(b.location, t); }},
};

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::span<const BehaviourOption> behaviour_options() {
    return option_table;
}

std::optional<std::string> set_behaviour(Behaviour& behaviour, std::string_view name, std::string_view text) {
    const auto* const found = std::ranges::find(option_table, name, &BehaviourOption::name);
    if (found == std::end(option_table)) {
        return fmt::format("\"{}\" is no option of the simulated server; see `streamgauge serve --help`.",
                           name.substr(0, 64));
    }
    if (found->set(behaviour, trimmed(text))) return std::nullopt;
    return fmt::format("{}: \"{}\" is not one of {}.", name, text.substr(0, 64),
                       found->form.empty() ? found->value : found->form);
}

std::optional<std::string> set_behaviours(Behaviour& behaviour, std::string_view pairs) {
    while (!pairs.empty()) {
        const auto end = std::min(pairs.find(';'), pairs.size());
        const auto pair = trimmed(pairs.substr(0, end));
        pairs.remove_prefix(std::min(end + 1, pairs.size()));
        if (pair.empty()) continue;
        const auto equals = pair.find('=');
        const auto name = trimmed(pair.substr(0, equals));
        const auto text = equals == std::string_view::npos ? Text{"on"} : pair.substr(equals + 1);
        if (auto error = set_behaviour(behaviour, name, text)) return error;
    }
    return std::nullopt;
}

}  // namespace streamgauge::simulator
