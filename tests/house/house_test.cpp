#include "tests/house/coverage_rules.h"
#include "tests/house/include_rules.h"
#include "tests/house/layout_rules.h"
#include "tests/house/source_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::house {
namespace {

using testing::IsEmpty;

/// The rules on this source tree itself.
class House : public testing::Test {
  public:
    static const SourceTree& tree() {
        static const SourceTree tree = read_source_tree(STREAMGAUGE_SOURCE_DIR);
        return tree;
    }
};

const Exceptions& untested() {
    static const Exceptions exceptions{};
    return exceptions;
}

TEST_F(House, IsReadWhole) {
    EXPECT_TRUE(tree().contains("CMakeLists.txt"));
    EXPECT_TRUE(tree().contains("tests/house/house_test.cpp"));
    EXPECT_NE(tree().at("tests/house/house_test.cpp").find("IsReadWhole"), std::string::npos);
}

TEST_F(House, IncludesRunOneWay) {
    EXPECT_THAT(check_includes(tree()), IsEmpty());
}

TEST_F(House, EverySourceHasATest) {
    EXPECT_THAT(check_tests(tree(), untested()), IsEmpty());
}

TEST_F(House, EverySourceIsBuilt) {
    EXPECT_THAT(check_build_lists(tree()), IsEmpty());
}

TEST_F(House, EverySampleScenarioIsRun) {
    EXPECT_THAT(check_sample_scenarios(tree()), IsEmpty());
}

TEST_F(House, TopLevelIsTheHouse) {
    EXPECT_THAT(check_top_level(tree()), IsEmpty());
}

TEST_F(House, TextIsClean) {
    EXPECT_THAT(check_text(tree()), IsEmpty());
}

}  // namespace
}  // namespace streamgauge::house
