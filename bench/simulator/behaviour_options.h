#pragma once

#include "bench/simulator/behaviour.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// One option of Behaviour as text, the same on the command line, in a request body and in a header.
struct BehaviourOption {
    std::string_view name;           ///< `tokens_per_event`
    std::string_view value;          ///< what it takes, in short: `COUNT`, `lf|crlf|cr`, `DISTRIBUTION`
    std::string_view form;           ///< the same at length; empty where `value` says it all
    std::string_view default_value;  ///< empty when there is none
    std::string_view help;
    bool is_flag;  ///< on/off; on the command line the value may be left out
    bool (*set)(Behaviour& behaviour, std::string_view text);  ///< false when `text` does not parse
};

/// All options, in the order of a help text.
std::span<const BehaviourOption> behaviour_options();

/// Sets one option. Empty when all went well, else one sentence that names the option and what it takes.
std::optional<std::string> set_behaviour(Behaviour& behaviour, std::string_view name, std::string_view text);

/// Sets options from `key=value; key=value`. Empty when all went well, else the sentence of the first error.
std::optional<std::string> set_behaviours(Behaviour& behaviour, std::string_view pairs);

}  // namespace streamgauge::simulator
