#include "bench/wire/deflate_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

const std::string text = "data: one\n\ndata: two\n\n";

class Deflate : public testing::TestWithParam<Window> {};

TEST_P(Deflate, DecodesHoweverTheBytesAreCut) {
    const auto input = compressed(GetParam(), text);
    for (const auto& pieces : every_cut(input)) {
        DeflateDecoder decoder;
        ByteRecorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { ASSERT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.bytes, text);
        ASSERT_TRUE(decoder.complete());
    }
}

TEST_P(Deflate, GivesEveryEventThatWasFlushedAtOnce) {
    Compressor compressor(GetParam());
    DeflateDecoder decoder;
    ByteRecorder recorder;
    for (int i = 0; i < 20; ++i) {
        const auto event = "data: " + std::to_string(i) + "\n\n";
        recorder.bytes.clear();
        ASSERT_TRUE(decoder.feed(compressor.flush(event), recorder));
        ASSERT_EQ(recorder.bytes, event);
        ASSERT_FALSE(decoder.complete());
    }
}

TEST_P(Deflate, RefusesTrailingGarbageAndIsAsNewAfterReset) {
    DeflateDecoder decoder;
    ByteRecorder recorder;
    const auto input = compressed(GetParam(), text) + "x";
    for (const auto& pieces : every_cut(input, 0)) {
        decoder.reset();
        recorder.bytes.clear();
        EXPECT_TRUE(decoder.complete());
        boost::system::error_code error;
        feed_pieces(pieces, [&](std::string_view piece) {
            if (const auto result = decoder.feed(piece, recorder); !result) error = result.error();
        });
        ASSERT_EQ(error, Error::corrupt_content_coding);
        ASSERT_EQ(recorder.bytes, text);
        ASSERT_FALSE(decoder.complete());
    }
}

INSTANTIATE_TEST_SUITE_P(Containers, Deflate, testing::Values(Window::zlib, Window::raw),
                         [](const auto& test) { return test.param == Window::zlib ? "zlib" : "raw"; });

TEST(DeflateDecoder, RefusesWhatIsNeither) {
    for (const std::string input : {"hello", "\x1f\x8b\x08", "\x78\x9c\xff\xff"}) {
        DeflateDecoder decoder;
        ByteRecorder recorder;
        EXPECT_FALSE(decoder.feed(input, recorder)) << input;
        EXPECT_FALSE(decoder.feed(compressed(Window::zlib, text), recorder));
        EXPECT_EQ(recorder.bytes, "");
    }
}

}  // namespace
}  // namespace streamgauge::wire
