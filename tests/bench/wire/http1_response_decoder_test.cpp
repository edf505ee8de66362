#include "bench/wire/http1_response_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::size_t max_header_bytes = 65536;

struct Case {
    const char* name;
    std::string response;
    int status;
    std::string body;
    std::vector<std::uint32_t> chunks = {};
    std::string left = "";  ///< bytes after the response
    bool done = true;       ///< without the peer closing
    bool finishes = true;   ///< with the peer closing

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

class Responses : public testing::TestWithParam<Case> {};

TEST_P(Responses, DecodeHoweverTheBytesAreCut) {
    const auto& expected = GetParam();
    const auto input = expected.response + expected.left;
    for (const auto& pieces : every_cut(input, 60)) {
        Http1ResponseDecoder decoder;
        ResponseRecorder recorder;
        std::size_t taken = 0;
        feed_pieces(pieces, [&](std::string_view piece) {
            const auto result = decoder.feed(piece, recorder);
            ASSERT_TRUE(result) << result.error().message() << show(pieces);
            taken += *result;
            ASSERT_EQ(decoder.header_complete(), !recorder.headers.empty());
        });
        ASSERT_EQ(taken, expected.response.size()) << show(pieces);
        ASSERT_EQ(recorder.headers.size(), expected.status == 0 ? 0U : 1U) << show(pieces);
        if (expected.status != 0) {
            ASSERT_EQ(recorder.headers[0].status, expected.status);
        }
        ASSERT_EQ(recorder.body, expected.body) << show(pieces);
        ASSERT_EQ(recorder.chunks, expected.chunks) << show(pieces);
        ASSERT_EQ(decoder.done(), expected.done) << show(pieces);
        ASSERT_EQ(decoder.finish(), expected.finishes) << show(pieces);
        ASSERT_EQ(decoder.done(), expected.finishes) << show(pieces);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Http1ResponseDecoder, Responses,
    testing::Values(
        Case{"length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc"},
        Case{"length_and_more", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", 200, "abc", {}, "HTTP"},
        Case{"length_zero", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "", {}, "x"},
        Case{"no_content", "HTTP/1.1 204 No Content\r\n\r\n", 204, "", {}, "x"},
        Case{"chunked",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
             200,
             "abc",
             {2, 1},
             "x"},
        Case{
            "until_close", "HTTP/1.0 200 OK\r\n\r\nabc\r\n\r\nde", 200, "abc\r\n\r\nde", {}, "", false, true},
        Case{"until_close_empty", "HTTP/1.1 200 OK\r\n\r\n", 200, "", {}, "", false, true},
        Case{"early_hints",
             "HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
             "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na",
             200, "a"},
        Case{"switching_protocols", "HTTP/1.1 101 S\r\n\r\n", 101, "", {}, "x"},
        Case{"cut_off_in_header", "HTTP/1.1 200 OK\r\nContent-Le", 0, "", {}, "", false, false},
        Case{"cut_off_in_body",
             "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
             200,
             "abc",
             {},
             "",
             false,
             false},
        Case{"cut_off_in_chunk",
             "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
             200,
             "abc",
             {5},
             "",
             false,
             false},
        Case{"nothing", "", 0, "", {}, "", false, false}),
    [](const auto& test) { return test.param.name; });

TEST(Http1ResponseDecoder, DecodesOneResponseAfterTheOther) {
    const std::string input =
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\na"
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nb\r\n0\r\n\r\n"
        "HTTP/1.1 500 No\r\n\r\nc";
    Http1ResponseDecoder decoder;
    ResponseRecorder recorder;
    std::string_view rest = input;
    for (int i = 0; i < 2; ++i) {
        rest.remove_prefix(decoder.feed(rest, recorder).value());
        EXPECT_TRUE(decoder.done());
        EXPECT_EQ(decoder.feed(rest, recorder).value(), 0U);
        decoder.reset();
        EXPECT_FALSE(decoder.done());
        EXPECT_FALSE(decoder.header_complete());
    }
    EXPECT_EQ(decoder.feed(rest, recorder).value(), rest.size());
    EXPECT_TRUE(decoder.finish());
    EXPECT_EQ(recorder.body, "abc");
    EXPECT_EQ(recorder.headers.size(), 3U);
}

TEST(Http1ResponseDecoder, RefusesWhatIsNoHttpAtItsFirstByte) {
    for (const std::string_view answer :
         {"SSH-2.0-x", "\x15\x03\x01", "<html>", "\r\n", "\n", "http/1.1 200 OK"}) {
        Http1ResponseDecoder decoder;
        ResponseRecorder recorder;
        const auto result = decoder.feed(answer.substr(0, 1), recorder);
        ASSERT_FALSE(result) << answer;
        EXPECT_EQ(result.error(), Error::bad_status_line);
        EXPECT_EQ(decoder.feed("HTTP/1.1 200 OK\r\n\r\n", recorder).error(), Error::bad_status_line);
        EXPECT_FALSE(decoder.finish());
        EXPECT_THAT(recorder.headers, IsEmpty());
    }
}

TEST(Http1ResponseDecoder, RefusesABareLineFeedInsteadOfWaiting) {
    const std::string input = "HTTP/1.1 200 OK\nContent-Length: 1\n\n";
    for (const auto& pieces : every_cut(input)) {
        Http1ResponseDecoder decoder;
        ResponseRecorder recorder;
        bool refused = false;
        feed_pieces(pieces,
                    [&](std::string_view piece) { refused |= decoder.feed(piece, recorder).has_error(); });
        ASSERT_TRUE(refused) << show(pieces);
    }
}

TEST(Http1ResponseDecoder, ReportsAnErrorInTheBodyAfterWhatCameBefore) {
    Http1ResponseDecoder decoder;
    ResponseRecorder recorder;
    const auto result =
        decoder.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\nx", recorder);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error(), Error::bad_chunk_size);
    EXPECT_EQ(recorder.body, "a");
    EXPECT_FALSE(decoder.done());
}

/// Feeds `begin` and then `endless` until the decoder refuses it; gives how many bytes it took.
std::size_t bytes_until_too_large(std::string_view begin, std::string_view endless) {
    Http1ResponseDecoder decoder;
    ResponseRecorder recorder;
    EXPECT_TRUE(decoder.feed(begin, recorder));
    for (std::size_t fed = begin.size(); fed < 10 * max_header_bytes; fed += endless.size()) {
        if (const auto result = decoder.feed(endless, recorder); !result) {
            EXPECT_EQ(result.error(), Error::header_too_large);
            return fed;
        }
    }
    ADD_FAILURE() << "no bound";
    return 0;
}

TEST(Http1ResponseDecoder, BoundsTheHeader) {
    EXPECT_LE(bytes_until_too_large("HTTP/1.1 200 OK\r\n", "A: b\r\n"), max_header_bytes);
    EXPECT_LE(bytes_until_too_large("HTTP/1.1 200 OK\r\nA: ", "xxx"), max_header_bytes);
    EXPECT_LE(bytes_until_too_large("HTTP/1.1 200 ", "x"), max_header_bytes);
    EXPECT_LE(bytes_until_too_large("HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 103 Hints\r\n\r\n"),
              max_header_bytes);
}

TEST(Http1ResponseDecoder, TakesAHeaderAtTheBound) {
    const std::string begin = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nA: ";
    for (const std::size_t over : {0U, 1U}) {
        const auto input = begin + std::string(max_header_bytes + over - begin.size() - 4, 'x') + "\r\n\r\na";
        for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{1000}, input.size()}) {
            Http1ResponseDecoder decoder;
            ResponseRecorder recorder;
            bool refused = false;
            for (std::size_t i = 0; i < input.size(); i += piece_bytes) {
                refused |= decoder.feed(std::string_view(input).substr(i, piece_bytes), recorder).has_error();
            }
            EXPECT_EQ(refused, over > 0) << piece_bytes;
            EXPECT_EQ(decoder.done(), over == 0) << piece_bytes;
        }
    }
}

}  // namespace
}  // namespace streamgauge::wire
