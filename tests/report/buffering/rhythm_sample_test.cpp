#include "report/buffering/rhythm_sample.h"

#include <gtest/gtest.h>

namespace streamgauge::report {
namespace {

BurstRhythm rhythm(std::uint64_t number) {
    BurstRhythm rhythm;
    rhythm.bursts = 5;
    rhythm.tokens = number;
    return rhythm;
}

RhythmSample sample_of(std::uint64_t first, std::uint64_t end) {
    RhythmSample sample;
    for (auto number = first; number < end; ++number)
        sample.add(rhythm(number));
    return sample;
}

TEST(RhythmSampleTest, KeepsAllOfAFew) {
    EXPECT_TRUE(RhythmSample().rhythms().empty());
    EXPECT_EQ(sample_of(0, 100).rhythms().size(), 100u);
}

TEST(RhythmSampleTest, KeepsTwins) {
    RhythmSample sample;
    sample.add(rhythm(1));
    sample.add(rhythm(1));
    EXPECT_EQ(sample.rhythms().size(), 2u);
}

TEST(RhythmSampleTest, IsBounded) {
    EXPECT_EQ(sample_of(0, 10'000).rhythms().size(), RhythmSample::capacity);
}

TEST(RhythmSampleTest, DrawsEvenly) {
    double sum = 0;
    for (const auto& drawn : sample_of(0, 10'000).rhythms())
        sum += static_cast<double>(drawn.tokens);
    // Standard error of the mean of 256 of 0..9999: 180.
    EXPECT_NEAR(sum / RhythmSample::capacity, 5'000, 720);
}

TEST(RhythmSampleTest, MergesInAnyOrder) {
    const auto whole = sample_of(0, 3'000).rhythms();
    auto left = sample_of(0, 1'000);
    left.merge(sample_of(1'000, 2'000));
    left.merge(sample_of(2'000, 3'000));
    auto right = sample_of(2'000, 3'000);
    auto middle = sample_of(1'000, 2'000);
    middle.merge(sample_of(0, 1'000));
    right.merge(middle);
    EXPECT_EQ(left.rhythms(), whole);
    EXPECT_EQ(right.rhythms(), whole);
}

}  // namespace
}  // namespace streamgauge::report
