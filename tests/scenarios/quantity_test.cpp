#include "scenarios/quantity.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <random>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

TEST(ParseDuration, TakesEveryUnit) {
    EXPECT_EQ(parse_duration("40ns"), 40ns);
    EXPECT_EQ(parse_duration("250us"), 250us);
    EXPECT_EQ(parse_duration("800ms"), 800ms);
    EXPECT_EQ(parse_duration("2s"), 2s);
    EXPECT_EQ(parse_duration("1.5m"), 90s);
    EXPECT_EQ(parse_duration("1h"), 1h);
    EXPECT_EQ(parse_duration("0s"), 0ns);
    EXPECT_EQ(parse_duration("0.1s"), 100ms);
}

TEST(ParseDuration, RefusesWhatIsNoDuration) {
    for (const char* text : {"",
                             "5",
                             "s",
                             "5 s",
                             "-5s",
                             "+5s",
                             "5S",
                             "5sec",
                             "1e3s",
                             ".5s",
                             "5.s",
                             "1.2.3s",
                             "0x5s",
                             "infs",
                             "nans",
                             "5%",
                             "5s ",
                             " 5s",
                             "99999999999999999999h",
                             "8761h"}) {
        EXPECT_EQ(parse_duration(text), std::nullopt) << text;
    }
}

TEST(ParseRate, CountsPerSecond) {
    EXPECT_EQ(parse_rate("50/s"), 50);
    EXPECT_EQ(parse_rate("3000/m"), 50);
    EXPECT_EQ(parse_rate("0.5/s"), 0.5);
    EXPECT_EQ(parse_rate("3600/h"), 1);
    EXPECT_EQ(parse_rate("0/s"), 0);
    for (const char* text : {"50", "/s", "50s", "50/ms", "50 /s", "-1/s"}) {
        EXPECT_EQ(parse_rate(text), std::nullopt) << text;
    }
}

TEST(ParsePercentage, GivesAFraction) {
    EXPECT_EQ(parse_percentage("10%"), 0.10);
    EXPECT_EQ(parse_percentage("0.1%"), 0.001);
    EXPECT_EQ(parse_percentage("100%"), 1.0);
    for (const char* text : {"10", "0.1", "%", "10 %", "-1%"}) {
        EXPECT_EQ(parse_percentage(text), std::nullopt) << text;
    }
}

TEST(ParseBytes, KnowsBothKindsOfPrefix) {
    EXPECT_EQ(parse_bytes("4096"), 4096);
    EXPECT_EQ(parse_bytes("16KiB"), 16384);
    EXPECT_EQ(parse_bytes("16kB"), 16000);
    EXPECT_EQ(parse_bytes("2MiB"), 2 * 1024 * 1024);
    EXPECT_EQ(parse_bytes("1.5KiB"), 1536);
    EXPECT_EQ(parse_bytes("12B"), 12);
    for (const char* text : {"", "KiB", "0.3B", "16kb", "16k", "-1", "99999999999999999999"}) {
        EXPECT_EQ(parse_bytes(text), std::nullopt) << text;
    }
}

TEST(ParseCount, TakesThousandsAndMillions) {
    EXPECT_EQ(parse_count("1000"), 1000);
    EXPECT_EQ(parse_count("100k"), 100'000);
    EXPECT_EQ(parse_count("5M"), 5'000'000);
    EXPECT_EQ(parse_count("1.5k"), 1500);
    EXPECT_EQ(parse_count("0"), 0);
    for (const char* text : {"", "1.5", "k", "5G", "5m", "-1", "1e3", "0x10", "18446744073709551616"}) {
        EXPECT_EQ(parse_count(text), std::nullopt) << text;
    }
}

TEST(FormatDuration, PicksTheUnitThatReadsBest) {
    EXPECT_EQ(format_duration(0ns), "0s");
    EXPECT_EQ(format_duration(7ns), "7ns");
    EXPECT_EQ(format_duration(40'300ns), "40.3us");
    EXPECT_EQ(format_duration(812ms), "812ms");
    EXPECT_EQ(format_duration(1'250ms), "1.25s");
    EXPECT_EQ(format_duration(90s), "90s");
    EXPECT_EQ(format_duration(10min), "10m");
    EXPECT_EQ(format_duration(3h), "3h");
    EXPECT_EQ(format_duration(-3ms), "-3ms");
}

TEST(FormatDuration, KeepsThreeDigitsAndRoundsIntoTheNextUnit) {
    EXPECT_EQ(format_duration(812'345us), "812ms");
    EXPECT_EQ(format_duration(12'345us), "12.3ms");
    EXPECT_EQ(format_duration(1'239us), "1.24ms");
    EXPECT_EQ(format_duration(10'000us), "10ms");
    EXPECT_EQ(format_duration(9'999us), "10ms");
    EXPECT_EQ(format_duration(99'960us), "100ms");
    EXPECT_EQ(format_duration(999'499ns), "999us");
    EXPECT_EQ(format_duration(999'600ns), "1ms");
    EXPECT_EQ(format_duration(999'999'999ns), "1s");
    EXPECT_EQ(format_duration(nanoseconds::max()), "2562048h");
}

TEST(FormatDuration, ReadsBackWithinHalfAPercent) {
    std::mt19937_64 random(42);
    std::uniform_real_distribution<double> exponent(0, 16);
    for (int i = 0; i < 10'000; ++i) {
        const nanoseconds value(static_cast<std::int64_t>(std::pow(10.0, exponent(random))));
        const auto back = parse_duration(format_duration(value));
        ASSERT_TRUE(back) << format_duration(value);
        const double ratio = static_cast<double>(back->count()) / static_cast<double>(value.count());
        EXPECT_NEAR(ratio, 1.0, 0.0051) << value.count() << " as " << format_duration(value);
    }
}

}  // namespace
}  // namespace streamgauge::scenarios
