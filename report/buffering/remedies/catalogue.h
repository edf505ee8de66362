#pragma once

#include "report/model/buffering_verdict.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// How a product shows itself in a response.
struct ProductSign {
    enum class Match { present, equals, starts_with, contains };

    std::string header;  ///< lower case; empty: all header names came in lower case
    Match match = Match::present;
    std::string value;                ///< lower case
    std::vector<std::string> unless;  ///< products that explain the sign as well
    double confidence = 0;            ///< 0..1
};

/// What to set against some kinds of buffering, where the conditions hold.
struct Advice {
    std::vector<BufferingKind> kinds;  ///< empty: all
    std::optional<bool> tls, encoded;
    std::string text, snippet;

    bool fits(BufferingKind kind, bool is_tls, bool is_encoded) const;
};

struct Product {
    std::string name, title;
    std::vector<ProductSign> signs;
    std::vector<Advice> advice;
    std::string timeout, source;
};

/// What is known of products that hold streams back.
struct RemedyCatalogue {
    std::vector<Advice> generic;  ///< by kind; the last fits all
    std::vector<Product> products;

    /// Whether a sign looks at this header, and at its value. `name` is in lower case.
    enum class Interest { none, name, value };
    Interest interest_in(std::string_view name) const;

    std::map<std::string, Interest, std::less<>> interests;  ///< by header, lower case
};

/// Reads a catalogue from YAML; schema.json beside products.yaml says what it holds. Throws
/// std::runtime_error with a sentence that names the line.
RemedyCatalogue parse_catalogue(const std::string& yaml);

/// The catalogue inside the program: products.yaml. Read once, at the first call.
const RemedyCatalogue& remedy_catalogue();

/// The text of products.yaml.
std::string_view products_yaml();

}  // namespace streamgauge::report
