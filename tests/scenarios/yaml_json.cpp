#include "tests/scenarios/yaml_json.h"

#include <yaml-cpp/yaml.h>

#include <regex>

namespace streamgauge::scenarios {
namespace {

boost::json::value convert(const YAML::Node& node, int depth = 0) {
    if (depth > 100) throw YAML::Exception(node.Mark(), "nested without end, as by an alias inside itself");
    static const std::regex whole("[-+]?[0-9]+");
    static const std::regex number(R"([-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?)");
    static const std::regex boolean("true|True|TRUE|false|False|FALSE");
    switch (node.Type()) {
        case YAML::NodeType::Undefined:
        case YAML::NodeType::Null:
            return nullptr;
        case YAML::NodeType::Sequence: {
            boost::json::array array;
            for (const YAML::Node& item : node)
                array.push_back(convert(item, depth + 1));
            return array;
        }
        case YAML::NodeType::Map: {
            boost::json::object object;
            for (const auto& entry : node)
                object[entry.first.Scalar()] = convert(entry.second, depth + 1);
            return object;
        }
        case YAML::NodeType::Scalar:
            break;
    }
    const bool plain = node.Tag() == "?";
    if (plain && std::regex_match(node.Scalar(), boolean)) return node.as<bool>();
    if (plain && std::regex_match(node.Scalar(), whole)) return node.as<std::int64_t>();
    if (plain && std::regex_match(node.Scalar(), number)) return node.as<double>();
    return boost::json::value(node.Scalar());
}

}  // namespace

boost::json::value yaml_to_json(const std::string& text) {
    return convert(YAML::Load(text));
}

}  // namespace streamgauge::scenarios
