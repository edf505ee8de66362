#pragma once

#include "bench/simulator/behaviour.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

enum class Api { chat_completions, completions, messages };

/// What a request asks for, as far as the simulated server cares.
struct CompletionRequest {
    Api api = Api::chat_completions;
    std::string model = "simulated";  ///< echoed; at most 256 bytes
    bool stream = false;
    bool include_usage = false;  ///< stream_options.include_usage
    std::optional<std::uint64_t> max_tokens;
    std::uint64_t input_tokens = 1;  ///< about: a quarter of the characters of the prompt
};

/// A request that was understood, or with `error` the sentence that says what is wrong with it.
struct ParsedRequest {
    CompletionRequest request;
    std::optional<std::string> error;
};

/// Reads the JSON body of a request to `api`. An object `"streamgauge"` in it sets options of `behaviour`.
ParsedRequest parse_completion_request(Api api, std::string_view body, Behaviour& behaviour);

}  // namespace streamgauge::simulator
