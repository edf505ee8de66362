#include "report/buffering/sentence.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

BufferingVerdict of_kind(BufferingKind kind) {
    BufferingVerdict verdict;
    verdict.kind = kind;
    return verdict;
}

std::string say(const BufferingVerdict& verdict) {
    return buffering_sentence("gateway", verdict);
}

TEST(BufferingSentence, HasAVerbForEachKind) {
    using enum BufferingKind;
    EXPECT_EQ(say(of_kind(none)), "gateway passes tokens on as they are made");
    EXPECT_EQ(say(of_kind(full)), "gateway holds the whole answer back to its end");
    EXPECT_EQ(say(of_kind(compression)), "gateway compresses without flushing, which holds tokens back");
    EXPECT_EQ(say(of_kind(instant)), "gateway answers all at once and early, as from a cache");
    EXPECT_EQ(say(of_kind(unclear)), "gateway delivers tokens in bursts without a clear pattern");
    EXPECT_EQ(say(of_kind(insufficient)), "gateway gave too little to tell whether tokens are held back");
    EXPECT_EQ(say(of_kind(not_streamed)), "gateway does not stream: its answer is one document");
}

TEST(BufferingSentence, NamesTheParameter) {
    BufferingVerdict verdict;
    verdict.block_bytes = 4096;
    verdict.timer_period = 200ms;
    verdict.window_tokens = 20;
    verdict.kind = BufferingKind::block;
    EXPECT_EQ(say(verdict), "gateway holds tokens back in blocks of 4096 bytes");
    verdict.kind = BufferingKind::token_window;
    EXPECT_EQ(say(verdict), "gateway holds tokens back until 20 are together");
    verdict.kind = BufferingKind::timer_or_window;
    EXPECT_EQ(say(verdict), "gateway holds tokens back, either until 20 are together or for 200ms at a time");
    verdict.kind = BufferingKind::block_or_window;
    EXPECT_EQ(say(verdict),
              "gateway holds tokens back, either until 20 are together or until about 4096 bytes are");
    verdict.kind = BufferingKind::timer;
    EXPECT_EQ(say(verdict),
              "gateway holds tokens back and releases them every 200ms, or once about 4096 bytes wait");
    verdict.block_bytes.reset();
    EXPECT_EQ(say(verdict), "gateway holds tokens back and releases them every 200ms");
}

TEST(BufferingSentence, ReadsWithoutAParameter) {
    using enum BufferingKind;
    EXPECT_EQ(say(of_kind(block)), "gateway holds tokens back in blocks");
    EXPECT_EQ(say(of_kind(timer)), "gateway holds tokens back until a timer releases them");
    EXPECT_EQ(say(of_kind(token_window)), "gateway holds tokens back until some are together");
    EXPECT_EQ(say(of_kind(timer_or_window)),
              "gateway holds tokens back and releases them in regular bursts, by time or by number");
    EXPECT_EQ(say(of_kind(block_or_window)),
              "gateway holds tokens back and releases them in regular bursts, by number or by size");
}

TEST(BufferingSentence, SaysHowLongOfWhatIsHeldOnly) {
    auto verdict = of_kind(BufferingKind::full);
    verdict.estimated_hold = 2s;
    EXPECT_EQ(say(verdict), "gateway holds the whole answer back to its end (p95 held 2s)");
    verdict.kind = BufferingKind::none;
    EXPECT_EQ(say(verdict), "gateway passes tokens on as they are made");
}

TEST(CutOffSentence, SaysWhatTheClockCountsFrom) {
    CutOff cut_off;
    cut_off.after = 60s;
    EXPECT_EQ(cut_off_sentence("edge", cut_off), "edge cuts streams off 60s after the request");
    cut_off.kind = CutOffKind::idle;
    EXPECT_EQ(cut_off_sentence("edge", cut_off), "edge cuts streams off after 60s of silence");
}

}  // namespace
}  // namespace streamgauge::report
