#include "bench/probe/rhythm_strip.h"

#include <gmock/gmock.h>

#include <vector>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

std::vector<nanoseconds> every(nanoseconds gap, int count, nanoseconds first = 0ns) {
    std::vector<nanoseconds> arrivals;
    arrivals.reserve(count);
    for (int i = 0; i < count; ++i)
        arrivals.push_back(first + i * gap);
    return arrivals;
}

TEST(HeightMark, GrowsWithTheHeight) {
    std::string unicode, ascii;
    for (std::size_t eighths = 0; eighths <= 9; ++eighths) {
        unicode += height_mark(eighths, true);
        ascii += height_mark(eighths, false);
    }
    EXPECT_EQ(unicode, "·▁▂▃▄▅▆▇██");
    EXPECT_EQ(ascii, "._--==####");
}

TEST(RhythmStrip, DrawsAnEvenStreamAsALowLine) {
    EXPECT_EQ(rhythm_strip(every(10ms, 20), 200ms, 10, false), "----------");
    EXPECT_EQ(rhythm_strip(every(10ms, 20), 200ms, 10, true), "▂▂▂▂▂▂▂▂▂▂");
}

TEST(RhythmStrip, DrawsAHeldStreamAsTowersInSilence) {
    auto arrivals = std::vector<nanoseconds>(10, 45ms);
    arrivals.insert(arrivals.end(), 10, 95ms);
    EXPECT_EQ(rhythm_strip(arrivals, 100ms, 10, false), "....#....#");
    EXPECT_EQ(rhythm_strip(arrivals, 100ms, 10, true), "····█····█");
}

TEST(RhythmStrip, EndsWithTheLastTokenWhereAnotherStreamTakesLonger) {
    EXPECT_EQ(rhythm_strip(every(10ms, 10), 200ms, 10, false), "-----");
}

TEST(RhythmStrip, DrawsSparseTokensLowToo) {
    EXPECT_EQ(rhythm_strip(every(50ms, 2), 100ms, 10, false), "-....-");
}

TEST(RhythmStrip, KeepsWithinItsColumns) {
    EXPECT_EQ(rhythm_strip(std::vector<nanoseconds>{-5ms, 100ms, 900ms}, 100ms, 4, false), "-..=");
}

TEST(RhythmStrip, IsEmptyWithoutAnythingToDraw) {
    EXPECT_EQ(rhythm_strip({}, 1s, 10, true), "");
    EXPECT_EQ(rhythm_strip(every(1ms, 3), 0ns, 10, true), "");
    EXPECT_EQ(rhythm_strip(every(1ms, 3), 1s, 0, true), "");
}

}  // namespace
}  // namespace streamgauge::probe
