#include "bench/simulator/http_request_reader.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <cstdlib>
#include <utility>

namespace streamgauge::simulator {

namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t most_header_bytes = 64 << 10;
constexpr std::uint64_t most_body_bytes = 16 << 20;

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

bool zero_weight(std::string_view parameters) {
    const auto equals = parameters.find("q=");
    return equals != std::string_view::npos &&
           std::strtod(std::string{parameters.substr(equals + 2)}.c_str(), nullptr) <= 0.0;
}

}  // namespace

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
    bool by_wildcard = false;
    while (!accept_encoding.empty()) {
        const auto end = std::min(accept_encoding.find(','), accept_encoding.size());
        const auto element = accept_encoding.substr(0, end);
        accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
        const auto semicolon = std::min(element.find(';'), element.size());
        const auto name = trimmed(element.substr(0, semicolon));
        const bool taken = !zero_weight(element.substr(semicolon));
        if (boost::beast::iequals(name, coding)) return taken;
        if (name == "*") by_wildcard = taken;
    }
    return by_wildcard;
}

struct HttpRequestReader::Parser {
    Parser() {
        parser.header_limit(most_header_bytes);
        parser.body_limit(most_body_bytes);
        parser.eager(true);
    }
    http::request_parser<http::string_body> parser;
};

HttpRequestReader::HttpRequestReader() = default;
HttpRequestReader::~HttpRequestReader() = default;

HttpRequestReader::State HttpRequestReader::fail(unsigned status, std::string message) {
    error_status_ = status;
    error_ = std::move(message);
    return State::failed;
}

HttpRequestReader::State HttpRequestReader::feed(std::string& input) {
    if (error_status_ != 0) return State::failed;
    if (!parser_) {
        if (input.empty()) return State::need_more;
        parser_ = std::make_unique<Parser>();
        continue_reported_ = false;
    }
    auto& parser = parser_->parser;
    boost::beast::error_code error;
    while (!parser.is_done() && !input.empty() && !error) {
        const std::size_t used = parser.put(boost::asio::buffer(input), error);
        input.erase(0, used);
        if (used == 0) break;
    }
    if (error == http::error::header_limit) return fail(431, "The request header is larger than 64 KiB.");
    if (error == http::error::body_limit) return fail(413, "The request body is larger than 16 MiB.");
    if (error && error != http::error::need_more)
        return fail(400, "The request is not HTTP: " + error.message());
    if (parser.is_done()) return State::complete;
    if (parser.is_header_done() && !continue_reported_) {
        continue_reported_ = true;
        if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue"))
            return State::want_continue;
    }
    return State::need_more;
}

HttpRequest HttpRequestReader::take() {
    auto message = parser_->parser.release();
    parser_.reset();
    HttpRequest request;
    request.method = std::string{message.method_string()};
    const std::string_view target{message.target().data(), message.target().size()};
    request.path = std::string{target.substr(0, target.find('?'))};
    request.behaviour = std::string{message["X-Streamgauge-Behaviour"]};
    request.authorization = std::string{message[http::field::authorization]};
    request.accept_encoding = std::string{message[http::field::accept_encoding]};
    request.keep_alive = message.keep_alive();
    request.http11 = message.version() >= 11;
    request.body = std::move(message.body());
    return request;
}

}  // namespace streamgauge::simulator
