#pragma once

#include <span>
#include <string>
#include <string_view>

namespace streamgauge::scenarios {

/// How many letters must be inserted, deleted, replaced or swapped with their neighbour to turn one word into
/// the other (optimal string alignment, a restricted Damerau-Levenshtein distance). Case counts for nothing.
std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate that was probably meant by `word`; empty when none is near.
std::string suggest(std::string_view word, std::span<const std::string_view> candidates);
std::string suggest(std::string_view word, std::span<const std::string> candidates);

}  // namespace streamgauge::scenarios
