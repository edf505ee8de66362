#pragma once

#include "tests/house/source_tree.h"

namespace streamgauge::house {

/// Why a source has no test file of its own: its path -> the reason, and the test file that covers it instead
/// (empty only for what no test can reach).
struct Exception {
    std::string reason;
    std::string covered_by;
};
using Exceptions = std::map<std::string, Exception>;

/// Each source of a room has a test of the same name in the same place under tests/:
/// bench/wire/sse_decoder.cpp -> tests/bench/wire/sse_decoder_test.cpp. An exception that is no longer
/// needed, or whose covering test is gone, is a breach too.
Breaches check_tests(const SourceTree& tree, const Exceptions& exceptions);

/// Each source and each test stands in the CMakeLists.txt of its folder or one above: a test that is not
/// built cannot fail.
Breaches check_build_lists(const SourceTree& tree);

/// Each ready-made scenario is named by a test or by a script of ci/: `demo.yaml`, or `"demo"`.
Breaches check_sample_scenarios(const SourceTree& tree);

}  // namespace streamgauge::house
