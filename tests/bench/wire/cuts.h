#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::wire {

using Pieces = std::vector<std::string_view>;

/// Every way of cutting `input` that is worth a test: not at all, one byte at a time, at every single place,
/// and, for inputs up to `pairs_up_to` bytes, at every pair of places. A pair may coincide, which makes an
/// empty piece.
inline std::vector<Pieces> every_cut(const std::string& input, std::size_t pairs_up_to = 80) {
    const std::string_view view = input;
    std::vector<Pieces> cuts{{view}};
    Pieces bytes;
    for (std::size_t i = 0; i < input.size(); ++i)
        bytes.push_back(view.substr(i, 1));
    cuts.push_back(bytes);
    for (std::size_t i = 0; i <= input.size(); ++i) {
        cuts.push_back({view.substr(0, i), view.substr(i)});
        if (input.size() > pairs_up_to) continue;
        for (std::size_t j = i; j <= input.size(); ++j) {
            cuts.push_back({view.substr(0, i), view.substr(i, j - i), view.substr(j)});
        }
    }
    return cuts;
}
/// The pieces are views, so the input has to have a name.
std::vector<Pieces> every_cut(std::string&&, std::size_t = 0) = delete;

/// Calls `feed` with each piece in a buffer of its own that is gone afterwards, so that a view kept too long
/// shows under AddressSanitizer.
template <class Feed>
void feed_pieces(const Pieces& pieces, Feed feed) {
    for (const auto piece : pieces) {
        const std::vector<char> copy(piece.begin(), piece.end());
        feed(std::string_view(copy.data(), copy.size()));
    }
}

/// The pieces with a bar between them, control characters made visible: for failure messages.
inline std::string show(const Pieces& pieces) {
    std::string text;
    for (const auto piece : pieces) {
        for (const char c : piece) {
            if (c == '\n') {
                text += "\\n";
            } else if (c == '\r') {
                text += "\\r";
            } else {
                text += c;
            }
        }
        text += '|';
    }
    return text;
}

}  // namespace streamgauge::wire
