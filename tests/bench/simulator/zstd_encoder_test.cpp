#include "bench/simulator/zstd_encoder.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

TEST(ZstdEncoder, HeldGivesNothingBeforeTheEnd) {
    ZstdEncoder encoder;
    std::string coded;
    encoder.encode("data: first\n\n", false, coded);
    EXPECT_TRUE(coded.empty());
    encoder.finish(coded);
    EXPECT_EQ(decode_all("zstd", coded), "data: first\n\n");
}

}  // namespace
}  // namespace streamgauge::simulator
