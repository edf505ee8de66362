#include "bench/wire/response_header.h"

#include "bench/wire/error.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace streamgauge::wire {
namespace {

using namespace std::string_literals;
using testing::ElementsAre;
using testing::Pair;

std::string header(const std::string& fields, const std::string& status_line = "HTTP/1.1 200 OK") {
    return status_line + "\r\n" + fields + "\r\n";
}

TEST(ResponseHeader, KeepsStatusReasonAndFieldsInOrder) {
    const auto parsed = parse_response_header(
        header("Content-Type: text/event-stream\r\nx-a:\t b \r\nX-A: c\r\n", "HTTP/1.0 404 Not Found"));
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->status, 404);
    EXPECT_EQ(parsed->http_version, 10);
    EXPECT_EQ(parsed->reason, "Not Found");
    EXPECT_THAT(parsed->fields,
                ElementsAre(Pair("Content-Type", "text/event-stream"), Pair("x-a", "b"), Pair("X-A", "c")));
    EXPECT_EQ(parsed->field("X-a"), "b");
    EXPECT_EQ(parsed->field("content-TYPE"), "text/event-stream");
    EXPECT_EQ(parsed->field("missing"), "");
}

struct Framing {
    const char* name;
    std::string block;
    BodyFraming framing;
    std::uint64_t content_length;
    bool keep_alive;

    friend void PrintTo(const Framing& c, std::ostream* out) { *out << c.name; }
};

class ResponseFraming : public testing::TestWithParam<Framing> {};

TEST_P(ResponseFraming, FollowsTheHeader) {
    const auto parsed = parse_response_header(GetParam().block);
    ASSERT_TRUE(parsed) << parsed.error().message();
    EXPECT_EQ(parsed->framing, GetParam().framing);
    EXPECT_EQ(parsed->content_length, GetParam().content_length);
    EXPECT_EQ(parsed->keep_alive, GetParam().keep_alive);
}

INSTANTIATE_TEST_SUITE_P(
    ResponseHeader, ResponseFraming,
    testing::Values(
        Framing{"length", header("Content-Length: 12\r\n"), BodyFraming::content_length, 12, true},
        Framing{"length_of_zero", header("Content-Length: 0\r\n"), BodyFraming::content_length, 0, true},
        Framing{"huge_length", header("Content-Length: 18446744073709551615\r\n"),
                BodyFraming::content_length, 18446744073709551615U, true},
        Framing{"same_length_twice", header("Content-Length: 5\r\nContent-Length: 5\r\n"),
                BodyFraming::content_length, 5, true},
        Framing{"chunked", header("Transfer-Encoding: chunked\r\n"), BodyFraming::chunked, 0, true},
        Framing{"chunked_in_capitals", header("TRANSFER-ENCODING: CHUNKED\r\n"), BodyFraming::chunked, 0,
                true},
        Framing{"identity", header("Transfer-Encoding: identity\r\n"), BodyFraming::until_close, 0, false},
        Framing{"neither", header(""), BodyFraming::until_close, 0, false},
        Framing{"connection_close", header("Connection: foo, Close\r\nContent-Length: 1\r\n"),
                BodyFraming::content_length, 1, false},
        Framing{"http_1_0", header("Content-Length: 1\r\n", "HTTP/1.0 200 OK"), BodyFraming::content_length,
                1, false},
        Framing{"http_1_0_keep_alive",
                header("Content-Length: 1\r\nConnection: Keep-Alive\r\n", "HTTP/1.0 200 OK"),
                BodyFraming::content_length, 1, true},
        Framing{"http_1_0_chunked",
                header("Transfer-Encoding: chunked\r\nConnection: keep-alive\r\n", "HTTP/1.0 200 OK"),
                BodyFraming::chunked, 0, false},
        Framing{"no_content", header("", "HTTP/1.1 204 No Content"), BodyFraming::none, 0, true},
        Framing{"not_modified_with_length", header("Content-Length: 9\r\n", "HTTP/1.1 304 Not Modified"),
                BodyFraming::none, 9, true},
        Framing{"switching_protocols", header("Upgrade: h2c\r\n", "HTTP/1.1 101 Switching Protocols"),
                BodyFraming::none, 0, false},
        Framing{"empty_reason", header("Content-Length: 1\r\n", "HTTP/1.1 200 "), BodyFraming::content_length,
                1, true}),
    [](const auto& test) { return test.param.name; });

