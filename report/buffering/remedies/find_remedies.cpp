#include "report/buffering/remedies/find_remedies.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace streamgauge::report {

namespace {

/// A product that is on the way but does not usually hold streams so is this much less likely the cause.
constexpr double unlikely_cause = 0.4;
/// From here on a product is taken to be on the way.
constexpr double likely = 0.5;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

bool matches(const ProductSign& sign, const std::string& value) {
    switch (sign.match) {
        case ProductSign::Match::present:
            return true;
        case ProductSign::Match::equals:
            return value == sign.value;
        case ProductSign::Match::starts_with:
            return value.starts_with(sign.value);
        case ProductSign::Match::contains:
            return value.find(sign.value) != std::string::npos;
    }
    return false;
}

bool names_in_lower_case(const HeaderFields& fields) {
    const auto has_upper = [](const auto& field) {
        return std::ranges::any_of(field.first, [](char c) { return c >= 'A' && c <= 'Z'; });
    };
    return !fields.empty() && std::ranges::none_of(fields, has_upper);
}

/// The sign in one response, as a person would say it.
std::optional<std::string> seen_in(const HeaderFields& fields, const ProductSign& sign) {
    if (sign.header.empty()) {
        if (!names_in_lower_case(fields)) return std::nullopt;
        return "header names in lower case";
    }
    for (const auto& [name, value] : fields) {
        if (lower(name) != sign.header || !matches(sign, lower(value))) continue;
        return sign.match == ProductSign::Match::present ? name : fmt::format("{}: {}", name, value);
    }
    return std::nullopt;
}

struct Sighting {
    double confidence = 0;
    std::string why;
};

class Recogniser {
  public:
    Recogniser(const RemedyCatalogue& catalogue, std::span<const HeaderFields> responses)
        : catalogue_(catalogue), responses_(responses) {}

    Sighting look_for(const Product& product) const {
        Sighting best;
        for (const auto& sign : product.signs) {
            if (sign.confidence <= best.confidence || is_explained(sign)) continue;
            if (auto why = see(sign)) best = {sign.confidence, std::move(*why)};
        }
        return best;
    }

  private:
    std::optional<std::string> see(const ProductSign& sign) const {
        for (const auto& fields : responses_) {
            if (auto why = seen_in(fields, sign)) return why;
        }
        return std::nullopt;
    }

    bool is_explained(const ProductSign& sign) const {
        return std::ranges::any_of(sign.unless, [this](const std::string& name) {
            const auto other = std::ranges::find(catalogue_.products, name, &Product::name);
            return std::ranges::any_of(other->signs, [this](const ProductSign& theirs) {
                return theirs.confidence >= likely && theirs.unless.empty() && see(theirs);
            });
        });
    }

    const RemedyCatalogue& catalogue_;
    std::span<const HeaderFields> responses_;
};

const Advice* advice_for_kind(const std::vector<Advice>& advice, BufferingKind kind,
                              const TargetFacts& facts) {
    const auto found = std::ranges::find_if(
        advice, [&](const Advice& each) { return each.fits(kind, facts.tls, facts.encoded); });
    return found == advice.end() ? nullptr : &*found;
}

/// The kind itself, then, where two are possible, what is known of either.
const Advice* advice_for(const std::vector<Advice>& advice, BufferingKind kind, const TargetFacts& facts) {
    const auto* found = advice_for_kind(advice, kind, facts);
    const auto or_else = [&](BufferingKind other) {
        if (found == nullptr) found = advice_for_kind(advice, other, facts);
    };
    if (kind == BufferingKind::block_or_window) or_else(BufferingKind::block);
    if (kind == BufferingKind::timer_or_window) or_else(BufferingKind::timer);
    if (kind == BufferingKind::block_or_window || kind == BufferingKind::timer_or_window)
        or_else(BufferingKind::token_window);
    return found;
}

Remedy remedy_of(const Product& product, Sighting sighting, const Advice* advice) {
    Remedy remedy{product.title,   sighting.confidence, std::move(sighting.why), "", "",
                  product.timeout, product.source};
    if (advice != nullptr) {
        remedy.text = advice->text;
        remedy.snippet = advice->snippet;
    } else {
        remedy.confidence *= unlikely_cause;
        remedy.text = "It is on the way, but is not known to hold streams back like this.";
    }
    return remedy;
}

}  // namespace

std::vector<Remedy> find_remedies(const RemedyCatalogue& catalogue, std::span<const HeaderFields> responses,
                                  const BufferingVerdict& verdict, const TargetFacts& facts) {
    std::vector<Remedy> remedies;
    if (!verdict.is_buffered()) return remedies;
    const Recogniser recogniser(catalogue, responses);
    for (const auto& product : catalogue.products) {
        auto sighting = recogniser.look_for(product);
        if (sighting.confidence <= 0) continue;
        const auto* advice = advice_for(product.advice, verdict.kind, facts);
        if (advice == nullptr && sighting.confidence < likely) continue;
        remedies.push_back(remedy_of(product, std::move(sighting), advice));
    }
    std::ranges::stable_sort(remedies, std::greater{}, &Remedy::confidence);
    if (remedies.size() > most_remedies) remedies.resize(most_remedies);
    const bool certain = !remedies.empty() && remedies.front().confidence >= likely;
    if (const auto* advice = advice_for(catalogue.generic, verdict.kind, facts); advice && !certain) {
        remedies.push_back({"", 0, "", advice->text, advice->snippet, "", ""});
    }
    return remedies;
}

std::vector<Remedy> products_on_the_way(const RemedyCatalogue& catalogue,
                                        std::span<const HeaderFields> responses) {
    std::vector<Remedy> products;
    const Recogniser recogniser(catalogue, responses);
    for (const auto& product : catalogue.products) {
        auto sighting = recogniser.look_for(product);
        if (sighting.confidence < likely) continue;
        products.push_back({product.title, sighting.confidence, std::move(sighting.why), "", "",
                            product.timeout, product.source});
    }
    std::ranges::stable_sort(products, std::greater{}, &Remedy::confidence);
    if (products.size() > most_remedies) products.resize(most_remedies);
    return products;
}

}  // namespace streamgauge::report
