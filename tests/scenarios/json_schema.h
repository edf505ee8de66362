#pragma once

#include <boost/json/value.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// Why a value does not match a JSON Schema (draft-07), one line each: "/load/0/for: ..."; empty when it
/// does. Knows the keywords that scenarios/schema.json uses. Throws std::invalid_argument on any other, so
/// that no rule of the schema is passed over.
std::vector<std::string> schema_violations(const boost::json::value& value, const boost::json::value& schema);

/// Calls `visit` with every schema inside a schema and its JSON pointer, the whole one included.
void for_each_subschema(
    const boost::json::value& schema,
    const std::function<void(const std::string& pointer, const boost::json::object&)>& visit);

}  // namespace streamgauge::scenarios
