#include "report/buffering/remedies/product_headers.h"

#include <algorithm>
#include <iterator>

namespace streamgauge::report {

namespace {

constexpr std::size_t most_fields = 16;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

}  // namespace

bool is_content_encoding(std::string_view name) {
    return lower(name) == "content-encoding";
}

HeaderFields product_headers(const HeaderFields& response, const RemedyCatalogue& catalogue) {
    using Interest = RemedyCatalogue::Interest;
    HeaderFields kept;
    for (const auto& [name, value] : response) {
        if (kept.size() == most_fields) break;
        if (name.size() > longest_product_header) continue;
        auto key = lower(name);
        const auto interest = catalogue.interest_in(key);
        // A cookie's value is a credential; its name is in front.
        const auto most =
            key == "set-cookie" ? std::min(value.find('='), longest_product_header) : longest_product_header;
        if (interest == Interest::value) kept.emplace_back(name, value.substr(0, most));
        if (interest == Interest::name) kept.emplace_back(name, "");
        // The case of a name that every response has is a sign as well.
        if (interest == Interest::none && (key == "content-type" || key == "content-encoding"))
            kept.emplace_back(name, "");
    }
    return kept;
}

bool HeaderSets::add(const HeaderFields& fields) {
    if (fields.empty() || sets_.contains(fields) || sets_.size() >= most_header_sets) return false;
    return sets_.insert(fields).second;
}

void HeaderSets::merge(const HeaderSets& other) {
    for (const auto& fields : other.sets_) {
        sets_.insert(fields);
        if (sets_.size() > most_header_sets) sets_.erase(std::prev(sets_.end()));
    }
}

}  // namespace streamgauge::report
