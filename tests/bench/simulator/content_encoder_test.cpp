#include "bench/simulator/content_encoder.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

class Encodings : public testing::TestWithParam<Encoding> {};
INSTANTIATE_TEST_SUITE_P(Both, Encodings, testing::Values(Encoding::gzip, Encoding::deflate));

TEST_P(Encodings, FlushedTextCanBeReadAtOnce) {
    ContentEncoder encoder{GetParam()};
    std::string coded;
    std::string plain;
    for (int event = 0; event < 20; ++event) {
        const std::string text = "data: event " + std::to_string(event) + "\n\n";
        plain += text;
        encoder.encode(text, true, coded);
        EXPECT_EQ(inflate_all(coded, true), plain);
    }
    encoder.finish(coded);
    EXPECT_EQ(inflate_all(coded), plain);
}

TEST_P(Encodings, HeldTextComesAtTheEnd) {
    ContentEncoder encoder{GetParam()};
    std::string coded;
    encoder.encode("data: first\n\n", false, coded);
    EXPECT_LE(coded.size(), 10u);
    EXPECT_EQ(inflate_all(coded, true).value_or(""), "");
    encoder.finish(coded);
    EXPECT_EQ(inflate_all(coded), "data: first\n\n");
}

TEST(ContentEncoder, WrapsAsItsNameSays) {
    std::string gzip;
    ContentEncoder{Encoding::gzip}.finish(gzip);
    EXPECT_EQ(gzip.substr(0, 2), "\x1f\x8b");
    std::string deflate;
    ContentEncoder{Encoding::deflate}.finish(deflate);
    EXPECT_EQ(deflate[0], '\x78');
}

TEST(ContentEncoder, LargeTextSurvives) {
    std::string text;
    for (int number = 0; number < 50'000; ++number)
        text += std::to_string(number * 7919);
    ContentEncoder encoder{Encoding::gzip};
    std::string coded;
    encoder.encode(text, true, coded);
    encoder.finish(coded);
    EXPECT_EQ(inflate_all(coded), text);
}

}  // namespace
}  // namespace streamgauge::simulator
