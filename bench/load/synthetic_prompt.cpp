#include "bench/load/synthetic_prompt.h"

#include "bench/load/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace streamgauge::load {

namespace {

constexpr std::array<std::string_view, 256> words{
    "about",  "above",   "across", "after",  "again",   "air",    "all",    "along",  "also",    "always",
    "among",  "answer",  "area",   "ask",    "back",    "bank",   "base",   "bed",    "before",  "began",
    "best",   "better",  "bird",   "black",  "blue",    "boat",   "body",   "book",   "both",    "box",
    "bridge", "bring",   "brown",  "build",  "call",    "came",   "car",    "care",   "carry",   "cause",
    "change", "city",    "class",  "clear",  "close",   "cloud",  "coast",  "cold",   "color",   "come",
    "common", "course",  "cover",  "cross",  "current", "dark",   "day",    "deep",   "delta",   "door",
    "down",   "draw",    "dry",    "early",  "earth",   "east",   "edge",   "end",    "enough",  "even",
    "every",  "face",    "fact",   "fall",   "far",     "farm",   "fast",   "feet",   "field",   "fill",
    "find",   "fine",    "fire",   "first",  "fish",    "flow",   "follow", "food",   "foot",    "force",
    "forest", "form",    "found",  "free",   "full",    "game",   "garden", "gave",   "give",    "glass",
    "gold",   "good",    "grass",  "gray",   "great",   "green",  "ground", "group",  "grow",    "half",
    "hand",   "hard",    "head",   "hear",   "heat",    "high",   "hill",   "hold",   "home",    "horse",
    "hour",   "house",   "ice",    "idea",   "island",  "keep",   "kind",   "known",  "lake",    "land",
    "large",  "last",    "late",   "lead",   "leaf",    "learn",  "left",   "letter", "level",   "light",
    "line",   "list",    "little", "live",   "long",    "look",   "low",    "made",   "main",    "map",
    "mark",   "measure", "meet",   "mile",   "mill",    "mind",   "moon",   "more",   "most",    "mouth",
    "move",   "much",    "music",  "name",   "near",    "night",  "north",  "note",   "number",  "ocean",
    "open",   "order",   "page",   "paper",  "part",    "path",   "place",  "plain",  "plant",   "point",
    "pool",   "rain",    "reach",  "ready",  "river",   "road",   "rock",   "round",  "salt",    "sand",
    "sea",    "shape",   "ship",   "shore",  "short",   "side",   "sign",   "silver", "simple",  "size",
    "sky",    "small",   "smooth", "snow",   "soft",    "song",   "sound",  "south",  "space",   "spring",
    "stand",  "star",    "start",  "state",  "stay",    "step",   "still",  "stone",  "stop",    "store",
    "storm",  "story",   "stream", "street", "strong",  "summer", "sun",    "table",  "tail",    "talk",
    "tall",   "teach",   "tell",   "thin",   "thing",   "tide",   "time",   "top",    "town",    "track",
    "trade",  "train",   "travel", "tree",   "turn",    "under",  "valley", "view",   "village", "voice",
    "walk",   "wall",    "warm",   "watch",  "water",   "wave"};

void append_words(std::string& text, RandomStream random, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!text.empty()) text += ' ';
        text += words[random.below(words.size())];
    }
}

double draw(const scenarios::LengthDistribution& lengths, RandomStream random) {
    using Kind = scenarios::LengthDistribution::Kind;
    constexpr double z95 = 1.6448536269514722;  // the normal distribution's 95 % point
    switch (lengths.kind) {
        case Kind::constant:
            return lengths.a;
        case Kind::uniform:
            return std::floor(lengths.a + random.uniform() * (lengths.b - lengths.a + 1));
        case Kind::normal:
            return lengths.a + random.normal() * lengths.b;
        case Kind::lognormal:
            return lengths.a * std::exp(random.normal() * std::log(lengths.b / lengths.a) / z95);
    }
    return lengths.a;
}

constexpr bool has_five_letters(std::string_view word) {
    return word.size() == 5;
}
constexpr auto five_letter_count = static_cast<std::size_t>(std::ranges::count_if(words, has_five_letters));
static_assert(five_letter_count > 64);

constexpr auto five_letter_words = [] {
    std::array<std::string_view, five_letter_count> found{};
    std::ranges::copy_if(words, found.begin(), has_five_letters);
    return found;
}();

}  // namespace

std::string synthetic_prompt(const scenarios::SyntheticPrompts& shape, std::uint64_t shared_seed,
                             std::uint64_t own_seed) {
    const auto length = draw_length(shape.words, combine({own_seed, 1}));
    const auto shared = static_cast<std::uint64_t>(
        std::floor(std::clamp(shape.shared_prefix, 0.0, 1.0) * static_cast<double>(length)));
    std::string text;
    text.reserve(length * 6);
    append_words(text, RandomStream(combine({shared_seed, 2})), shared);
    append_words(text, RandomStream(combine({own_seed, 3})), length - shared);
    return text;
}

std::string opening_words(std::uint64_t seed) {
    constexpr int count = 10;
    RandomStream random(seed);
    std::string text;
    for (int i = 0; i < count; ++i) {
        if (!text.empty()) text += ' ';
        text += five_letter_words[random.below(five_letter_words.size())];
    }
    return text;
}

std::uint64_t draw_length(const scenarios::LengthDistribution& lengths, std::uint64_t seed) {
    const double drawn = std::round(draw(lengths, RandomStream(seed)));
    return static_cast<std::uint64_t>(std::clamp(drawn, 1.0, 1e6));
}

}  // namespace streamgauge::load
