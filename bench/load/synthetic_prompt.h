#pragma once

#include "scenarios/scenario.h"

#include <cstdint>
#include <string>

namespace streamgauge::load {

/// Words without meaning, for the length and the sameness of prompts only. The number of words follows from
/// `own_seed`. Of n words the first `shared_prefix` * n (rounded down) come from `shared_seed`, so that all
/// prompts of a run begin alike as far as their prefixes reach; the rest come from `own_seed`. The words are
/// common English ones, which most tokenizers keep whole.
std::string synthetic_prompt(const scenarios::SyntheticPrompts& shape, std::uint64_t shared_seed,
                             std::uint64_t own_seed);

/// Ten of those words, all of five letters, so that every opening is of one length: 59 characters. No two
/// seeds of a run are likely to share one (over 60 bits).
std::string opening_words(std::uint64_t seed);

/// A whole number drawn from a distribution, at least 1 and at most 1,000,000. A lognormal is given by its
/// median and p95: sigma = ln(p95 / median) / 1.645.
std::uint64_t draw_length(const scenarios::LengthDistribution& lengths, std::uint64_t seed);

}  // namespace streamgauge::load
