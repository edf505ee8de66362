#pragma once

#include <simdjson.h>

#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>

/// Small steps through a JSON value with simdjson's on-demand parser. A value of another type than expected
/// is passed over: only broken JSON is an error, as far as the parser looks (it skips what nobody asks for).
namespace streamgauge::api {

using Json = simdjson::ondemand::value;
using JsonError = simdjson::error_code;

/// The key as it is written, escapes included: the names of the APIs contain none.
inline std::string_view written_key(const simdjson::ondemand::raw_json_string& key) {
    const char* begin = key.raw();
    const char* end = begin;
    while (*end != '"')
        ++end;
    return {begin, end};
}

/// Calls `visit(key, value)`, which returns a JsonError, for each member of an object.
template <class Visit>
JsonError for_each_member(simdjson::ondemand::object object, Visit visit) {
    for (auto member : object) {
        simdjson::ondemand::raw_json_string key;
        if (const auto error = member.key().get(key)) return error;
        Json value;
        if (const auto error = member.value().get(value)) return error;
        if (const auto error = visit(written_key(key), value)) return error;
    }
    return simdjson::SUCCESS;
}

/// The same for a value, if it is an object.
template <class Visit>
JsonError for_each_member(Json value, Visit visit) {
    simdjson::ondemand::object object;
    const auto error = value.get_object().get(object);
    if (error == simdjson::INCORRECT_TYPE) return value.type().error();
    return error ? error : for_each_member(object, visit);
}

/// Calls `visit(value)`, which returns a JsonError, for each element of a value that is an array.
template <class Visit>
JsonError for_each_element(Json value, Visit visit) {
    simdjson::ondemand::array array;
    const auto error = value.get_array().get(array);
    if (error == simdjson::INCORRECT_TYPE) return value.type().error();
    if (error) return error;
    for (auto element : array) {
        Json item;
        if (const auto item_error = element.get(item)) return item_error;
        if (const auto visit_error = visit(item)) return visit_error;
    }
    return simdjson::SUCCESS;
}

/// Adds the number of elements of a value that is an array.
inline JsonError add_size(Json value, std::uint32_t& count) {
    return for_each_element(value, [&](Json) {
        ++count;
        return simdjson::SUCCESS;
    });
}

/// True for a string that is not empty; any character counts as text, a NUL too.
inline bool has_text(Json value) {
    const std::string_view token = value.raw_json_token();
    return token.size() >= 2 && token[0] == '"' && token[1] != '"';
}

/// The characters of a string, escapes undone; empty for any other value. Lives until the parser's next
/// document.
inline std::string_view text_of(Json value) {
    std::string_view text;
    if (value.get_string().get(text)) return {};
    return text;
}

/// The value of an unsigned integer; nothing for any other value.
inline std::optional<std::uint64_t> number_of(Json value) {
    std::uint64_t number = 0;
    if (value.get_uint64().get(number)) return std::nullopt;
    return number;
}

}  // namespace streamgauge::api
