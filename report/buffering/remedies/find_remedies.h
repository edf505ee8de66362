#pragma once

#include "report/buffering/remedies/catalogue.h"
#include "report/buffering/remedies/remedy.h"
#include "report/model/buffering_verdict.h"

#include <cstddef>
#include <span>
#include <vector>

namespace streamgauge::report {

/// What is known of a target beside its responses' headers.
struct TargetFacts {
    bool tls = false;      ///< it is reached by TLS
    bool encoded = false;  ///< its answers have a content coding
};

/// No more than so many products are named.
inline constexpr std::size_t most_remedies = 5;

/// What would let the stream flow, the likeliest product first. `responses` are the header sets that were
/// seen. Products whose usual buffering is of the verdict's kind come before those that are merely on the
/// way. Ends in advice for the kind of buffering where no product is likely. Empty where nothing is held
/// back. Pure: the verdict is given, and does not depend on the product.
std::vector<Remedy> find_remedies(const RemedyCatalogue& catalogue, std::span<const HeaderFields> responses,
                                  const BufferingVerdict& verdict, const TargetFacts& facts);

/// The products that are likely on the way, whatever they do to streams, the likeliest first: what each was
/// recognised by, the timeout by which it would cut a stream, and the source. There is nothing to mend.
std::vector<Remedy> products_on_the_way(const RemedyCatalogue& catalogue,
                                        std::span<const HeaderFields> responses);

}  // namespace streamgauge::report
