#pragma once

#include "report/buffering/remedies/catalogue.h"
#include "report/buffering/remedies/remedy.h"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::report {

/// Of one target no more than so many different sets of headers are kept.
inline constexpr std::size_t most_header_sets = 8;
/// Bytes of a header's name and value that are kept.
inline constexpr std::size_t longest_product_header = 120;

/// The fields that tell products apart, in the response's order, bounded: others are left out, and the value
/// of one whose presence is sign enough (a ray or request id) is left empty, so that responses of one product
/// have one set. Names keep their case, which is a sign too.
HeaderFields product_headers(const HeaderFields& response, const RemedyCatalogue& catalogue);

/// Whether a field says that the response has a content coding. Such a field is always kept.
bool is_content_encoding(std::string_view name);

/// The different sets of headers that a target's responses had, the first few of them; merging is
/// associative, and neither the order of adding nor of merging matters as long as no more than
/// most_header_sets come.
class HeaderSets {
  public:
    /// True when the set is new and there was room for it.
    bool add(const HeaderFields& fields);
    void merge(const HeaderSets& other);

    std::vector<HeaderFields> all() const { return {sets_.begin(), sets_.end()}; }

  private:
    std::set<HeaderFields> sets_;
};

}  // namespace streamgauge::report
