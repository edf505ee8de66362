#include "bench/wire/chunked_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

using namespace std::string_literals;

/// Feeds the pieces; stops at an error or at the end. Gives the error and the number of bytes taken.
struct Fed {
    boost::system::error_code error;
    std::size_t taken = 0;
};

Fed feed(ChunkedDecoder& decoder, ResponseRecorder& recorder, const Pieces& pieces) {
    Fed fed;
    feed_pieces(pieces, [&](std::string_view piece) {
        if (fed.error) return;
        const auto taken = decoder.feed(piece, recorder);
        fed.error = taken ? boost::system::error_code() : taken.error();
        fed.taken += taken ? *taken : 0;
    });
    return fed;
}

struct Good {
    const char* name;
    std::string input;
    std::string body;
    std::vector<std::uint32_t> chunks;
    std::string left = "";  ///< what follows the body
    bool done = true;

    friend void PrintTo(const Good& c, std::ostream* out) { *out << c.name; }
};

class ChunkedBody : public testing::TestWithParam<Good> {};

TEST_P(ChunkedBody, DecodesHoweverTheBytesAreCut) {
    const auto& expected = GetParam();
    const auto input = expected.input + expected.left;
    for (const auto& pieces : every_cut(input)) {
        ChunkedDecoder decoder;
        ResponseRecorder recorder;
        const auto fed = feed(decoder, recorder, pieces);
        ASSERT_FALSE(fed.error) << show(pieces);
        ASSERT_EQ(fed.taken, expected.input.size()) << show(pieces);
        ASSERT_EQ(recorder.body, expected.body) << show(pieces);
        ASSERT_EQ(recorder.chunks, expected.chunks) << show(pieces);
        ASSERT_EQ(decoder.done(), expected.done) << show(pieces);
    }
}

