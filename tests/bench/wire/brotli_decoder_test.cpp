#include "bench/wire/brotli_decoder.h"

#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/content_coding_cases.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

struct BrotliCoding {
    using Decoder = BrotliDecoder;
    using Compressor = BrotliCompressor;
    static inline const std::string nonsense = "\xFF\xFF\xFF\xFF\xFF no such coding";
    static inline const std::string near_miss = "\x06";
    static constexpr std::size_t least_expansion = 1024;
};
INSTANTIATE_TYPED_TEST_SUITE_P(Brotli, ContentCoding, BrotliCoding);

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

}  // namespace
}  // namespace streamgauge::wire
