#pragma once

#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// Header fields of a response, in its order: name, value.
using HeaderFields = std::vector<std::pair<std::string, std::string>>;

/// What would let a held-back stream flow, at one product that may stand on the way.
struct Remedy {
    std::string product;    ///< as its makers write it; empty: advice for the kind of buffering alone
    double confidence = 0;  ///< 0..1, that the product is on the way and holds the stream back
    std::string why;        ///< by what it was recognised; holds text of the server, so escape it
    std::string text;       ///< what to set, and why
    std::string snippet;    ///< the same as configuration; empty: there is none
    std::string timeout;    ///< the default that would cut a stream; empty: none is known
    std::string source;     ///< where this is known from
};

}  // namespace streamgauge::report
