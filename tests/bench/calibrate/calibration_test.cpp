#include "bench/calibrate/calibration.h"

#include "scenarios/loader.h"

#include <gmock/gmock.h>

namespace streamgauge::calibrate {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

CalibrationRow good_row() {
    CalibrationRow row;
    row.step = {100, 1000};
    row.tokens_per_second = 990;
    row.ttft = {100, 10us, 20us, 30us};
    row.tokens = {3000, 8us, 15us, 100us};
    return row;
}

TEST(Calibration, RisesAndKeepsToItsBounds) {
    CalibrationOptions options;
    options.most_streams = 2'000;
    options.most_tokens_per_second = 50'000;
    const auto steps = calibration_steps(options);
    ASSERT_EQ(steps.size(), 9u);
    EXPECT_EQ(steps.front().streams, 100u);
    EXPECT_EQ(steps.front().tokens_per_second, 1'000);
    EXPECT_EQ(steps.back().streams, 2'000u);
    EXPECT_EQ(steps.back().tokens_per_second, 50'000);
    for (std::size_t i = 1; i < steps.size(); ++i)
        EXPECT_GT(steps[i].tokens_per_second, steps[i - 1].tokens_per_second);
}

TEST(Calibration, WritesScenariosThatLoad) {
    CalibrationOptions options;
    options.most_tokens_per_second = 1e7;
    for (const auto& step : calibration_steps(options)) {
        const auto loaded = scenarios::parse_scenario(step_scenario(step, 8000, 1s, 3s), "calibrate.yaml");
        ASSERT_TRUE(loaded.scenario) << scenarios::format_diagnostic(loaded.diagnostics.at(0));
        EXPECT_EQ(loaded.scenario->load.at(0).duration, 6s);
    }
}

TEST(Calibration, TrustsGoodFigures) {
    EXPECT_THAT(good_row().fault(), IsEmpty());
}

TEST(Calibration, NamesWhatIsNotToBeTrusted) {
    auto row = good_row();
    row.failed = 2;
    EXPECT_EQ(row.fault(), "2 streams failed");
    row = good_row();
    row.tokens.p99 = 1ms;
    EXPECT_THAT(row.fault(), HasSubstr("token error"));
    row = good_row();
    row.ttft.p99 = 2ms;
    EXPECT_THAT(row.fault(), HasSubstr("TTFT error"));
    row = good_row();
    row.uncertain_share = 0.02;
    EXPECT_EQ(row.fault(), "2.0% of token times uncertain");
    row = good_row();
    row.send_lag_p99 = 11ms;
    EXPECT_EQ(row.fault(), "sent 11ms late");
    row = good_row();
    row.tokens_per_second = 900;
    EXPECT_EQ(row.fault(), "only 900 tokens/s came");
    row.server_cores = 1.95;
    row.server_limit = 2;
    EXPECT_EQ(row.fault(), "only 900 tokens/s came, the simulated server gave in first");
    row = good_row();
    row.ttft.samples = 0;
    EXPECT_EQ(row.fault(), "no token came");
}

TEST(Calibration, MeasuresARealServer) {
    CalibrationOptions options;
    options.program = STREAMGAUGE_PROGRAM;
    options.window = 300ms;
    options.most_tokens_per_second = 1'000;
    std::vector<CalibrationRow> rows;
    calibrate(options, [&](const CalibrationRow& row) { rows.push_back(row); });
    ASSERT_EQ(rows.size(), 1u);
    EXPECT_EQ(rows[0].failed, 0u);
    EXPECT_GT(rows[0].ttft.samples, 0u);
    EXPECT_NEAR(rows[0].tokens_per_second, 1'000, 300);
    EXPECT_GT(rows[0].tokens.mean, 0ns);
    EXPECT_GE(rows[0].ttft_user.mean, rows[0].ttft.mean);
    EXPECT_GT(rows[0].client_cores, 0);
    EXPECT_GT(rows[0].server_cores, 0);
}

}  // namespace
}  // namespace streamgauge::calibrate
