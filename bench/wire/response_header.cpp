#include "bench/wire/response_header.h"

#include "bench/wire/error.h"
#include "bench/wire/token.h"

#include <boost/beast/http/basic_parser.hpp>

#include <limits>

namespace streamgauge::wire {
namespace {

namespace http = boost::beast::http;
using Code = boost::beast::error_code;

std::string_view view(boost::beast::string_view text) {
    return {text.data(), text.size()};
}

/// Collects what Beast finds in a header; never reaches a body.
class HeaderParser final : public http::basic_parser<false> {
  public:
    ResponseHeader header;
    bool status_line_seen = false;

  private:
    void on_request_impl(http::verb, boost::beast::string_view, boost::beast::string_view, int,
                         Code&) override {}
    void on_response_impl(int code, boost::beast::string_view reason, int version, Code&) override {
        status_line_seen = true;
        header.status = code;
        header.reason = view(reason);
        header.http_version = version;
    }
    void on_field_impl(http::field, boost::beast::string_view name, boost::beast::string_view value,
                       Code&) override {
        header.fields.emplace_back(view(name), view(value));
    }
    void on_header_impl(Code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
    std::size_t on_body_impl(boost::beast::string_view, Code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, boost::beast::string_view, Code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view, Code&) override { return 0; }
    void on_finish_impl(Code&) override {}
};

bool has_field(const ResponseHeader& header, std::string_view name) {
    for (const auto& [field, value] : header.fields) {
        if (equal_ignoring_case(field, name)) return true;
    }
    return false;
}

/// Beast refuses a field before it hands it over, so the fields seen are those before the bad one.
Error error_of(const Code& code, const HeaderParser& parser) {
    if (!parser.status_line_seen) return Error::bad_status_line;
    if (code == http::error::bad_content_length || code == http::error::multiple_content_length) {
        return has_field(parser.header, "Transfer-Encoding") ? Error::conflicting_framing
                                                             : Error::bad_content_length;
    }
    if (code == http::error::bad_transfer_encoding) {
        return has_field(parser.header, "Content-Length") ? Error::conflicting_framing
                                                          : Error::unsupported_transfer_coding;
    }
    return Error::bad_header;
}

/// Calls `visit` with every element of every field of that name.
template <class Visit>
void for_each_token_of(const ResponseHeader& header, std::string_view name, Visit visit) {
    for (const auto& [field, value] : header.fields) {
        if (equal_ignoring_case(field, name)) for_each_token(value, visit);
    }
}

/// Only `chunked`, once, is understood; `identity`, which older servers send, says nothing.
boost::system::result<void> set_framing(ResponseHeader& header) {
    const bool has_length = has_field(header, "Content-Length");
    if (has_length && has_field(header, "Transfer-Encoding")) return Error::conflicting_framing;
    const int status = header.status;
    if (status < 200 || status == 204 || status == 304) {
        header.framing = BodyFraming::none;
        return {};
    }
    int chunked = 0;
    bool other = false;
    for_each_token_of(header, "Transfer-Encoding", [&](std::string_view coding) {
        if (equal_ignoring_case(coding, "chunked")) {
            ++chunked;
        } else if (!equal_ignoring_case(coding, "identity")) {
            other = true;
        }
    });
    if (other || chunked > 1) return Error::unsupported_transfer_coding;
    header.framing = chunked > 0  ? BodyFraming::chunked
                     : has_length ? BodyFraming::content_length
                                  : BodyFraming::until_close;
    return {};
}

bool keeps_alive(const ResponseHeader& header) {
    bool close = false;
    bool keep = false;
    for_each_token_of(header, "Connection", [&](std::string_view option) {
        close = close || equal_ignoring_case(option, "close");
        keep = keep || equal_ignoring_case(option, "keep-alive");
    });
    if (close || header.status == 101 || header.framing == BodyFraming::until_close) return false;
    // A transfer coding in an HTTP/1.0 message makes its framing suspect (RFC 9112, section 6.1).
    return header.http_version >= 11 || (keep && header.framing != BodyFraming::chunked);
}

}  // namespace

boost::system::result<ResponseHeader> parse_response_header(std::string_view block) {
    HeaderParser parser;
    parser.header_limit(std::numeric_limits<std::uint32_t>::max());
    parser.body_limit(boost::none);
    parser.header.fields.reserve(16);
    Code code;
    parser.put(boost::asio::const_buffer(block.data(), block.size()), code);
    if (code) return error_of(code, parser);
    if (!parser.is_header_done()) return Error::bad_header;

    auto& header = parser.header;
    if (has_field(header, "Content-Length")) header.content_length = parser.content_length().value_or(0);
    if (const auto framing = set_framing(header); !framing) return framing.error();
    header.keep_alive = keeps_alive(header);
    return std::move(header);
}

}  // namespace streamgauge::wire
