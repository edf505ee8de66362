#include "bench/simulator/buffering_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace streamgauge::simulator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using namespace std::chrono_literals;

constexpr Instant start_time{std::chrono::seconds{1000}};

/// Feeds pieces and collects the blocks.
class Collector {
  public:
    explicit Collector(const BufferingPlan& plan) : stage_{plan} {}

    void feed(std::string_view piece, std::chrono::nanoseconds at = {}) {
        stage_.feed(piece, start_time + at, [this](std::string_view block) { blocks.emplace_back(block); });
    }
    void token(std::string_view piece) {
        feed(piece);
        stage_.token_passed([this](std::string_view block) { blocks.emplace_back(block); });
    }
    void flush() {
        stage_.flush([this](std::string_view block) { blocks.emplace_back(block); });
    }
    void finish() {
        stage_.finish([this](std::string_view block) { blocks.emplace_back(block); });
    }
    std::size_t held() const { return stage_.held(); }
    Instant flush_due() const { return stage_.flush_due(); }

    std::vector<std::string> blocks;

  private:
    BufferingStage stage_;
};

BufferingPlan blocks_of(std::uint64_t size) {
    return {Buffering::block, size};
}

TEST(BufferingStage, NoneLetsEverythingThrough) {
    Collector stage{{}};
    stage.feed("abcdef");
    stage.feed("g");
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("abcdef", "g"));
}

TEST(BufferingStage, BlocksHaveTheirSizeWhateverThePieces) {
    Collector stage{blocks_of(4)};
    stage.feed("abc");
    EXPECT_THAT(stage.blocks, IsEmpty());
    stage.feed("def");
    EXPECT_THAT(stage.blocks, ElementsAre("abcd"));
    stage.feed("ghijklm");
    EXPECT_EQ(stage.held(), 1u);
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("abcd", "efgh", "ijkl", "m"));
}

TEST(BufferingStage, FullHoldsToTheEnd) {
    Collector stage{{Buffering::full}};
    stage.feed("abcdefgh");
    stage.feed("ij");
    EXPECT_THAT(stage.blocks, IsEmpty());
    EXPECT_EQ(stage.held(), 10u);
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("abcdefghij"));
}

TEST(BufferingStage, EndWithoutRestGivesNothing) {
    Collector stage{blocks_of(2)};
    stage.feed("ab");
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("ab"));
}

TEST(BufferingStage, TimerTicksAtWholePeriodsAfterTheFirstByte) {
    Collector stage{{Buffering::timer, 0, 100ms}};
    EXPECT_EQ(stage.flush_due(), never);
    stage.feed("a", 7ms);
    EXPECT_EQ(stage.flush_due(), start_time + 107ms);
    stage.feed("b", 60ms);
    EXPECT_EQ(stage.flush_due(), start_time + 107ms);
    EXPECT_THAT(stage.blocks, IsEmpty());
    stage.flush();
    EXPECT_THAT(stage.blocks, ElementsAre("ab"));
    EXPECT_EQ(stage.flush_due(), never) << "nothing is held";
    stage.feed("c", 350ms);
    EXPECT_EQ(stage.flush_due(), start_time + 407ms);
    stage.flush();
    stage.feed("d", 407ms);
    EXPECT_EQ(stage.flush_due(), start_time + 507ms);
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("ab", "c", "d"));
}

TEST(BufferingStage, WindowReleasesEverySoManyTokens) {
    Collector stage{{Buffering::tokens, 0, {}, 3}};
    stage.feed("role ");
    stage.token("a");
    stage.token("b");
    EXPECT_THAT(stage.blocks, IsEmpty());
    stage.token("c");
    EXPECT_THAT(stage.blocks, ElementsAre("role abc"));
    stage.token("d");
    stage.feed(" end");
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("role abc", "d end"));
}

TEST(BufferingStage, TokensDoNotMatterToTheOtherModes) {
    Collector stage{blocks_of(4)};
    stage.token("a");
    stage.token("b");
    EXPECT_THAT(stage.blocks, IsEmpty());
    EXPECT_EQ(stage.flush_due(), never);
}

}  // namespace
}  // namespace streamgauge::simulator
