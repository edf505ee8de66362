#include "bench/simulator/brotli_encoder.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

TEST(BrotliEncoder, HeldGivesNothingBeforeTheEnd) {
    BrotliEncoder encoder;
    std::string coded;
    encoder.encode("data: first\n\n", false, coded);
    EXPECT_TRUE(coded.empty());
    encoder.finish(coded);
    EXPECT_EQ(decode_all("br", coded), "data: first\n\n");
}

}  // namespace
}  // namespace streamgauge::simulator
