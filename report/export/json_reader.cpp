#include "report/export/json_reader.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <simdjson.h>

namespace streamgauge::report {
namespace {

namespace dom = simdjson::dom;

boost::json::value convert(const dom::element& element) {
    switch (element.type()) {
        case dom::element_type::ARRAY: {
            boost::json::array array;
            for (const auto child : dom::array(element))
                array.push_back(convert(child));
            return array;
        }
        case dom::element_type::OBJECT: {
            boost::json::object object;
            for (const auto& [key, child] : dom::object(element))
                object[boost::json::string_view(key.data(), key.size())] = convert(child);
            return object;
        }
        case dom::element_type::INT64:
            return std::int64_t(element);
        case dom::element_type::UINT64:
            return std::uint64_t(element);
        case dom::element_type::DOUBLE:
            return double(element);
        case dom::element_type::STRING: {
            const auto text = std::string_view(element);
            return boost::json::string(text.data(), text.size());
        }
        case dom::element_type::BOOL:
            return bool(element);
        case dom::element_type::NULL_VALUE:
            break;
    }
    return nullptr;
}

}  // namespace

std::optional<boost::json::value> parse_json(std::string_view text) {
    dom::parser parser;
    dom::element element;
    if (parser.parse(text.data(), text.size()).get(element) != simdjson::SUCCESS) return std::nullopt;
    return convert(element);
}

struct JsonLineReader::State {
    dom::parser parser;
    dom::object object;
    bool parsed = false;

    template <typename T>
    std::optional<T> get(std::string_view name) {
        T value;
        if (!parsed || object.at_key(name).get(value) != simdjson::SUCCESS) return std::nullopt;
        return value;
    }
};

JsonLineReader::JsonLineReader() : state_(std::make_unique<State>()) {}
JsonLineReader::~JsonLineReader() = default;

bool JsonLineReader::parse(std::string_view line) {
    state_->parsed = state_->parser.parse(line.data(), line.size()).get(state_->object) == simdjson::SUCCESS;
    return state_->parsed;
}

std::optional<std::int64_t> JsonLineReader::integer(std::string_view name) {
    return state_->get<std::int64_t>(name);
}
std::optional<std::uint64_t> JsonLineReader::count(std::string_view name) {
    return state_->get<std::uint64_t>(name);
}
std::optional<double> JsonLineReader::number(std::string_view name) {
    return state_->get<double>(name);
}
std::optional<bool> JsonLineReader::boolean(std::string_view name) {
    return state_->get<bool>(name);
}
std::optional<std::string_view> JsonLineReader::text(std::string_view name) {
    return state_->get<std::string_view>(name);
}

std::optional<std::vector<std::int64_t>> JsonLineReader::integers(std::string_view name) {
    const auto array = state_->get<dom::array>(name);
    if (!array) return std::nullopt;
    std::vector<std::int64_t> values;
    values.reserve(array->size());
    for (const auto element : *array) {
        std::int64_t value = 0;
        if (element.get(value) != simdjson::SUCCESS) return std::nullopt;
        values.push_back(value);
    }
    return values;
}

std::vector<std::pair<std::string, std::string>> JsonLineReader::pairs(std::string_view name) {
    std::vector<std::pair<std::string, std::string>> values;
    const auto array = state_->get<dom::array>(name);
    if (!array) return values;
    for (const auto element : *array) {
        std::string_view first, second;
        if (element.at(0).get(first) != simdjson::SUCCESS) continue;
        if (element.at(1).get(second) != simdjson::SUCCESS) continue;
        values.emplace_back(first, second);
    }
    return values;
}

std::vector<std::pair<std::string, std::string>> JsonLineReader::texts(std::string_view name) {
    std::vector<std::pair<std::string, std::string>> values;
    const auto object = state_->get<dom::object>(name);
    if (!object) return values;
    for (const auto& [key, element] : *object) {
        std::string_view text;
        if (element.get(text) == simdjson::SUCCESS) values.emplace_back(key, text);
    }
    return values;
}

}  // namespace streamgauge::report
