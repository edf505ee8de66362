#include "tests/scenarios/json_schema.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <regex>
#include <stdexcept>

namespace streamgauge::scenarios {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;

bool is_integer(const value& v) {
    return v.is_int64() || v.is_uint64();
}

bool has_type(const value& v, std::string_view type) {
    if (type == "object") return v.is_object();
    if (type == "array") return v.is_array();
    if (type == "string") return v.is_string();
    if (type == "boolean") return v.is_bool();
    if (type == "null") return v.is_null();
    if (type == "integer") return is_integer(v);
    if (type == "number") return is_integer(v) || v.is_double();
    throw std::invalid_argument(fmt::format("the schema names an unknown type {}", type));
}

/// Checks one value against one schema.
class Validation {
  public:
    explicit Validation(const value& root) : root_(root) {}

    std::vector<std::string> check(const value& v, const value& schema, const std::string& pointer) {
        Frame frame{v, schema, pointer, {}};
        if (schema.is_bool()) {
            if (!schema.get_bool()) frame.fail("nothing is allowed here");
            return frame.violations;
        }
        for (const auto& [keyword, rule] : schema.as_object()) {
            const auto known = keywords().find(keyword);
            if (known == keywords().end()) {
                throw std::invalid_argument(
                    fmt::format("the schema uses the keyword {}, which this validator does "
                                "not know",
                                std::string_view(keyword)));
            }
            if (known->second != nullptr) (this->*known->second)(rule, frame);
        }
        return frame.violations;
    }

  private:
    struct Frame {
        const value& v;
        const value& schema;
        const std::string& pointer;
        std::vector<std::string> violations;

        void fail(std::string_view why) { violations.push_back(fmt::format("{}: {}", pointer, why)); }
        void take(std::vector<std::string> more) {
            violations.insert(violations.end(), std::make_move_iterator(more.begin()),
                              std::make_move_iterator(more.end()));
        }
    };
    using Keyword = void (Validation::*)(const value& rule, Frame& frame);

    static const std::map<std::string_view, Keyword>& keywords() {
        static const std::map<std::string_view, Keyword> table{
            // Annotations say nothing about the value.
            {"$schema", nullptr},
            {"title", nullptr},
            {"description", nullptr},
            {"default", nullptr},
            {"examples", nullptr},
            {"definitions", nullptr},
            {"$ref", &Validation::ref},
            {"type", &Validation::type},
            {"const", &Validation::constant},
            {"enum", &Validation::enumeration},
            {"minimum", &Validation::minimum},
            {"maximum", &Validation::maximum},
            {"minLength", &Validation::min_length},
            {"pattern", &Validation::pattern},
            {"items", &Validation::items},
            {"minItems", &Validation::min_items},
            {"uniqueItems", &Validation::unique_items},
            {"contains", &Validation::contains},
            {"properties", &Validation::properties},
            {"additionalProperties", &Validation::additional_properties},
            {"propertyNames", &Validation::property_names},
            {"required", &Validation::required},
            {"minProperties", &Validation::min_properties},
            {"maxProperties", &Validation::max_properties},
            {"dependencies", &Validation::dependencies},
            {"allOf", &Validation::all_of},
            {"anyOf", &Validation::any_of},
            {"oneOf", &Validation::one_of},
            {"not", &Validation::negation},
        };
        return table;
    }

    bool matches(const value& v, const value& schema) { return check(v, schema, "").empty(); }

    static std::string below(const Frame& frame, std::string_view step) {
        return fmt::format("{}/{}", frame.pointer, step);
    }

    void ref(const value& rule, Frame& frame) {
        if (frame.schema.as_object().size() != 1)
            throw std::invalid_argument("draft-07 ignores what stands beside a $ref");
        const std::string_view target = rule.as_string();
        if (!target.starts_with('#')) throw std::invalid_argument("a $ref leaves the schema");
        boost::system::error_code error;
        const value* schema = root_.find_pointer(target.substr(1), error);
        if (schema == nullptr) throw std::invalid_argument(fmt::format("nothing stands at {}", target));
        frame.take(check(frame.v, *schema, frame.pointer));
    }

    void type(const value& rule, Frame& frame) {
        const array types = rule.is_array() ? rule.get_array() : array{rule};
        const bool fits = std::any_of(types.begin(), types.end(),
                                      [&](const value& t) { return has_type(frame.v, t.as_string()); });
        if (!fits) frame.fail(fmt::format("is not of type {}", boost::json::serialize(rule)));
    }

    void constant(const value& rule, Frame& frame) {
        if (frame.v != rule) frame.fail(fmt::format("is not {}", boost::json::serialize(rule)));
    }
    void enumeration(const value& rule, Frame& frame) {
        const array& choices = rule.as_array();
        if (std::find(choices.begin(), choices.end(), frame.v) == choices.end())
            frame.fail("is none of the choices");
    }

    void minimum(const value& rule, Frame& frame) {
        if (has_type(frame.v, "number") && frame.v.to_number<double>() < rule.to_number<double>()) {
            frame.fail("is too small");
        }
    }
    void maximum(const value& rule, Frame& frame) {
        if (has_type(frame.v, "number") && frame.v.to_number<double>() > rule.to_number<double>()) {
            frame.fail("is too large");
        }
    }

    void min_length(const value& rule, Frame& frame) {
        if (frame.v.is_string() && frame.v.get_string().size() < rule.to_number<std::size_t>()) {
            frame.fail("is too short");
        }
    }
    void pattern(const value& rule, Frame& frame) {
        if (!frame.v.is_string()) return;
        const std::regex expression(std::string(rule.as_string()), std::regex::ECMAScript);
        if (!std::regex_search(std::string(frame.v.get_string()), expression)) {
            frame.fail(fmt::format("does not match {}", std::string_view(rule.as_string())));
        }
    }