INSTANTIATE_TEST_SUITE_P(
    ChunkedDecoder, ChunkedBody,
    testing::Values(Good{"one_chunk", "3\r\nabc\r\n0\r\n\r\n", "abc", {3}},
                    Good{"two_chunks", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde", {3, 2}},
                    Good{"empty", "0\r\n\r\n", "", {}},
                    Good{"hexadecimal_of_both_cases",
                         "a\r\n0123456789\r\nB\r\n0123456789a\r\n0\r\n\r\n",
                         "01234567890123456789a",
                         {10, 11}},
                    Good{"leading_zeros", "0003\r\nabc\r\n000\r\n\r\n", "abc", {3}},
                    Good{"extensions", "3;a=b;c=\"d;e\"\r\nabc\r\n0;x\r\n\r\n", "abc", {3}},
                    Good{"space_before_extension", "3 \t;a\r\nabc\r\n0 \r\n\r\n", "abc", {3}},
                    Good{"trailer", "3\r\nabc\r\n0\r\nA: b\r\nC: d\r\n\r\n", "abc", {3}},
                    Good{"line_ends_in_data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", "\r\n\r\n", {4}},
                    Good{"stops_at_the_end", "1\r\na\r\n0\r\n\r\n", "a", {1}, "HTTP/1.1 200 OK"},
                    Good{"cut_off_in_data", "5\r\nabc", "abc", {5}, "", false},
                    Good{"cut_off_before_last_chunk", "3\r\nabc\r\n", "abc", {3}, "", false},
                    Good{"cut_off_in_trailer", "3\r\nabc\r\n0\r\n", "abc", {3}, "", false}),
    [](const auto& test) { return test.param.name; });

struct Bad {
    const char* name;
    std::string input;
    Error error;
    std::string body = "";

    friend void PrintTo(const Bad& c, std::ostream* out) { *out << c.name; }
};

class BadChunkedBody : public testing::TestWithParam<Bad> {};

TEST_P(BadChunkedBody, IsRefusedHoweverTheBytesAreCut) {
    const auto& expected = GetParam();
    for (const auto& pieces : every_cut(expected.input)) {
        ChunkedDecoder decoder;
        ResponseRecorder recorder;
        ASSERT_EQ(feed(decoder, recorder, pieces).error, expected.error) << show(pieces);
        ASSERT_EQ(recorder.body, expected.body) << show(pieces);
        ASSERT_FALSE(decoder.done()) << show(pieces);
    }
}

INSTANTIATE_TEST_SUITE_P(
    ChunkedDecoder, BadChunkedBody,
    testing::Values(Bad{"no_size", "\r\nabc", Error::bad_chunk_size},
                    Bad{"no_hexadecimal", "xyz\r\n", Error::bad_chunk_size},
                    Bad{"negative", "-1\r\n", Error::bad_chunk_size},
                    Bad{"plus", "+1\r\n", Error::bad_chunk_size},
                    Bad{"prefix", "0x3\r\nabc", Error::bad_chunk_size},
                    Bad{"space_before", " 3\r\nabc", Error::bad_chunk_size},
                    Bad{"nul", "\0003\r\n"s, Error::bad_chunk_size},
                    Bad{"two_numbers", "3 4\r\nabc", Error::bad_chunk_size},
                    Bad{"bare_line_feed", "3\nabc", Error::bad_chunk_size},
                    Bad{"bare_line_feed_in_extension", "3;a\nabc", Error::bad_chunk_size},
                    Bad{"carriage_return_alone", "3\rabc", Error::bad_chunk_size},
                    Bad{"too_large", "100000000\r\n", Error::bad_chunk_size},
                    Bad{"overflow", "fffffffffffffffff\r\n", Error::bad_chunk_size},
                    Bad{"data_too_long", "3\r\nabcd\r\n", Error::bad_chunk_end, "abc"},
                    Bad{"no_carriage_return_after_data", "3\r\nabc\n", Error::bad_chunk_end, "abc"},
                    Bad{"no_line_feed_after_data", "3\r\nabc\r3", Error::bad_chunk_end, "abc"},
                    Bad{"end_without_line_feed", "0\r\n\rx", Error::bad_chunk_end}),
    [](const auto& test) { return test.param.name; });

TEST(ChunkedDecoder, TakesTheLargestChunk) {
    ChunkedDecoder decoder;
    ResponseRecorder recorder;
    EXPECT_TRUE(decoder.feed("ffffffff\r\nabc", recorder));
    EXPECT_THAT(recorder.chunks, testing::ElementsAre(0xFFFF'FFFFU));
    EXPECT_EQ(recorder.body, "abc");
}

/// Feeds `endless` after `begin` until the decoder refuses it; gives how many bytes it took that way.
std::size_t bytes_until(Error error, std::string_view begin, std::string_view endless) {
    ChunkedDecoder decoder;
    ResponseRecorder recorder;
    EXPECT_TRUE(decoder.feed(begin, recorder));
    for (std::size_t fed = 0; fed < 1'000'000; fed += endless.size()) {
        if (const auto result = decoder.feed(endless, recorder); !result) {
            EXPECT_EQ(result.error(), error);
            return fed;
        }
    }
    ADD_FAILURE() << "no bound";
    return 0;
}

TEST(ChunkedDecoder, BoundsWhatItSkips) {
    EXPECT_LE(bytes_until(Error::bad_chunk_size, "1;", "extension;"), ChunkedDecoder::max_size_line_bytes);
    EXPECT_LE(bytes_until(Error::bad_chunk_size, "0", "0000"), ChunkedDecoder::max_size_line_bytes);
    EXPECT_LE(bytes_until(Error::trailer_too_large, "0\r\n", "A: b\r\n"), ChunkedDecoder::max_trailer_bytes);
    EXPECT_LE(bytes_until(Error::trailer_too_large, "0\r\n", "xxxx"), ChunkedDecoder::max_trailer_bytes);
}

}  // namespace
}  // namespace streamgauge::wire
