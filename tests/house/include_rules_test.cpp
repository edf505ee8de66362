#include "tests/house/include_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::house {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// A tree of one file that includes another one.
SourceTree tree_of(const std::string& path, const std::string& included) {
    return {{included, "#pragma once\n"}, {path, "#include \"" + included + "\"\n"}};
}

TEST(IncludeRules, LetAStageIncludeTheOnesAfterIt) {
    EXPECT_THAT(check_includes(tree_of("bench/load/worker.cpp", "bench/net/exchange.h")), IsEmpty());
    EXPECT_THAT(check_includes(tree_of("bench/net/exchange.cpp", "report/model/outcome.h")), IsEmpty());
    EXPECT_THAT(check_includes(tree_of("report/summary/builder.cpp", "scenarios/scenario.h")), IsEmpty());
    EXPECT_THAT(check_includes(tree_of("bench/cli/main.cpp", "bench/simulator/server.h")), IsEmpty());
    EXPECT_THAT(check_includes(tree_of("bench/wire/sse.cpp", "bench/wire/sse.h")), IsEmpty());
}

struct Direction {
    std::string path;
    std::string included;
};

class ForbiddenInclude : public testing::TestWithParam<Direction> {};

TEST_P(ForbiddenInclude, IsABreach) {
    const auto& [path, included] = GetParam();
    EXPECT_THAT(check_includes(tree_of(path, included)),
                ElementsAre(HasSubstr(path + " includes \"" + included + "\": ")));
}

INSTANTIATE_TEST_SUITE_P(IncludeRules, ForbiddenInclude,
                         testing::Values(Direction{"report/summary/builder.cpp", "bench/load/engine.h"},
                                         Direction{"scenarios/loader.cpp", "report/model/outcome.h"},
                                         Direction{"scenarios/loader.cpp", "bench/api/dialect.h"},
                                         Direction{"bench/net/dialer.cpp", "report/summary/summary.h"},
                                         Direction{"bench/wire/sse.cpp", "bench/net/dialer.h"},
                                         Direction{"bench/api/chat.cpp", "bench/load/engine.h"},
                                         Direction{"bench/net/dialer.cpp", "bench/load/engine.h"},
                                         Direction{"bench/simulator/server.cpp", "bench/wire/sse.h"},
                                         Direction{"bench/load/worker.cpp", "bench/simulator/server.h"},
                                         Direction{"bench/load/worker.cpp", "bench/cli/console.h"},
                                         Direction{"report/model/outcome.cpp", "report/stats/interval.h"},
                                         Direction{"bench/wire/sse.cpp", "tests/bench/table.h"},
                                         Direction{"tests/report/a_test.cpp", "bench/wire/sse.h"},
                                         Direction{"tests/scenarios/a_test.cpp", "report/model/outcome.h"}));

TEST(IncludeRules, WantIncludesWrittenFromTheRoot) {
    const SourceTree tree{{"scenarios/a.cpp", "#include \"loader.h\"\n"},
                          {"scenarios/loader.h", "#pragma once\n"}};
    EXPECT_THAT(check_includes(tree), ElementsAre(HasSubstr("no file of the tree")));
}

TEST(IncludeRules, SeeEveryIncludeHoweverItIsSpaced) {
    const SourceTree tree{{"scenarios/a.cpp", "#include \"bench/x.h\"\n  #  include\t\"bench/y.h\"\n"}};
    EXPECT_THAT(check_includes(tree), ElementsAre(HasSubstr("bench/x.h"), HasSubstr("bench/y.h")));
}

TEST(IncludeRules, KnowEveryRoom) {
    EXPECT_THAT(check_includes({{"bench/cache/store.cpp", ""}}), ElementsAre(HasSubstr("stands in no room")));
}

TEST(IncludeRules, WantPragmaOnceFirst) {
    EXPECT_THAT(check_includes({{"scenarios/a.h", "// A comment.\n#pragma once\n"}}),
                ElementsAre(HasSubstr("#pragma once")));
}

}  // namespace
}  // namespace streamgauge::house
