#pragma once

#include <boost/json/value.hpp>

#include <string>

namespace streamgauge::scenarios {

/// The JSON that an editor sees in a YAML text, by the core schema of YAML 1.2. Made with yaml-cpp's own tree
/// and its own conversions, so that it shares no reading with the loader. Throws YAML::Exception.
boost::json::value yaml_to_json(const std::string& text);

}  // namespace streamgauge::scenarios
