#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(CalibrateCommand, ExplainsItsColumns) {
    TestConsole test;
    EXPECT_EQ(test.run({"calibrate", "--help"}), 0);
    for (const auto* word : {"TTFT error", "user stamp", "token error", "client lag", "--json", "--max-rate"})
        EXPECT_THAT(test.out.str(), HasSubstr(word));
}

TEST(CalibrateCommand, RefusesWhatIsOutOfRange) {
    for (const auto* option : {"--seconds", "--max-streams", "--max-rate"}) {
        TestConsole test;
        EXPECT_EQ(test.run({"calibrate", option, "-5"}), 2) << option;
        EXPECT_THAT(test.err.str(), HasSubstr(option));
        EXPECT_THAT(test.out.str(), IsEmpty());
    }
}

}  // namespace
}  // namespace streamgauge::cli
