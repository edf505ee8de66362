#include "bench/wire/zstd_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

TEST(ZstdDecoder, DecodesHoweverTheBytesAreCut) {
    const auto input = zstd(text);
    for (const auto& pieces : every_cut(input)) {
        ZstdDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, text);
        ASSERT_TRUE(decoder.complete());
    }
}

TEST(ZstdDecoder, GivesEveryEventThatWasFlushedAtOnce) {
    ZstdCompressor compressor;
    ZstdDecoder decoder;
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

TEST(ZstdDecoder, DecodesTheEmptyBody) {
    const auto input = zstd("");
    ZstdDecoder decoder;
    ByteRecorder recorder;
    ASSERT_TRUE(decoder.feed(input, recorder));
    ASSERT_TRUE(decoder.feed("", recorder));
    EXPECT_EQ(recorder.bytes, "");
    EXPECT_TRUE(decoder.complete());
}

TEST(ZstdDecoder, IsNotCompleteAnywhereBeforeTheEnd) {
    const auto input = zstd(text);
    for (std::size_t size = 1; size < input.size(); ++size) {
        ZstdDecoder decoder;
        ByteRecorder recorder;
        ASSERT_TRUE(decoder.feed(input.substr(0, size), recorder)) << size;
        ASSERT_FALSE(decoder.complete()) << size;
        ASSERT_TRUE(text.starts_with(recorder.bytes)) << size;
    }
}

TEST(ZstdDecoder, RefusesTrailingGarbage) {
    for (const std::string garbage : {"garbage", "x", "\x28\xB5\x2F\xFE"}) {
        const auto input = zstd(text) + garbage;
        for (const auto& pieces : every_cut(input, 60)) {
            ZstdDecoder decoder;
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

TEST(ZstdDecoder, DecodesSeveralFramesHoweverTheBytesAreCut) {
    const std::string skippable("\x53\x2A\x4D\x18\x03\x00\x00\x00xyz", 11);
    const std::string empty_skippable("\x50\x2A\x4D\x18\x00\x00\x00\x00", 8);
    const auto input = zstd("one") + skippable + zstd("") + empty_skippable + zstd("two");
    for (const auto& pieces : every_cut(input)) {
        ZstdDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, "onetwo");
        ASSERT_TRUE(decoder.complete());
    }
}

/// RFC 9659 caps the window of this content coding at 8 MiB, so that a browser, or this, knows its memory.
TEST(ZstdDecoder, RefusesAWindowBeyondEightMebibytes) {
    for (const int log : {23, 24}) {
        ZstdCompressor compressor;
        compressor.set(ZSTD_c_windowLog, log);
        ZstdDecoder decoder;
        ByteRecorder recorder;
        EXPECT_EQ(decoder.feed(compressor.flush(text), recorder).has_value(), log == 23);
    }
}

TEST(ZstdDecoder, RefusesFramesOfFormatsBeforeTheStandard) {
    for (const unsigned char version : {0x22, 0x23, 0x24, 0x25, 0x26, 0x27}) {
        const std::string magic{static_cast<char>(version), '\xB5', '\x2F', '\xFD'};
        ZstdDecoder decoder;
        ByteRecorder recorder;
        EXPECT_FALSE(decoder.feed(magic, recorder)) << static_cast<int>(version);
    }
}

TEST(ZstdDecoder, RefusesEveryChangedByteOfACheckedFrame) {
    ZstdCompressor compressor;
    compressor.set(ZSTD_c_checksumFlag, 1);
    const auto good = compressor.finish(text);
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int bit = 0; bit < 8; ++bit) {
            auto bad = good;
            bad[i] = static_cast<char>(bad[i] ^ (1 << bit));
            ZstdDecoder decoder;
            ByteRecorder recorder;
            const bool refused = decoder.feed(bad, recorder).has_error() || !decoder.complete();
            EXPECT_TRUE(refused || recorder.bytes == text) << i << ' ' << bit;
        }
    }
}

TEST(ZstdDecoder, TakesNothingAfterAnErrorUntilReset) {
    ZstdDecoder decoder;
    ByteRecorder recorder;
    EXPECT_FALSE(decoder.feed("\xFF\xFF\xFF\xFF\xFF no such coding", recorder));
    EXPECT_FALSE(decoder.feed("", recorder));
    EXPECT_FALSE(decoder.feed(zstd(text), recorder));
    EXPECT_FALSE(decoder.complete());
    EXPECT_EQ(recorder.bytes, "");
    decoder.reset();
    EXPECT_TRUE(decoder.complete());
    EXPECT_TRUE(decoder.feed(zstd(text), recorder));
    EXPECT_EQ(recorder.bytes, text);
}

TEST(ZstdDecoder, CanBeResetAtAnyPlace) {
    const auto input = zstd(text);
    ZstdDecoder decoder;
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

TEST(ZstdDecoder, HandsABombOnInPieces) {
    constexpr std::size_t size = 16 << 20;
    const auto bomb = zstd(std::string(size, '\0'));
    EXPECT_LT(bomb.size(), size / 1000);
    SizeRecorder sink;
    ZstdDecoder decoder;
    ASSERT_TRUE(decoder.feed(bomb, sink));
    EXPECT_EQ(sink.total, size);
    EXPECT_LE(sink.largest, max_decoded_piece);
    EXPECT_TRUE(decoder.complete());
}

TEST(ZstdDecoder, RefusesMoreThanOneFeedMayExpandTo) {
    const auto bomb = zstd(std::string(max_decoded_per_feed + 1, '\0'));
    EXPECT_LT(bomb.size(), std::size_t{1} << 16);
    SizeRecorder sink;
    ZstdDecoder decoder;
    EXPECT_FALSE(decoder.feed(bomb, sink));
    EXPECT_LE(sink.total, max_decoded_per_feed);
    EXPECT_FALSE(decoder.complete());
}

}  // namespace
}  // namespace streamgauge::wire
