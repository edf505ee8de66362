#include "bench/simulator/completion_request.h"

#include "bench/simulator/behaviour_options.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace streamgauge::simulator {

namespace {

namespace json = boost::json;

constexpr std::uint64_t most_tokens = 1'000'000;

/// Characters of all text in a prompt: a string, a list of strings, messages, content parts.
std::size_t characters_in(const json::value& value) {
    if (value.is_string()) return value.get_string().size();
    std::size_t sum = 0;
    if (value.is_array()) {
        for (const auto& element : value.get_array())
            sum += characters_in(element);
    } else if (value.is_object()) {
        for (const char* key : {"content", "text"}) {
            if (const auto* inner = value.get_object().if_contains(key)) sum += characters_in(*inner);
        }
    }
    return sum;
}

std::string text_of(const json::value& value) {
    return value.is_string() ? std::string{value.get_string()} : json::serialize(value);
}

std::optional<std::string> read_behaviour(const json::object& body, Behaviour& behaviour) {
    const auto* options = body.if_contains("streamgauge");
    if (options == nullptr) return std::nullopt;
    if (!options->is_object()) return "\"streamgauge\" must be an object of options.";
    for (const auto& [name, value] : options->get_object()) {
        if (auto error = set_behaviour(behaviour, name, text_of(value))) return error;
    }
    return std::nullopt;
}

bool flag_in(const json::object& object, const char* key) {
    const auto* value = object.if_contains(key);
    return value != nullptr && value->is_bool() && value->get_bool();
}

std::optional<std::uint64_t> most_tokens_in(const json::object& body) {
    for (const char* key : {"max_completion_tokens", "max_tokens"}) {
        const auto* value = body.if_contains(key);
        if (value == nullptr || !value->is_number()) continue;
        boost::system::error_code error;
        const auto number = value->to_number<std::int64_t>(error);
        if (error || number < 0) continue;
        return std::min(static_cast<std::uint64_t>(number), most_tokens);
    }
    return std::nullopt;
}

}  // namespace

ParsedRequest parse_completion_request(Api api, std::string_view body, Behaviour& behaviour) {
    ParsedRequest parsed;
    parsed.request.api = api;
    boost::system::error_code error;
    json::monotonic_resource memory;
    const json::value document = json::parse(body, error, &memory);
    if (error || !document.is_object()) {
        parsed.error = "The request body is not a JSON object.";
        return parsed;
    }
    const auto& object = document.get_object();
    auto& request = parsed.request;
    if (const auto* model = object.if_contains("model"); model != nullptr && model->is_string()) {
        request.model = std::string{model->get_string()}.substr(0, 256);
    }
    request.stream = flag_in(object, "stream");
    request.max_tokens = most_tokens_in(object);
    if (const auto* options = object.if_contains("stream_options");
        options != nullptr && options->is_object()) {
        request.include_usage = flag_in(options->get_object(), "include_usage");
    }
    std::size_t characters = 0;
    for (const char* key : {"messages", "prompt", "system"}) {
        if (const auto* prompt = object.if_contains(key)) characters += characters_in(*prompt);
    }
    request.input_tokens = std::max<std::uint64_t>(characters / 4, 1);
    parsed.error = read_behaviour(object, behaviour);
    return parsed;
}

}  // namespace streamgauge::simulator
