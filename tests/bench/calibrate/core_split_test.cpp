#include "bench/calibrate/core_split.h"

#include <gmock/gmock.h>

#include <thread>

namespace streamgauge::calibrate {
namespace {

using ::testing::ElementsAre;

TEST(CoreSplit, GivesEachSideItsHalf) {
    EXPECT_THAT(split_cores({0, 1}).server, ElementsAre(0));
    EXPECT_THAT(split_cores({0, 1}).client, ElementsAre(1));
    EXPECT_THAT(split_cores({2, 5, 7}).server, ElementsAre(2));
    EXPECT_THAT(split_cores({2, 5, 7}).client, ElementsAre(5, 7));
}

TEST(CoreSplit, SharesASingleCore) {
    EXPECT_THAT(split_cores({3}).server, ElementsAre(3));
    EXPECT_THAT(split_cores({3}).client, ElementsAre(3));
}

TEST(CoreSplit, BindsTheThreadAndGivesItBack) {
    const auto before = usable_cores();
    ASSERT_FALSE(before.empty());
    std::thread([&] {
        run_on({before.back()});
        EXPECT_THAT(usable_cores(), ElementsAre(before.back()));
    }).join();
    EXPECT_EQ(usable_cores(), before);
}

}  // namespace
}  // namespace streamgauge::calibrate
