#include "bench/simulator/words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace streamgauge::simulator {

namespace {

constexpr std::array<std::string_view, 64> word_list{
    "river",  "water", "stone",  "bridge",  "valley", "the",    "a",       "of",    "and",   "to",    "flows",
    "slowly", "over",  "under",  "through", "spring", "meadow", "rain",    "cloud", "wind",  "bank",  "shore",
    "deep",   "clear", "cold",   "bright",  "level",  "rises",  "falls",   "gauge", "mark",  "hour",  "day",
    "night",  "after", "before", "every",   "with",   "from",   "into",    "where", "when",  "then",  "still",
    "always", "light", "green",  "grey",    "boat",   "mill",   "wheel",   "turns", "field", "grass", "heron",
    "trout",  "reed",  "source", "mouth",   "delta",  "tide",   "current", "quiet", "ripple"};

constexpr std::array<std::string_view, 8> multi_byte_words{"größe", "fluß", "été",   "日本語",
                                                           "поток", "水流", "naïve", "🌊🌊"};

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";

}  // namespace

void Words::append(std::string& text) {
    text += ' ';
    const std::uint64_t bits = random_.next() >> 8;
    text +=
        multi_byte_ ? multi_byte_words[bits % multi_byte_words.size()] : word_list[bits % word_list.size()];
}

void append_padding(std::string& text, std::uint64_t position, std::size_t length) {
    constexpr std::size_t characters_per_draw = 10;  // of six bits each
    Random random{position};
    while (length > 0) {
        std::uint64_t bits = random.next();
        const std::size_t piece = std::min(length, characters_per_draw);
        for (std::size_t character = 0; character < piece; ++character, bits >>= 6) {
            text += alphabet[bits & 63];
        }
        length -= piece;
    }
}

}  // namespace streamgauge::simulator
