#include "tests/house/coverage_rules.h"
#include "tests/house/include_rules.h"
#include "tests/house/layout_rules.h"
#include "tests/house/source_tree.h"

#include <gtest/gtest.h>

namespace streamgauge::house {
namespace {

/// Says each breach on a line of its own.
testing::AssertionResult holds(const Breaches& breaches) {
    auto result = breaches.empty() ? testing::AssertionSuccess() : testing::AssertionFailure();
    for (const std::string& breach : breaches) {
        result << "\n  " << breach;
    }
    return result;
}

/// The rules on this source tree itself.
class House : public testing::Test {
  public:
    static const SourceTree& tree() {
        static const SourceTree tree = read_source_tree(STREAMGAUGE_SOURCE_DIR);
        return tree;
    }
};

const Exceptions& untested() {
    static const Exceptions exceptions{
        {"bench/api/json_dialect.cpp",
         {"the common base of the dialects; each test of a dialect is one of it",
          "tests/bench/api/openai_chat_test.cpp"}},
        {"bench/api/openai_dialect.cpp",
         {"the common base of both OpenAI dialects", "tests/bench/api/openai_chat_test.cpp"}},
        {"bench/cli/main.cpp", {"hands over to the program", "tests/system/samples_test.cpp"}},
        {"bench/cli/scenario_input.cpp",
         {"what check and run have in common", "tests/bench/cli/check_command_test.cpp"}},
        {"bench/load/worker.cpp",
         {"a worker does nothing that its engine does not ask for", "tests/bench/load/engine_test.cpp"}},
    };
    return exceptions;
}

TEST_F(House, IsReadWhole) {
    EXPECT_TRUE(tree().contains("CMakeLists.txt"));
    EXPECT_TRUE(tree().contains("tests/house/house_test.cpp"));
    EXPECT_NE(tree().at("tests/house/house_test.cpp").find("IsReadWhole"), std::string::npos);
}

TEST_F(House, IncludesRunOneWay) {
    EXPECT_TRUE(holds(check_includes(tree())));
}

TEST_F(House, EverySourceHasATest) {
    EXPECT_TRUE(holds(check_tests(tree(), untested())));
}

TEST_F(House, EverySourceIsBuilt) {
    EXPECT_TRUE(holds(check_build_lists(tree())));
}

TEST_F(House, EverySampleScenarioIsRun) {
    EXPECT_TRUE(holds(check_sample_scenarios(tree())));
}

TEST_F(House, TopLevelIsTheHouse) {
    EXPECT_TRUE(holds(check_top_level(tree())));
}

TEST_F(House, TextIsClean) {
    EXPECT_TRUE(holds(check_text(tree())));
}

}  // namespace
}  // namespace streamgauge::house
