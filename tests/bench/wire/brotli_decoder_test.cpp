#include "bench/wire/brotli_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

TEST(BrotliDecoder, DecodesHoweverTheBytesAreCut) {
    const auto input = brotli(text);
    for (const auto& pieces : every_cut(input)) {
        BrotliDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, text);
        ASSERT_TRUE(decoder.complete());
    }
}

TEST(BrotliDecoder, GivesEveryEventThatWasFlushedAtOnce) {
    BrotliCompressor compressor;
    BrotliDecoder decoder;
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

TEST(BrotliDecoder, DecodesTheEmptyBody) {
    const auto input = brotli("");
    BrotliDecoder decoder;
    ByteRecorder recorder;
    ASSERT_TRUE(decoder.feed(input, recorder));
    ASSERT_TRUE(decoder.feed("", recorder));
    EXPECT_EQ(recorder.bytes, "");
    EXPECT_TRUE(decoder.complete());
}

TEST(BrotliDecoder, IsNotCompleteAnywhereBeforeTheEnd) {
    const auto input = brotli(text);
    for (std::size_t size = 1; size < input.size(); ++size) {
        BrotliDecoder decoder;
        ByteRecorder recorder;
        ASSERT_TRUE(decoder.feed(input.substr(0, size), recorder)) << size;
        ASSERT_FALSE(decoder.complete()) << size;
        ASSERT_TRUE(text.starts_with(recorder.bytes)) << size;
    }
}

TEST(BrotliDecoder, RefusesTrailingGarbage) {
    for (const std::string garbage : {"garbage", "x", "\x06"}) {
        const auto input = brotli(text) + garbage;
        for (const auto& pieces : every_cut(input, 60)) {
            BrotliDecoder decoder;
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

TEST(BrotliDecoder, RefusesASecondStream) {
    BrotliDecoder decoder;
    ByteRecorder recorder;
    EXPECT_FALSE(decoder.feed(brotli("one") + brotli("two"), recorder));
    EXPECT_EQ(recorder.bytes, "one");
}

/// A window beyond 16 MiB, which the format's first byte can announce, is no part of RFC 7932.
TEST(BrotliDecoder, RefusesALargeWindow) {
    BrotliCompressor compressor;
    compressor.set(BROTLI_PARAM_LARGE_WINDOW, 1);
    compressor.set(BROTLI_PARAM_LGWIN, 26);
    BrotliDecoder decoder;
    ByteRecorder recorder;
    EXPECT_FALSE(decoder.feed(compressor.finish(text), recorder));
}

/// The format has no checksum, so damage may go unseen; it may not deliver more than it should or hang.
TEST(BrotliDecoder, SurvivesEveryChangedByte) {
    const auto good = brotli(text);
    int refused = 0;
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            auto bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            BrotliDecoder decoder;
            SizeRecorder sink;
            if (!decoder.feed(bad, sink) || !decoder.complete()) ++refused;
            EXPECT_LE(sink.total, max_decoded_per_feed);
        }
    }
    EXPECT_GT(refused, 20);
}

TEST(BrotliDecoder, TakesNothingAfterAnErrorUntilReset) {
    BrotliDecoder decoder;
    ByteRecorder recorder;
    EXPECT_FALSE(decoder.feed("\xFF\xFF\xFF\xFF\xFF no such coding", recorder));
    EXPECT_FALSE(decoder.feed("", recorder));
    EXPECT_FALSE(decoder.feed(brotli(text), recorder));
    EXPECT_FALSE(decoder.complete());
    EXPECT_EQ(recorder.bytes, "");
    decoder.reset();
    EXPECT_TRUE(decoder.complete());
    EXPECT_TRUE(decoder.feed(brotli(text), recorder));
    EXPECT_EQ(recorder.bytes, text);
}

TEST(BrotliDecoder, CanBeResetAtAnyPlace) {
    const auto input = brotli(text);
    BrotliDecoder decoder;
    for (std::size_t size = 0; size <= input.size(); ++size) {
        ByteRecorder recorder;
        ASSERT_TRUE(decoder.feed(input.substr(0, size), recorder));
        decoder.reset();
        recorder.bytes.clear();
        ASSERT_TRUE(decoder.feed(input, recorder));
        ASSERT_EQ(recorder.bytes, text);
        decoder.reset();
    }
}

TEST(BrotliDecoder, HandsABombOnInPieces) {
    constexpr std::size_t size = 16 << 20;
    const auto bomb = brotli(std::string(size, '\0'));
    EXPECT_LT(bomb.size(), size / 1000);
    SizeRecorder sink;
    BrotliDecoder decoder;
    ASSERT_TRUE(decoder.feed(bomb, sink));
    EXPECT_EQ(sink.total, size);
    EXPECT_LE(sink.largest, max_decoded_piece);
    EXPECT_TRUE(decoder.complete());
}

TEST(BrotliDecoder, RefusesMoreThanOneFeedMayExpandTo) {
    const auto bomb = brotli(std::string(max_decoded_per_feed + 1, '\0'));
    EXPECT_LT(bomb.size(), std::size_t{1} << 16);
    SizeRecorder sink;
    BrotliDecoder decoder;
    EXPECT_FALSE(decoder.feed(bomb, sink));
    EXPECT_LE(sink.total, max_decoded_per_feed);
    EXPECT_FALSE(decoder.complete());
}

}  // namespace
}  // namespace streamgauge::wire
