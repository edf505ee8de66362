#include "bench/live/progress_line.h"

#include <gmock/gmock.h>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

ProgressFigures busy() {
    return {12s, 65s, "steady", 812, 4210, 3, 48120.4, 312ms};
}

TEST(ProgressLine, ShowsEverythingWhereThereIsSpace) {
    EXPECT_EQ(format_progress(busy(), 200),
              "0:12/1:05  steady  812 open  4,210 done  3 errors  ttft p95 312ms  48,120 tokens/s");
}

TEST(ProgressLine, LeavesOutTtftUntilItIsKnown) {
    auto figures = busy();
    figures.ttft_p95.reset();
    EXPECT_THAT(format_progress(figures, 200), Not(HasSubstr("ttft")));
}

TEST(ProgressLine, FitsEveryWidth) {
    for (unsigned width = 0; width < 100; ++width)
        EXPECT_LE(format_progress(busy(), width).size(), width);
}

TEST(ProgressLine, DropsTheLeastTellingFiguresFirst) {
    EXPECT_EQ(format_progress(busy(), 70),
              "0:12/1:05  steady  812 open  4,210 done  3 errors  ttft p95 312ms");
    EXPECT_EQ(format_progress(busy(), 41), "0:12/1:05  812 open  4,210 done  3 errors");
    EXPECT_EQ(format_progress(busy(), 9), "0:12/1:05");
    EXPECT_EQ(format_progress(busy(), 4), "0:12");
}

TEST(ProgressLine, CountsCharactersAndNotBytes) {
    auto figures = busy();
    figures.phase = "\xc3\xbc\xc3\xbc\xc3\xbc\xc3\xbc";  // four letters in eight bytes
    const auto line = format_progress(figures, 200);
    EXPECT_EQ(format_progress(figures, static_cast<unsigned>(line.size()) - 4), line);
}

TEST(ProgressLine, ShowsNoControlCharacters) {
    auto figures = busy();
    figures.phase = "a\x1b[31m\nb";
    EXPECT_THAT(format_progress(figures, 200), HasSubstr("  a?[31m b  "));
}

TEST(ProgressLine, OneErrorIsOne) {
    auto figures = busy();
    figures.errors = 1;
    EXPECT_THAT(format_progress(figures, 200), HasSubstr("  1 error  "));
}

TEST(FormatClock, ReadsAsMinutesAndHours) {
    EXPECT_EQ(format_clock(-3s), "0:00");
    EXPECT_EQ(format_clock(7999ms), "0:07");
    EXPECT_EQ(format_clock(725s), "12:05");
    EXPECT_EQ(format_clock(3723s), "1:02:03");
}

TEST(WithThousands, GroupsDigits) {
    EXPECT_EQ(with_thousands(0), "0");
    EXPECT_EQ(with_thousands(999), "999");
    EXPECT_EQ(with_thousands(1000), "1,000");
    EXPECT_EQ(with_thousands(1234567), "1,234,567");
}

}  // namespace
}  // namespace streamgauge::live
