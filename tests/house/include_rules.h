#pragma once

#include "tests/house/source_tree.h"

namespace streamgauge::house {

/// Includes run bench -> report -> scenarios, and inside a stage from room to room only as include_rules.cpp
/// lists. Every quoted include is written from the root and names a file of the tree (or one that the build
/// generates). Headers start with `#pragma once`.
Breaches check_includes(const SourceTree& tree);

}  // namespace streamgauge::house
