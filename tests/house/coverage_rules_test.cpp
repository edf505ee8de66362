#include "tests/house/coverage_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(Tests, MirrorTheSources) {
    EXPECT_THAT(check_tests({{"bench/wire/sse.cpp", ""}, {"tests/bench/wire/sse_test.cpp", ""}}, {}),
                IsEmpty());
    EXPECT_THAT(check_tests({{"bench/wire/sse.cpp", ""}, {"tests/bench/sse_test.cpp", ""}}, {}),
                ElementsAre("bench/wire/sse.cpp has no test; write tests/bench/wire/sse_test.cpp"));
}

TEST(Tests, AreNotWantedForHeadersAndBenchmarks) {
    EXPECT_THAT(
        check_tests({{"bench/wire/sse.h", ""}, {"bench/micro/sse_benchmark.cpp", ""}, {"tests/a.cpp", ""}},
                    {}),
        IsEmpty());
}

TEST(Tests, MayStandElsewhereForAReason) {
    const SourceTree tree{{"bench/cli/main.cpp", ""}, {"tests/system/run_test.cpp", ""}};
    EXPECT_THAT(check_tests(tree, {{"bench/cli/main.cpp", {"a few lines", "tests/system/run_test.cpp"}}}),
                IsEmpty());
    EXPECT_THAT(check_tests(tree, {{"bench/cli/main.cpp", {"a few lines", "tests/system/gone_test.cpp"}}}),
                ElementsAre(HasSubstr("which is gone")));
}

TEST(Tests, NeedNoExceptionOnceTheyAreThere) {
    const Exceptions exceptions{{"bench/cli/main.cpp", {"a few lines", ""}}};
    EXPECT_THAT(check_tests({}, exceptions), ElementsAre(HasSubstr("is gone")));
    EXPECT_THAT(check_tests({{"bench/cli/main.cpp", ""}, {"tests/bench/cli/main_test.cpp", ""}}, exceptions),
                ElementsAre(HasSubstr("but has one")));
}

TEST(BuildLists, NameEverySource) {
    const SourceTree tree{{"bench/wire/CMakeLists.txt", "streamgauge_room(wire SOURCES sse.cpp)"},
                          {"bench/wire/sse.cpp", ""}};
    EXPECT_THAT(check_build_lists(tree), IsEmpty());
}

TEST(BuildLists, NameASourceOfAFolderBelow) {
    const SourceTree tree{{"tests/CMakeLists.txt", "streamgauge_tests(house SOURCES house/a_test.cpp)"},
                          {"tests/house/a_test.cpp", ""}};
    EXPECT_THAT(check_build_lists(tree), IsEmpty());
}

TEST(BuildLists, DoNotPassForALongerName) {
    const SourceTree tree{{"tests/CMakeLists.txt", "streamgauge_tests(x SOURCES other_sse_test.cpp)"},
                          {"tests/sse_test.cpp", ""}};
    EXPECT_THAT(check_build_lists(tree),
                ElementsAre(HasSubstr("tests/sse_test.cpp is in no CMakeLists.txt")));
}

TEST(SampleScenarios, AreNamedByATestOrAScript) {
    EXPECT_THAT(
        check_sample_scenarios({{"scenarios/demo.yaml", ""}, {"ci/demo", "run scenarios/demo.yaml\n"}}),
        IsEmpty());
    EXPECT_THAT(
        check_sample_scenarios({{"scenarios/ci/gate.yaml", ""}, {"tests/a_test.cpp", "{\"gate\", 2s}"}}),
        IsEmpty());
    EXPECT_THAT(
        check_sample_scenarios({{"scenarios/demo.yaml", ""}, {"ci/demo", "run scenarios/my-demo.yaml\n"}}),
        ElementsAre(HasSubstr("scenarios/demo.yaml is run by no test")));
}

}  // namespace
}  // namespace streamgauge::house
