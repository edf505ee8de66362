#include "scenarios/json_reader.h"

#include "scenarios/scalar_reader.h"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <string_view>

namespace streamgauge::scenarios {
namespace {

using boost::json::value;

template <typename Number>
bool parse_number(std::string_view text, Number& into) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
    return error == std::errc{} && end == text.data() + text.size();
}

value json_of_number(const YamlNode& node, DiagnosticCollector& diagnostics) {
    std::string_view text = node.text;
    if (text.starts_with('+')) text.remove_prefix(1);
    std::int64_t whole = 0;
    std::uint64_t large = 0;
    double number = 0;
    if (parse_number(text, whole)) return whole;
    if (parse_number(text, large)) return large;
    if (parse_number(text, number) && std::isfinite(number)) return number;
    diagnostics.error(node.where, fmt::format("the number {} is out of range", describe(node)));
    return nullptr;
}

value json_of(const YamlNode& node, DiagnosticCollector& diagnostics) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            return nullptr;
        case YamlNode::Kind::sequence: {
            boost::json::array array;
            for (const YamlNode& child : node.children)
                array.push_back(json_of(child, diagnostics));
            return array;
        }
        case YamlNode::Kind::mapping: {
            boost::json::object object;
            for (const YamlNode& child : node.children)
                object[child.key] = json_of(child, diagnostics);
            return object;
        }
        case YamlNode::Kind::scalar:
            break;
    }
    switch (scalar_type(node)) {
        case ScalarType::boolean:
            return node.text[0] == 't' || node.text[0] == 'T';
        case ScalarType::whole_number:
        case ScalarType::number:
            return json_of_number(node, diagnostics);
        case ScalarType::text:
            break;
    }
    return value(boost::json::string(node.text));
}

}  // namespace

boost::json::object read_request_extra(const YamlNode& node, const std::string& path,
                                       DiagnosticCollector& diagnostics) {
    if (node.unusable) return {};
    if (!node.is_mapping()) {
        diagnostics.error(node.is_null() ? node.key_where : node.where,
                          fmt::format("`{}` needs a mapping such as `{{ temperature: 0 }}`; {} is not one",
                                      path, describe(node)));
        return {};
    }
    if (const YamlNode* stream = node.find("stream")) {
        diagnostics.error(
            stream->key_where,
            fmt::format("`{}.stream` cannot be set: streamgauge measures streams and always asks "
                        "for one",
                        path));
    }
    return json_of(node, diagnostics).as_object();
}

}  // namespace streamgauge::scenarios
