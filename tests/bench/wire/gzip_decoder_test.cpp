#include "bench/wire/gzip_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

TEST(GzipDecoder, DecodesHoweverTheBytesAreCut) {
    const auto input = compressed(Window::gzip, text);
    for (const auto& pieces : every_cut(input)) {
        GzipDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, text);
        ASSERT_TRUE(decoder.complete());
    }
}

TEST(GzipDecoder, DecodesSeveralMembersHoweverTheBytesAreCut) {
    const auto input =
        compressed(Window::gzip, "one") + compressed(Window::gzip, "") + compressed(Window::gzip, "two");
    for (const auto& pieces : every_cut(input)) {
        GzipDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, "onetwo");
        ASSERT_TRUE(decoder.complete());
    }
}

TEST(GzipDecoder, GivesEveryEventThatWasFlushedAtOnce) {
    Compressor compressor(Window::gzip);
    GzipDecoder decoder;
    ByteRecorder recorder;
    EXPECT_TRUE(decoder.complete());
    for (int i = 0; i < 50; ++i) {
        const auto event = "data: " + std::to_string(i) + "\n\n";
        recorder.bytes.clear();
        ASSERT_TRUE(decoder.feed(compressor.flush(event), recorder));
        ASSERT_EQ(recorder.bytes, event);
        ASSERT_FALSE(decoder.complete());
    }
    ASSERT_TRUE(decoder.feed(compressor.finish(""), recorder));
    EXPECT_TRUE(decoder.complete());
}

TEST(GzipDecoder, RefusesTrailingGarbage) {
    for (const std::string garbage : {"garbage", "x", "\x1f\x8c"}) {
        const auto input = compressed(Window::gzip, text) + garbage;
        for (const auto& pieces : every_cut(input, 60)) {
            GzipDecoder decoder;
            ByteRecorder recorder;
            boost::system::error_code error;
            feed_pieces(pieces, [&](std::string_view piece) {
                if (const auto result = decoder.feed(piece, recorder); !result) error = result.error();
            });
            ASSERT_EQ(error, Error::corrupt_content_coding);
            ASSERT_EQ(recorder.bytes, text);
            ASSERT_FALSE(decoder.complete());
        }
    }
}

TEST(GzipDecoder, RefusesEveryChangedByteThatMatters) {
    const auto good = compressed(Window::gzip, text);
    for (std::size_t i = 10; i < good.size(); ++i) {
        auto bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x55);
        GzipDecoder decoder;
        ByteRecorder recorder;
        const bool refused = decoder.feed(bad, recorder).has_error();
        EXPECT_TRUE(refused || !decoder.complete()) << i;
    }
}

TEST(GzipDecoder, TakesNothingAfterAnErrorUntilReset) {
    GzipDecoder decoder;
    ByteRecorder recorder;
    EXPECT_FALSE(decoder.feed("no gzip at all", recorder));
    EXPECT_FALSE(decoder.feed(compressed(Window::gzip, text), recorder));
    EXPECT_EQ(recorder.bytes, "");
    decoder.reset();
    EXPECT_TRUE(decoder.complete());
    EXPECT_TRUE(decoder.feed(compressed(Window::gzip, text), recorder));
    EXPECT_EQ(recorder.bytes, text);
}

/// A thousandfold expansion passes through in pieces; none is larger than the decoder's buffer.
TEST(GzipDecoder, HandsABombOnInPieces) {
    SizeRecorder sink;
    constexpr std::size_t size = 16 << 20;
    const auto bomb = compressed(Window::gzip, std::string(size, '\0'));
    EXPECT_LT(bomb.size(), size / 100);
    GzipDecoder decoder;
    ASSERT_TRUE(decoder.feed(bomb, sink));
    EXPECT_EQ(sink.total, size);
    EXPECT_LE(sink.largest, max_decoded_piece);
}

TEST(GzipDecoder, RefusesMoreThanOneFeedMayExpandTo) {
    SizeRecorder sink;
    GzipDecoder decoder;
    const auto bomb = compressed(Window::gzip, std::string(max_decoded_per_feed + 1, '\0'));
    EXPECT_FALSE(decoder.feed(bomb, sink));
    EXPECT_LE(sink.total, max_decoded_per_feed);
    decoder.reset();
    EXPECT_TRUE(decoder.feed(compressed(Window::gzip, text), sink));
}

}  // namespace
}  // namespace streamgauge::wire
