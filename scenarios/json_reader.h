#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/yaml_tree.h"

#include <boost/json/object.hpp>

#include <string>

namespace streamgauge::scenarios {

/// Turns a YAML mapping into the JSON object it stands for by the core schema of YAML 1.2. `stream` is
/// refused in it: a request that does not stream cannot be measured.
boost::json::object read_request_extra(const YamlNode& node, const std::string& path,
                                       DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
