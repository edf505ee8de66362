#pragma once

#include "bench/cli/program.h"

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace streamgauge::cli {

/// A console whose streams are strings, neither of them a terminal, with an environment of its own.
struct TestConsole {
    std::ostringstream out, err;
    std::map<std::string, std::string, std::less<>> variables;
    Console console{out,
                    err,
                    false,
                    false,
                    [] { return 80u; },
                    [this](std::string_view name) -> std::optional<std::string> {
                        const auto found = variables.find(name);
                        if (found == variables.end()) return std::nullopt;
                        return found->second;
                    }};

    int run(const std::vector<std::string>& arguments) { return run_program(arguments, console); }
};

}  // namespace streamgauge::cli
