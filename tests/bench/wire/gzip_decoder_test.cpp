#include "bench/wire/gzip_decoder.h"

#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/content_coding_cases.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

struct GzipCompressor : Compressor {
    GzipCompressor() : Compressor(Window::gzip) {}
};

struct GzipCoding {
    using Decoder = GzipDecoder;
    using Compressor = GzipCompressor;
    static inline const std::string nonsense = "no gzip at all";
    static inline const std::string near_miss = "\x1f\x8c";
    static constexpr std::size_t least_expansion = 100;
};
INSTANTIATE_TYPED_TEST_SUITE_P(Gzip, ContentCoding, GzipCoding);

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

}  // namespace
}  // namespace streamgauge::wire
