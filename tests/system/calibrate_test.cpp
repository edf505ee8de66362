#include "tests/system/fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

TEST(Calibrate, PrintsItsTableAndTheLoadItCanMeasure) {
    const auto finished =
        run({STREAMGAUGE_PROGRAM, "calibrate", "--seconds", "0.3", "--max-rate", "1000", "--json"});
    ASSERT_EQ(finished.status, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.err, HasSubstr("Up to "));
    const auto result = boost::json::parse(finished.out).as_object();
    EXPECT_EQ(result.at("honest_up_to").at("streams").to_number<int>(), 100);
    const auto& step = result.at("steps").at(0).as_object();
    EXPECT_GT(step.at("ttft_error").at("samples").to_number<int>(), 0);
    EXPECT_LT(step.at("token_error").at("p99_ns").to_number<double>(), 1e6);
    EXPECT_GE(step.at("ttft_error_user_stamp").at("mean_ns").to_number<double>(),
              step.at("ttft_error").at("mean_ns").to_number<double>());
}

}  // namespace
}  // namespace streamgauge::system_tests
