#include "bench/simulator/buffering_stage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

namespace streamgauge::simulator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Feeds pieces and collects the blocks.
class Collector {
  public:
    Collector(Buffering mode, std::uint64_t block_size) : stage_{mode, block_size} {}

    void feed(std::string_view piece) {
        stage_.feed(piece, [this](std::string_view block) { blocks.emplace_back(block); });
    }
    void finish() {
        stage_.finish([this](std::string_view block) { blocks.emplace_back(block); });
    }
    std::size_t held() const { return stage_.held(); }

    std::vector<std::string> blocks;

  private:
    BufferingStage stage_;
};

TEST(BufferingStage, NoneLetsEverythingThrough) {
    Collector stage{Buffering::none, 4};
    stage.feed("abcdef");
    stage.feed("g");
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("abcdef", "g"));
}

TEST(BufferingStage, BlocksHaveTheirSizeWhateverThePieces) {
    Collector stage{Buffering::block, 4};
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
    Collector stage{Buffering::full, 4};
    stage.feed("abcdefgh");
    stage.feed("ij");
    EXPECT_THAT(stage.blocks, IsEmpty());
    EXPECT_EQ(stage.held(), 10u);
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("abcdefghij"));
}

TEST(BufferingStage, EndWithoutRestGivesNothing) {
    Collector stage{Buffering::block, 2};
    stage.feed("ab");
    stage.finish();
    EXPECT_THAT(stage.blocks, ElementsAre("ab"));
}

}  // namespace
}  // namespace streamgauge::simulator
