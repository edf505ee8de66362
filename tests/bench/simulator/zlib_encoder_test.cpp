#include "bench/simulator/zlib_encoder.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

TEST(ZlibEncoder, WrapsAsItsNameSays) {
    std::string gzip;
    ZlibEncoder{ZlibEncoder::Wrapping::gzip}.finish(gzip);
    EXPECT_EQ(gzip.substr(0, 2), "\x1f\x8b");
    std::string deflate;
    ZlibEncoder{ZlibEncoder::Wrapping::zlib}.finish(deflate);
    EXPECT_EQ(deflate[0], '\x78');
}

TEST(ZlibEncoder, HeldGzipGivesItsHeaderAtOnce) {
    std::string coded;
    ZlibEncoder{ZlibEncoder::Wrapping::gzip}.encode("data: first\n\n", false, coded);
    EXPECT_EQ(coded.size(), 10u);
}

}  // namespace
}  // namespace streamgauge::simulator