struct Refused {
    const char* name;
    std::string block;
    Error error;

    friend void PrintTo(const Refused& c, std::ostream* out) { *out << c.name; }
};

class BadResponseHeader : public testing::TestWithParam<Refused> {};

TEST_P(BadResponseHeader, IsRefused) {
    const auto parsed = parse_response_header(GetParam().block);
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error(), GetParam().error) << parsed.error().message();
}

INSTANTIATE_TEST_SUITE_P(
    ResponseHeader, BadResponseHeader,
    testing::Values(
        Refused{"http_2", header("", "HTTP/2 200 OK"), Error::bad_status_line},
        Refused{"http_1_2", header("", "HTTP/1.2 200 OK"), Error::bad_status_line},
        Refused{"no_http", header("", "ICY 200 OK"), Error::bad_status_line},
        Refused{"status_with_letters", header("", "HTTP/1.1 2x0 OK"), Error::bad_status_line},
        Refused{"status_of_four_digits", header("", "HTTP/1.1 2000 OK"), Error::bad_status_line},
        Refused{"reason_with_nul", header("", "HTTP/1.1 200 O\0K"s), Error::bad_status_line},
        Refused{"field_without_colon", header("abc\r\n"), Error::bad_header},
        Refused{"space_before_colon", header("A : b\r\n"), Error::bad_header},
        Refused{"nul_in_name", header("A\0: b\r\n"s), Error::bad_header},
        Refused{"nul_in_value", header("A: b\0c\r\n"s), Error::bad_header},
        Refused{"bare_line_feed", "HTTP/1.1 200 OK\r\nA: b\n\n", Error::bad_header},
        Refused{"length_with_sign", header("Content-Length: -1\r\n"), Error::bad_content_length},
        Refused{"length_with_plus", header("Content-Length: +1\r\n"), Error::bad_content_length},
        Refused{"length_with_letters", header("Content-Length: 1a\r\n"), Error::bad_content_length},
        Refused{"length_empty", header("Content-Length:\r\n"), Error::bad_content_length},
        Refused{"length_overflows", header("Content-Length: 18446744073709551616\r\n"),
                Error::bad_content_length},
        Refused{"two_lengths", header("Content-Length: 1\r\nContent-Length: 2\r\n"),
                Error::bad_content_length},
        Refused{"two_lengths_in_a_list", header("Content-Length: 1, 2\r\n"), Error::bad_content_length},
        Refused{"length_then_chunked", header("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
                Error::conflicting_framing},
        Refused{"chunked_then_length", header("Transfer-Encoding: chunked\r\nContent-Length: 1\r\n"),
                Error::conflicting_framing},
        Refused{"identity_then_length", header("Transfer-Encoding: identity\r\nContent-Length: 1\r\n"),
                Error::conflicting_framing},
        Refused{"transfer_gzip", header("Transfer-Encoding: gzip\r\n"), Error::unsupported_transfer_coding},
        Refused{"transfer_gzip_chunked", header("Transfer-Encoding: gzip, chunked\r\n"),
                Error::unsupported_transfer_coding},
        Refused{"chunked_not_last", header("Transfer-Encoding: chunked, gzip\r\n"),
                Error::unsupported_transfer_coding},
        Refused{"chunked_twice", header("Transfer-Encoding: chunked, chunked\r\n"),
                Error::unsupported_transfer_coding},
        Refused{"chunked_in_two_fields",
                header("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
                Error::unsupported_transfer_coding},
        Refused{"chunked_with_tail", header("Transfer-Encoding: chunkedx\r\n"),
                Error::unsupported_transfer_coding}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace streamgauge::wire
