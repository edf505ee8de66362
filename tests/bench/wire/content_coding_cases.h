#pragma once

#include "bench/wire/content_decoder.h"
#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <string_view>

/// What every decoder of a content coding has to do. Each is a `Coding` with
/// - `Decoder`, and a `Compressor` with flush() and finish();
/// - `nonsense`: bytes that the decoder refuses from the start, and `near_miss`: what looks like the begin of
///   another stream, but is none;
/// - `least_expansion`: how many zeros the coding says in one byte, at least.
namespace streamgauge::wire {

template <class Coding>
class ContentCoding : public testing::Test {
  protected:
    using Decoder = typename Coding::Decoder;
    using Compressor = typename Coding::Compressor;

    static std::string compress(const std::string& plain) { return Compressor().finish(plain); }

    const std::string text = "data: one\n\ndata: two\n\n";
    Decoder decoder;
    ByteRecorder recorder;
};

TYPED_TEST_SUITE_P(ContentCoding);

TYPED_TEST_P(ContentCoding, DecodesHoweverTheBytesAreCut) {
    const auto input = this->compress(this->text);
    for (const auto& pieces : every_cut(input)) {
        typename TypeParam::Decoder fresh;
        ByteRecorder output;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(fresh.feed(piece, output)); });
        ASSERT_EQ(output.bytes, this->text);
        ASSERT_TRUE(fresh.complete());
    }
}

TYPED_TEST_P(ContentCoding, GivesEveryEventThatWasFlushedAtOnce) {
    typename TypeParam::Compressor compressor;
    EXPECT_TRUE(this->decoder.complete());
    for (int i = 0; i < 50; ++i) {
        const auto event = "data: " + std::to_string(i) + "\n\n";
        this->recorder.bytes.clear();
        ASSERT_TRUE(this->decoder.feed(compressor.flush(event), this->recorder));
        ASSERT_EQ(this->recorder.bytes, event);
        ASSERT_FALSE(this->decoder.complete());
    }
    ASSERT_TRUE(this->decoder.feed(compressor.finish(""), this->recorder));
    EXPECT_TRUE(this->decoder.complete());
}

TYPED_TEST_P(ContentCoding, DecodesTheEmptyBody) {
    const auto input = this->compress("");
    ASSERT_TRUE(this->decoder.feed(input, this->recorder));
    ASSERT_TRUE(this->decoder.feed("", this->recorder));
    EXPECT_EQ(this->recorder.bytes, "");
    EXPECT_TRUE(this->decoder.complete());
}

TYPED_TEST_P(ContentCoding, IsNotCompleteAnywhereBeforeTheEnd) {
    const auto input = this->compress(this->text);
    for (std::size_t size = 1; size < input.size(); ++size) {
        typename TypeParam::Decoder fresh;
        ByteRecorder output;
        ASSERT_TRUE(fresh.feed(input.substr(0, size), output)) << size;
        ASSERT_FALSE(fresh.complete()) << size;
        ASSERT_TRUE(this->text.starts_with(output.bytes)) << size;
    }
}

TYPED_TEST_P(ContentCoding, RefusesTrailingGarbage) {
    for (const std::string& garbage : {std::string{"garbage"}, std::string{"x"}, TypeParam::near_miss}) {
        const auto input = this->compress(this->text) + garbage;
        for (const auto& pieces : every_cut(input, 60)) {
            typename TypeParam::Decoder fresh;
            ByteRecorder output;
            boost::system::error_code error;
            feed_pieces(pieces, [&](std::string_view piece) {
                if (const auto result = fresh.feed(piece, output); !result) error = result.error();
            });
            ASSERT_EQ(error, Error::corrupt_content_coding);
            ASSERT_EQ(output.bytes, this->text);
            ASSERT_FALSE(fresh.complete());
        }
    }
}

TYPED_TEST_P(ContentCoding, TakesNothingAfterAnErrorUntilReset) {
    EXPECT_FALSE(this->decoder.feed(TypeParam::nonsense, this->recorder));
    EXPECT_FALSE(this->decoder.feed("", this->recorder));
    EXPECT_FALSE(this->decoder.feed(this->compress(this->text), this->recorder));
    EXPECT_FALSE(this->decoder.complete());
    EXPECT_EQ(this->recorder.bytes, "");
    this->decoder.reset();
    EXPECT_TRUE(this->decoder.complete());
    EXPECT_TRUE(this->decoder.feed(this->compress(this->text), this->recorder));
    EXPECT_EQ(this->recorder.bytes, this->text);
}

TYPED_TEST_P(ContentCoding, CanBeResetAtAnyPlace) {
    const auto input = this->compress(this->text);
    for (std::size_t size = 0; size <= input.size(); ++size) {
        ByteRecorder output;
        ASSERT_TRUE(this->decoder.feed(input.substr(0, size), output));
        this->decoder.reset();
        output.bytes.clear();
        ASSERT_TRUE(this->decoder.feed(input, output));
        ASSERT_EQ(output.bytes, this->text);
        this->decoder.reset();
    }
}

/// A thousandfold expansion passes through in pieces; none is larger than the decoder's buffer.
TYPED_TEST_P(ContentCoding, HandsABombOnInPieces) {
    constexpr std::size_t size = 16 << 20;
    const auto bomb = this->compress(std::string(size, '\0'));
    EXPECT_LT(bomb.size(), size / TypeParam::least_expansion);
    SizeRecorder sink;
    ASSERT_TRUE(this->decoder.feed(bomb, sink));
    EXPECT_EQ(sink.total, size);
    EXPECT_LE(sink.largest, max_decoded_piece);
    EXPECT_TRUE(this->decoder.complete());
}

TYPED_TEST_P(ContentCoding, RefusesMoreThanOneFeedMayExpandTo) {
    const auto bomb = this->compress(std::string(max_decoded_per_feed + 1, '\0'));
    EXPECT_LT(bomb.size(), max_decoded_per_feed / TypeParam::least_expansion);
    SizeRecorder sink;
    EXPECT_FALSE(this->decoder.feed(bomb, sink));
    EXPECT_LE(sink.total, max_decoded_per_feed);
    EXPECT_FALSE(this->decoder.complete());
    this->decoder.reset();
    EXPECT_TRUE(this->decoder.feed(this->compress(this->text), sink));
}

REGISTER_TYPED_TEST_SUITE_P(ContentCoding, DecodesHoweverTheBytesAreCut, GivesEveryEventThatWasFlushedAtOnce,
                            DecodesTheEmptyBody, IsNotCompleteAnywhereBeforeTheEnd, RefusesTrailingGarbage,
                            TakesNothingAfterAnErrorUntilReset, CanBeResetAtAnyPlace, HandsABombOnInPieces,
                            RefusesMoreThanOneFeedMayExpandTo);

}  // namespace streamgauge::wire
