#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <string>

namespace streamgauge::scenarios {

/// Reads a target's address and takes note of the secrets in it: user name and password, what the
/// environment gave to the query, and query parameters that are credentials by name.
void read_url(const YamlNode& node, const std::string& path, Url& into, ReadContext& context);

}  // namespace streamgauge::scenarios
