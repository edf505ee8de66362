#pragma once

#include "tests/house/source_tree.h"

namespace streamgauge::house {

/// At the top stand the three stages, tests/, ci/ and the files that tools want there, and nothing else.
Breaches check_top_level(const SourceTree& tree);

/// No text file holds bytes that do not show (other than tab and line end), a conflict mark, a note of work
/// left undone, a path of somebody's machine, a private key, or a download address in a lock file.
Breaches check_text(const SourceTree& tree);

}  // namespace streamgauge::house
