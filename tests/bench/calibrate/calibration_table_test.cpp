#include "bench/calibrate/calibration_table.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <sstream>

namespace streamgauge::calibrate {
namespace {

using namespace std::chrono_literals;
using ::testing::EndsWith;
using ::testing::HasSubstr;

CalibrationRow row_at(std::uint64_t streams, double rate) {
    CalibrationRow row;
    row.step = {streams, rate};
    row.tokens_per_second = rate;
    row.ttft = {streams, 9'500ns, 17us, 1'250us};
    row.ttft_user = {streams, 20us, 43us, 2ms};
    row.tokens = {static_cast<std::size_t>(rate), 8us, 14us, 900us};
    row.client_lag_p99 = 15ms;
    row.client_cores = 0.42;
    row.server_cores = 0.31;
    return row;
}

TEST(CalibrationTable, FitsATerminalAndLinesUp) {
    auto late = row_at(5000, 1e6);
    late.tokens.p99 = 3s;
    std::istringstream table(table_heading() + table_line(row_at(100, 1000)) + table_line(late) +
                             table_ending(std::vector{row_at(100, 1000), late}));
    for (std::string line; std::getline(table, line);)
        EXPECT_LE(line.size(), 100u) << line;
    EXPECT_EQ(
        table_line(row_at(100, 1000)),
        "    100      1000      9.5 us   17.0 us   1250 us   43.0 us   14.0 us     15 ms     42%    31%\n");
}

TEST(CalibrationTable, SaysWhyALoadIsNotToBeTrusted) {
    auto late = row_at(100, 1000);
    late.failed = 3;
    EXPECT_THAT(table_line(late), EndsWith("not honest: 3 streams failed\n"));
}

TEST(CalibrationTable, EndsWithTheHighestHonestLoad) {
    auto late = row_at(300, 3000);
    late.tokens.p99 = 3ms;
    const std::vector rows{row_at(100, 1000), row_at(200, 2000), late};
    EXPECT_THAT(table_ending(rows), HasSubstr("Up to 2000 tokens/s over 200 streams"));
    EXPECT_THAT(table_ending(rows), HasSubstr("no network card"));
    EXPECT_THAT(table_ending(std::vector{late}), HasSubstr("too busy"));
}

TEST(CalibrationTable, GivesMachinesTheSame) {
    auto late = row_at(200, 2000);
    late.failed = 1;
    const auto parsed =
        boost::json::parse(calibration_json(std::vector{row_at(100, 1000), late})).as_object();
    EXPECT_EQ(parsed.at("honest_up_to").at("streams").to_number<int>(), 100);
    const auto& steps = parsed.at("steps").as_array();
    ASSERT_EQ(steps.size(), 2u);
    EXPECT_EQ(steps[0].at("ttft_error").at("p99_ns").to_number<int>(), 17'000);
    EXPECT_TRUE(steps[0].at("honest").as_bool());
    EXPECT_FALSE(steps[1].at("honest").as_bool());
    EXPECT_EQ(steps[1].at("fault").as_string(), "1 streams failed");
}

}  // namespace
}  // namespace streamgauge::calibrate
