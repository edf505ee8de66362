#include "bench/simulator/content_encoder.h"

#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

class Encodings : public testing::TestWithParam<Encoding> {
  protected:
    std::optional<std::string> decoded(std::string_view coded, bool partial = false) const {
        return decode_all(encoding_name(GetParam()), coded, partial);
    }

    std::unique_ptr<ContentEncoder> encoder_ = make_content_encoder(GetParam());
};
INSTANTIATE_TEST_SUITE_P(All, Encodings,
                         testing::Values(Encoding::gzip, Encoding::deflate, Encoding::br, Encoding::zstd),
                         [](const auto& encoding) { return std::string{encoding_name(encoding.param)}; });

TEST_P(Encodings, FlushedTextCanBeReadAtOnce) {
    std::string coded;
    std::string plain;
    for (int event = 0; event < 20; ++event) {
        const std::string text = "data: event " + std::to_string(event) + "\n\n";
        plain += text;
        encoder_->encode(text, true, coded);
        EXPECT_EQ(decoded(coded, true), plain);
    }
    EXPECT_EQ(decoded(coded), std::nullopt) << "it has not ended";
    encoder_->finish(coded);
    EXPECT_EQ(decoded(coded), plain);
}

TEST_P(Encodings, HeldTextComesAtTheEnd) {
    std::string coded;
    for (int event = 0; event < 20; ++event)
        encoder_->encode("data: first\n\n", false, coded);
    EXPECT_LE(coded.size(), 10u);
    EXPECT_EQ(decoded(coded, true).value_or(""), "");
    encoder_->finish(coded);
    EXPECT_EQ(decoded(coded)->size(), 20 * 13u);
}

TEST_P(Encodings, LargeTextSurvives) {
    std::string text;
    for (int number = 0; number < 50'000; ++number)
        text += std::to_string(number * 7919);
    std::string coded;
    encoder_->encode(text, false, coded);
    encoder_->encode(text, true, coded);
    encoder_->finish(coded);
    EXPECT_EQ(decoded(coded), text + text);
}

TEST_P(Encodings, EmptyTextIsStillABody) {
    std::string coded;
    encoder_->finish(coded);
    EXPECT_FALSE(coded.empty());
    EXPECT_EQ(decoded(coded), "");
}

TEST(ContentEncoder, IdentityIsNone) {
    EXPECT_EQ(encoding_name(Encoding::identity), "identity");
    EXPECT_EQ(make_content_encoder(Encoding::identity), nullptr);
}

}  // namespace
}  // namespace streamgauge::simulator
