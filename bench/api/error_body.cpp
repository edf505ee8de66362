#include "bench/api/error_body.h"

#include "bench/api/clean_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <initializer_list>

namespace streamgauge::api {
namespace {

std::string_view text(const boost::json::value* value) {
    const auto* string = value ? value->if_string() : nullptr;
    return string ? std::string_view(string->data(), string->size()) : std::string_view{};
}

/// The first of the members that is a string with text, or an object (or a list that begins with one, as web
/// frameworks report a bad field) in which there is one.
std::string_view find_text(const boost::json::value& value, std::initializer_list<const char*> names) {
    if (const auto* list = value.if_array())
        return list->empty() ? std::string_view{} : find_text(list->front(), names);
    const auto* object = value.if_object();
    if (!object) return {};
    for (const char* name : names) {
        const auto* member = object->if_contains(name);
        if (!member) continue;
        if (const auto found = text(member); !found.empty()) return found;
        if (const auto found = find_text(*member, {"message", "msg", "type", "code"}); !found.empty())
            return found;
    }
    return {};
}

}  // namespace

std::string message_in_error_body(std::string_view body) {
    boost::json::error_code error;
    const auto value = boost::json::parse({body.data(), body.size()}, error);
    if (error) return {};
    return clean_text(find_text(value, {"error", "message", "detail"}));
}

}  // namespace streamgauge::api
