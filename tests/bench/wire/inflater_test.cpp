#include "bench/wire/inflater.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

TEST(Inflater, StopsAtTheEndOfTheCompressedStream) {
    const auto input = compressed(Window::zlib, "abc");
    Inflater inflater;
    ByteRecorder recorder;
    EXPECT_FALSE(inflater.active());
    ASSERT_TRUE(inflater.begin(Inflater::Container::zlib));
    EXPECT_TRUE(inflater.active());
    EXPECT_EQ(inflater.feed(input + "rest", recorder).value(), input.size());
    EXPECT_FALSE(inflater.active());
    EXPECT_EQ(recorder.bytes, "abc");
}

TEST(Inflater, BeginsAgainInAnotherContainer) {
    Inflater inflater;
    ByteRecorder recorder;
    ASSERT_TRUE(inflater.begin(Inflater::Container::gzip));
    ASSERT_TRUE(inflater.feed(compressed(Window::gzip, "abc").substr(0, 12), recorder));
    ASSERT_TRUE(inflater.begin(Inflater::Container::raw));
    recorder.bytes.clear();
    ASSERT_TRUE(inflater.feed(compressed(Window::raw, "def"), recorder));
    EXPECT_EQ(recorder.bytes, "def");
}

TEST(Inflater, GivesMoreThanItsBufferHolds) {
    const std::string text(100'000, 'x');
    Inflater inflater;
    ByteRecorder recorder;
    ASSERT_TRUE(inflater.begin(Inflater::Container::raw));
    ASSERT_TRUE(inflater.feed(compressed(Window::raw, text), recorder));
    EXPECT_EQ(recorder.bytes, text);
}

TEST(Inflater, RefusesAPresetDictionary) {
    Inflater inflater;
    ByteRecorder recorder;
    ASSERT_TRUE(inflater.begin(Inflater::Container::zlib));
    const auto result = inflater.feed(std::string("\x78\xbb\x01\x02\x03\x04\x05", 7), recorder);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), Error::corrupt_content_coding);
}

}  // namespace
}  // namespace streamgauge::wire