    void items(const value& rule, Frame& frame) {
        if (!frame.v.is_array()) return;
        std::size_t index = 0;
        for (const value& item : frame.v.get_array()) {
            frame.take(check(item, rule, below(frame, std::to_string(index++))));
        }
    }
    void min_items(const value& rule, Frame& frame) {
        if (frame.v.is_array() && frame.v.get_array().size() < rule.to_number<std::size_t>())
            frame.fail("has too few items");
    }
    void unique_items(const value& rule, Frame& frame) {
        if (!rule.as_bool() || !frame.v.is_array()) return;
        const array& list = frame.v.get_array();
        for (auto item = list.begin(); item != list.end(); ++item) {
            if (std::find(list.begin(), item, *item) != item) frame.fail("has the same item twice");
        }
    }
    void contains(const value& rule, Frame& frame) {
        if (!frame.v.is_array()) return;
        const array& list = frame.v.get_array();
        if (std::none_of(list.begin(), list.end(), [&](const value& item) { return matches(item, rule); })) {
            frame.fail("lacks an item that is needed");
        }
    }

    void properties(const value& rule, Frame& frame) {
        if (!frame.v.is_object()) return;
        for (const auto& [key, schema] : rule.as_object()) {
            const value* property = frame.v.get_object().if_contains(key);
            if (property != nullptr) frame.take(check(*property, schema, below(frame, key)));
        }
    }
    void additional_properties(const value& rule, Frame& frame) {
        if (!frame.v.is_object()) return;
        const value* named = frame.schema.as_object().if_contains("properties");
        for (const auto& [key, property] : frame.v.get_object()) {
            if (named != nullptr && named->as_object().contains(key)) continue;
            frame.take(check(property, rule, below(frame, key)));
        }
    }
    void property_names(const value& rule, Frame& frame) {
        if (!frame.v.is_object()) return;
        for (const auto& [key, property] : frame.v.get_object()) {
            frame.take(check(value(std::string_view(key)), rule, below(frame, key)));
        }
    }
    void required(const value& rule, Frame& frame) {
        if (!frame.v.is_object()) return;
        for (const value& key : rule.as_array()) {
            if (!frame.v.get_object().contains(key.as_string())) {
                frame.fail(fmt::format("lacks {}", std::string_view(key.as_string())));
            }
        }
    }
    void min_properties(const value& rule, Frame& frame) {
        if (frame.v.is_object() && frame.v.get_object().size() < rule.to_number<std::size_t>())
            frame.fail("has too few keys");
    }
    void max_properties(const value& rule, Frame& frame) {
        if (frame.v.is_object() && frame.v.get_object().size() > rule.to_number<std::size_t>())
            frame.fail("has too many keys");
    }
    void dependencies(const value& rule, Frame& frame) {
        if (!frame.v.is_object()) return;
        for (const auto& [key, needed] : rule.as_object()) {
            if (frame.v.get_object().contains(key)) required(needed, frame);
        }
    }

    void all_of(const value& rule, Frame& frame) {
        for (const value& schema : rule.as_array())
            frame.take(check(frame.v, schema, frame.pointer));
    }
    std::size_t count_matches(const value& rule, const Frame& frame) {
        const array& schemas = rule.as_array();
        return static_cast<std::size_t>(std::count_if(
            schemas.begin(), schemas.end(), [&](const value& schema) { return matches(frame.v, schema); }));
    }
    void any_of(const value& rule, Frame& frame) {
        if (count_matches(rule, frame) == 0) frame.fail("matches none of the forms");
    }
    void one_of(const value& rule, Frame& frame) {
        if (count_matches(rule, frame) != 1) frame.fail("does not match exactly one of the forms");
    }
    void negation(const value& rule, Frame& frame) {
        if (matches(frame.v, rule)) frame.fail("is what it must not be");
    }

    const value& root_;
};

/// Keywords that hold one schema, a list of schemas, or schemas by name.
constexpr std::array<std::string_view, 5> schema_keywords{"items", "contains", "additionalProperties",
                                                          "propertyNames", "not"};
constexpr std::array<std::string_view, 3> list_keywords{"allOf", "anyOf", "oneOf"};
constexpr std::array<std::string_view, 2> map_keywords{"properties", "definitions"};

template <typename List>
bool is_one_of(std::string_view word, const List& list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

using Visitor = std::function<void(const std::string&, const object&)>;

void walk(const value& schema, const std::string& pointer, const Visitor& visit) {
    if (!schema.is_object()) return;
    visit(pointer, schema.get_object());
    for (const auto& [key, inner] : schema.get_object()) {
        const std::string place = fmt::format("{}/{}", pointer, std::string_view(key));
        if (is_one_of(key, schema_keywords)) walk(inner, place, visit);
        if (is_one_of(key, list_keywords)) {
            for (std::size_t i = 0; i < inner.as_array().size(); ++i) {
                walk(inner.as_array()[i], fmt::format("{}/{}", place, i), visit);
            }
        }
        if (!is_one_of(key, map_keywords)) continue;
        for (const auto& [name, named] : inner.as_object()) {
            walk(named, fmt::format("{}/{}", place, std::string_view(name)), visit);
        }
    }
}

}  // namespace

std::vector<std::string> schema_violations(const value& v, const value& schema) {
    return Validation(schema).check(v, schema, "");
}

void for_each_subschema(const value& schema, const Visitor& visit) {
    walk(schema, "", visit);
}

}  // namespace streamgauge::scenarios
