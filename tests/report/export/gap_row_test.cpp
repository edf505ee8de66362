#include "report/export/gap_row.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;

const RunNames names{{"direct", "gateway"}, {"warm-up", "steady"}};

std::optional<GapRow> parse(const std::string& row) {
    JsonLineReader reader;
    return reader.parse(row) ? parse_gap_row(reader, names) : std::nullopt;
}

GapCounts counts_at(std::chrono::nanoseconds start) {
    GapCounts counts{start, Histogram()};
    counts.gaps.record(0ns, 3);
    counts.gaps.record(500ns);
    counts.gaps.record(20ms + 7ns, 12'345);
    counts.gaps.record(2h);
    return counts;
}

TEST(GapRowTest, KeepsTheWholeHistogram) {
    const auto counts = counts_at(12'345ms);
    const GapKey key{1, 1, 12};
    const auto row = parse(gap_row(key, counts, names));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->key, key);
    EXPECT_EQ(row->counts.start, 12'345ms);
    EXPECT_EQ(row->counts.gaps.bins(), counts.gaps.bins());
    EXPECT_EQ(row->counts.gaps.count(), 12'350U);
    EXPECT_EQ(row->counts.gaps.min(), 0ns);
    EXPECT_EQ(row->counts.gaps.max(), 2h);
    EXPECT_EQ(row->counts.gaps.mean_ns(), counts.gaps.mean_ns());
    EXPECT_EQ(row->counts.gaps.relative_error(), counts.gaps.relative_error());
    EXPECT_NEAR(row->counts.gaps.stddev_ns() / counts.gaps.stddev_ns(), 1, 1e-12);
}

TEST(GapRowTest, CountsSecondsDownwardsBeforeTheStart) {
    const auto row = parse(gap_row({0, 0, -1}, counts_at(-500ms), names));
    ASSERT_TRUE(row);
    EXPECT_EQ(row->key.second, -1);
}

TEST(GapRowTest, RefusesWhatIsMissingOrOutOfRange) {
    const auto row = [](std::string target, std::string error, std::string bins) {
        return R"({"target":")" + target + R"(","phase":"steady","start_ns":1,"relative_error":)" + error +
               R"(,"min_ns":5000,"max_ns":5000,"sum_ns":5000,"sum_squares_ns2":25000000,"bins":)" + bins +
               "}";
    };
    EXPECT_TRUE(parse(row("direct", "0.001", "[7,1]")));
    EXPECT_TRUE(parse(row("direct", "0.001", "[]")));
    EXPECT_FALSE(parse(row("other", "0.001", "[7,1]")));
    EXPECT_FALSE(parse(row("direct", "0", "[7,1]")));
    EXPECT_FALSE(parse(row("direct", "0.5", "[7,1]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "[7]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "[-7,1]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "[7,-1]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "[4294967296,1]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "[7.5,1]")));
    EXPECT_FALSE(parse(row("direct", "0.001", "null")));
    EXPECT_FALSE(parse("{}"));
}

}  // namespace
}  // namespace streamgauge::report
