#pragma once

#include "scenarios/abort_condition.h"
#include "scenarios/expectation_parser.h"

#include <boost/system/result.hpp>

#include <string_view>

namespace streamgauge::scenarios {

/// Parses `errors > 20% for 5s` by the rule `abort condition` in scenarios/expectations.ebnf. The place in
/// the file is left empty.
boost::system::result<AbortCondition, ExpectationError> parse_abort_condition(std::string_view text);

}  // namespace streamgauge::scenarios
