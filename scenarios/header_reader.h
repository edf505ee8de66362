#pragma once

#include "scenarios/read_context.h"
#include "scenarios/scenario.h"
#include "scenarios/yaml_tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// Whether `name` can be the name of a header: a token of at most 256 characters (RFC 9110, 5.6.2).
bool is_header_name(std::string_view name);

/// Header names compare without case (RFC 9110, 5.1).
bool same_header_name(std::string_view a, std::string_view b);

/// Reads a mapping of header names to values and takes note of those that are secret.
std::vector<Header> read_headers(const YamlNode& node, const std::string& path, ReadContext& context);

}  // namespace streamgauge::scenarios
