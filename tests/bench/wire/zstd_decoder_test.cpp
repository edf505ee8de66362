#include "bench/wire/zstd_decoder.h"

#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/content_coding_cases.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

struct ZstdCoding {
    using Decoder = ZstdDecoder;
    using Compressor = ZstdCompressor;
    static inline const std::string nonsense = "\xFF\xFF\xFF\xFF\xFF no such coding";
    static inline const std::string near_miss = "\x28\xB5\x2F\xFE";
    static constexpr std::size_t least_expansion = 1024;
};
INSTANTIATE_TYPED_TEST_SUITE_P(Zstd, ContentCoding, ZstdCoding);

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

}  // namespace
}  // namespace streamgauge::wire
