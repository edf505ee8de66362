#pragma once

#include "scenarios/scenario.h"

#include <boost/json/object.hpp>

namespace streamgauge::report {

/// What of a scenario a report needs, so that a run can be summed up again where `${env:...}` is not set any
/// more: everything but prompts and secrets. Secret header values and userinfo are left out, other text is
/// masked.
boost::json::object scenario_to_json(const scenarios::Scenario& scenario);

/// The way back. Fields that are absent have the language's defaults.
scenarios::Scenario scenario_from_json(const boost::json::object& json);

}  // namespace streamgauge::report
