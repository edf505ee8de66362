#include "bench/wire/content_decoder.h"

#include "bench/wire/error.h"
#include "scenarios/vocabulary.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/recorders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

std::string decoded(std::string_view coding, std::string_view body) {
    const auto decoder = make_content_decoder(coding);
    if (!decoder) return "no decoder";
    ByteRecorder recorder;
    if (!(*decoder)->feed(body, recorder)) return "corrupt";
    return recorder.bytes;
}

TEST(ContentDecoder, KnowsTheCodingsAScenarioMayAskFor) {
    EXPECT_THAT(content_coding_names(), testing::UnorderedElementsAreArray(scenarios::content_codings));
    for (const auto name : scenarios::content_codings) {
        EXPECT_TRUE(make_content_decoder(name)) << name;
    }
}

TEST(ContentDecoder, DecodesEachCodingByAnyOfItsNames) {
    for (const auto* name : {"", "identity", " Identity "})
        EXPECT_EQ(decoded(name, "abc"), "abc");
    for (const auto* name : {"gzip", "x-gzip", "GZIP", "\tX-Gzip"}) {
        EXPECT_EQ(decoded(name, compressed(Window::gzip, "abc")), "abc");
    }
    EXPECT_EQ(decoded("deflate", compressed(Window::zlib, "abc")), "abc");
    EXPECT_EQ(decoded("br", brotli("abc")), "abc");
    EXPECT_EQ(decoded("zstd", zstd("abc")), "abc");
}

TEST(ContentDecoder, NamesWhatItDoesNotKnow) {
    for (const auto* name : {"bro", "zst", "compress", "gzip, gzip", "gzip,", "*", "gzi"}) {
        const auto decoder = make_content_decoder(name);
        ASSERT_FALSE(decoder) << name;
        EXPECT_EQ(decoder.error(), Error::unknown_content_coding);
    }
}

TEST(IdentityDecoder, HandsTheBytesOnAsTheyAre) {
    const auto decoder = make_content_decoder("").value();
    ByteRecorder recorder;
    ASSERT_TRUE(decoder->feed("ab", recorder));
    ASSERT_TRUE(decoder->feed("", recorder));
    decoder->reset();
    ASSERT_TRUE(decoder->feed("c", recorder));
    EXPECT_EQ(recorder.bytes, "abc");
    EXPECT_TRUE(decoder->complete());
}

}  // namespace
}  // namespace streamgauge::wire
