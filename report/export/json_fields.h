#pragma once

#include "report/export/escape.h"
#include "report/model/histogram.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <chrono>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// Structs to JSON and back from one list of fields each: a function `list_fields(fields, struct)` calls
/// `fields("name", struct.name)` for every member, in the order of the file. FieldWriter writes them,
/// FieldReader reads them. A duration's name ends in `_ns`. What is absent in JSON keeps its default.
namespace streamgauge::report::json_fields {

namespace json = boost::json;

class FieldWriter;
class FieldReader;

template <typename T>
concept HasFields = requires(FieldWriter& fields, T& value) {
    list_fields(fields, value);
};

template <typename T>
concept Number = std::integral<T> || std::floating_point<T>;

/// One value to JSON; null stands for "leave the field out".
template <typename T>
json::value to_value(const T& value);

class FieldWriter {
  public:
    template <typename T>
    void operator()(std::string_view name, const T& value) {
        auto written = to_value(value);
        if (!written.is_null()) {
            object_.emplace(json::string_view(name.data(), name.size()), std::move(written));
        }
    }
    json::object take() { return std::move(object_); }

  private:
    json::object object_;
};

template <typename T>
bool from_value(const json::value& json, T& value);

class FieldReader {
  public:
    explicit FieldReader(const json::object& object) : object_(object) {}

    template <typename T>
    void operator()(std::string_view name, T& value) {
        if (const auto* found = object_.if_contains(json::string_view(name.data(), name.size()))) {
            from_value(*found, value);
        }
    }

  private:
    const json::object& object_;
};

template <typename T>
json::object write_fields(const T& value) {
    FieldWriter fields;
    list_fields(fields, const_cast<T&>(value));
    return fields.take();
}

template <typename T>
void read_fields(const json::object& object, T& value) {
    FieldReader fields(object);
    list_fields(fields, value);
}

json::value write_histogram(const Histogram& histogram);
bool read_histogram(const json::value& json, Histogram& histogram);

// The overloads below are found by their argument; each pair is one kind of value.

inline json::value write_one(const std::string& text) {
    const auto valid = valid_utf8(text);
    return json::string(valid.data(), valid.size());
}
inline bool read_one(const json::value& json, std::string& text) {
    const auto* found = json.if_string();
    if (found) text.assign(found->data(), found->size());
    return found != nullptr;
}

inline json::value write_one(const std::filesystem::path& path) {
    return write_one(path.string());
}
inline bool read_one(const json::value& json, std::filesystem::path& path) {
    std::string text;
    if (!read_one(json, text)) return false;
    path = text;
    return true;
}

inline json::value write_one(std::chrono::nanoseconds value) {
    return value.count();
}
inline bool read_one(const json::value& json, std::chrono::nanoseconds& value) {
    boost::json::error_code error;
    const auto count = json.to_number<std::int64_t>(error);
    if (!error) value = std::chrono::nanoseconds(count);
    return !error;
}

inline json::value write_one(const Histogram& histogram) {
    return write_histogram(histogram);
}
inline bool read_one(const json::value& json, Histogram& histogram) {
    return read_histogram(json, histogram);
}

template <Number T>
json::value write_one(T value) {
    if constexpr (std::floating_point<T>) {
        if (!std::isfinite(value)) return nullptr;
    }
    return value;
}
template <Number T>
bool read_one(const json::value& json, T& value) {
    if constexpr (std::same_as<T, bool>) {
        if (json.is_bool()) value = json.get_bool();
        return json.is_bool();
    } else {
        boost::json::error_code error;
        const auto number = json.to_number<T>(error);
        if (!error) value = number;
        return !error;
    }
}

template <typename T>
json::value write_one(const std::optional<T>& value) {
    return value ? to_value(*value) : json::value(nullptr);
}
template <typename T>
bool read_one(const json::value& json, std::optional<T>& value) {
    T inner{};
    if (!from_value(json, inner)) return false;
    value = std::move(inner);
    return true;
}

template <typename First, typename Second>
json::value write_one(const std::pair<First, Second>& value) {
    return json::array{to_value(value.first), to_value(value.second)};
}
template <typename First, typename Second>
bool read_one(const json::value& json, std::pair<First, Second>& value) {
    const auto* array = json.if_array();
    return array && array->size() == 2 && from_value((*array)[0], value.first) &&
           from_value((*array)[1], value.second);
}

template <typename T>
json::value write_one(const std::vector<T>& values) {
    json::array array;
    array.reserve(values.size());
    for (const auto& value : values)
        array.push_back(to_value(value));
    return array;
}
template <typename T>
bool read_one(const json::value& json, std::vector<T>& values) {
    const auto* array = json.if_array();
    if (!array) return false;
    values.clear();
    for (const auto& element : *array) {
        T value{};
        if (from_value(element, value)) values.push_back(std::move(value));
    }
    return true;
}

template <typename T, std::size_t size>
json::value write_one(const std::array<T, size>& values) {
    return write_one(std::vector<T>(values.begin(), values.end()));
}

template <typename T>
json::value write_one(const std::map<std::string, T>& values) {
    json::object object;
    for (const auto& [name, value] : values)
        object.emplace(name, to_value(value));
    return object;
}

inline json::value write_one(const json::object& object) {
    return object;
}
inline bool read_one(const json::value& json, json::object& object) {
    if (json.is_object()) object = json.get_object();
    return json.is_object();
}

template <typename T>
json::value to_value(const T& value) {
    if constexpr (HasFields<T>) {
        return write_fields(value);
    } else {
        return write_one(value);
    }
}

template <typename T>
bool from_value(const json::value& json, T& value) {
    if constexpr (HasFields<T>) {
        if (!json.is_object()) return false;
        read_fields(json.get_object(), value);
        return true;
    } else {
        return read_one(json, value);
    }
}

/// A name from a fixed list, such as an enumeration's; `names[i]` is value i.
template <typename Fields, typename Enum, std::size_t size>
void list_name(Fields& fields, std::string_view name, Enum& value,
               const std::array<std::string_view, size>& names) {
    std::string text(names[static_cast<std::size_t>(value)]);
    fields(name, text);
    for (std::size_t i = 0; i < size; ++i) {
        if (names[i] == text) value = static_cast<Enum>(i);
    }
}

}  // namespace streamgauge::report::json_fields
