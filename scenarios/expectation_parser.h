#pragma once

#include "scenarios/expectation.h"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

struct ExpectationError {
    std::size_t offset = 0;  ///< in bytes, from the start of the text
    std::string message;
    std::string suggestion;
};

struct ParsedExpectation {
    Condition condition;
    std::vector<Condition> goodput_limits;
    std::optional<Delta> delta;                      ///< with names that may not exist
    std::size_t delta_offset = 0;                    ///< of the first of its names, in bytes
    std::optional<std::chrono::nanoseconds> window;  ///< `per 10s`
};

/// Parses one expectation by the grammar in scenarios/expectations.ebnf.
boost::system::result<ParsedExpectation, ExpectationError> parse_expectation(std::string_view text);

}  // namespace streamgauge::scenarios
