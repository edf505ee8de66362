#include "report/buffering/remedies/catalogue.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>

namespace streamgauge::report {

namespace {

[[noreturn]] void fail(const YAML::Node& node, const std::string& what) {
    throw std::runtime_error(fmt::format("remedies, line {}: {}", node.Mark().line + 1, what));
}

/// A mapping with known keys only.
const YAML::Node& checked(const YAML::Node& node, std::initializer_list<std::string_view> keys) {
    if (!node.IsMap()) fail(node, "this must be a mapping");
    for (const auto& entry : node) {
        const auto key = entry.first.as<std::string>();
        if (std::ranges::find(keys, key) == keys.end())
            fail(entry.first, fmt::format("unknown key `{}`", key));
    }
    return node;
}

std::string text_of(const YAML::Node& node, const char* key, bool required = true) {
    const auto value = node[key];
    if (!value && !required) return {};
    if (!value || !value.IsScalar() || value.Scalar().empty())
        fail(node, fmt::format("`{}` is missing", key));
    std::string text = value.Scalar();
    while (!text.empty() && text.back() == '\n')
        text.pop_back();
    return text;
}

YAML::Node list_of(const YAML::Node& node, const char* key) {
    const auto list = node[key];
    if (!list || !list.IsSequence() || list.size() == 0) fail(node, fmt::format("`{}` must be a list", key));
    return list;
}

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

BufferingKind parse_kind(const YAML::Node& node) {
    const auto* found = std::ranges::find(buffering_names, std::string_view(node.Scalar()));
    if (found == buffering_names.end())
        fail(node, fmt::format("`{}` is no kind of buffering", node.Scalar()));
    return static_cast<BufferingKind>(found - buffering_names.begin());
}

std::optional<bool> condition(const YAML::Node& node, const char* key) {
    const auto value = node[key];
    return value ? std::optional(value.as<bool>()) : std::nullopt;
}

Advice parse_advice(const YAML::Node& node) {
    checked(node, {"kinds", "when", "remedy", "snippet"});
    Advice advice;
    if (node["kinds"]) {
        for (const auto& kind : list_of(node, "kinds"))
            advice.kinds.push_back(parse_kind(kind));
    }
    if (const auto when = node["when"]) {
        checked(when, {"tls", "encoded"});
        advice.tls = condition(when, "tls");
        advice.encoded = condition(when, "encoded");
    }
    advice.text = text_of(node, "remedy");
    advice.snippet = text_of(node, "snippet", false);
    return advice;
}

ProductSign parse_sign(const YAML::Node& node) {
    using Match = ProductSign::Match;
    checked(node,
            {"header", "equals", "starts_with", "contains", "lower_case_names", "unless", "confidence"});
    ProductSign sign;
    const bool names_alone = node["lower_case_names"] && node["lower_case_names"].as<bool>();
    if (names_alone == node["header"].IsDefined())
        fail(node, "a sign is either a `header` or `lower_case_names: true`");
    if (!names_alone) sign.header = lower(text_of(node, "header"));
    for (const auto& [key, match] : {std::pair{"equals", Match::equals},
                                     {"starts_with", Match::starts_with},
                                     {"contains", Match::contains}}) {
        if (!node[key]) continue;
        if (names_alone || sign.match != Match::present) fail(node, "a sign has one pattern at most");
        sign.match = match;
        sign.value = lower(text_of(node, key));
    }
    if (node["unless"]) {
        for (const auto& name : list_of(node, "unless"))
            sign.unless.push_back(name.as<std::string>());
    }
    sign.confidence = node["confidence"].as<double>(0);
    if (!(sign.confidence > 0 && sign.confidence <= 1)) fail(node, "`confidence` must be above 0, at most 1");
    return sign;
}

Product parse_product(const YAML::Node& node) {
    checked(node, {"name", "title", "seen_by", "remedies", "timeout", "source"});
    Product product{text_of(node, "name"),           text_of(node, "title"), {}, {},
                    text_of(node, "timeout", false), text_of(node, "source")};
    for (const auto& sign : list_of(node, "seen_by"))
        product.signs.push_back(parse_sign(sign));
    for (const auto& advice : list_of(node, "remedies"))
        product.advice.push_back(parse_advice(advice));
    return product;
}

void collect_interests(RemedyCatalogue& catalogue) {
    using Interest = RemedyCatalogue::Interest;
    for (const auto& product : catalogue.products) {
        for (const auto& sign : product.signs) {
            if (sign.header.empty()) continue;
            auto& interest = catalogue.interests[sign.header];
            const auto wanted = sign.match == ProductSign::Match::present ? Interest::name : Interest::value;
            interest = std::max(interest, wanted);
        }
    }
}

void check_names(const YAML::Node& root, const RemedyCatalogue& catalogue) {
    const auto count = [&](const std::string& name) {
        return std::ranges::count(catalogue.products, name, &Product::name);
    };
    for (const auto& product : catalogue.products) {
        if (count(product.name) > 1) fail(root, fmt::format("`{}` is there twice", product.name));
        for (const auto& sign : product.signs) {
            for (const auto& other : sign.unless) {
                if (count(other) != 1)
                    fail(root, fmt::format("`unless` names `{}`, which is no product", other));
            }
        }
    }
    if (!catalogue.generic.back().kinds.empty()) fail(root, "the last generic remedy must fit all kinds");
}

}  // namespace

bool Advice::fits(BufferingKind kind, bool is_tls, bool is_encoded) const {
    return (kinds.empty() || std::ranges::find(kinds, kind) != kinds.end()) &&
           tls.value_or(is_tls) == is_tls && encoded.value_or(is_encoded) == is_encoded;
}

RemedyCatalogue::Interest RemedyCatalogue::interest_in(std::string_view name) const {
    const auto found = interests.find(name);
    return found == interests.end() ? Interest::none : found->second;
}

RemedyCatalogue parse_catalogue(const std::string& yaml) {
    try {
        const auto root = YAML::Load(yaml);
        checked(root, {"generic", "products"});
        RemedyCatalogue catalogue;
        for (const auto& advice : list_of(root, "generic"))
            catalogue.generic.push_back(parse_advice(advice));
        for (const auto& product : list_of(root, "products"))
            catalogue.products.push_back(parse_product(product));
        check_names(root, catalogue);
        collect_interests(catalogue);
        return catalogue;
    } catch (const YAML::Exception& error) {
        throw std::runtime_error(fmt::format("remedies, line {}: {}", error.mark.line + 1, error.msg));
    }
}

const RemedyCatalogue& remedy_catalogue() {
    static const RemedyCatalogue catalogue = parse_catalogue(std::string(products_yaml()));
    return catalogue;
}

}  // namespace streamgauge::report
