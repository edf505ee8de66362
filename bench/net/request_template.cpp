#include "bench/net/request_template.h"

#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/write.hpp>
#include <openssl/evp.h>

#include <sstream>

namespace streamgauge::net {
namespace {

namespace http = boost::beast::http;

std::string host_field(const scenarios::Url& url) {
    const bool bare_ipv6 = url.host.find(':') != std::string::npos;
    std::string host = bare_ipv6 ? "[" + url.host + "]" : url.host;
    if (url.port != (url.tls ? 443 : 80)) host += ":" + std::to_string(url.port);
    return host;
}

std::string base64(const std::string& text) {
    std::string encoded(4 * ((text.size() + 2) / 3) + 1, '\0');
    const int size =
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                        reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
    encoded.resize(static_cast<std::size_t>(size));
    return encoded;
}

std::string join(const std::vector<std::string>& words) {
    std::string joined;
    for (const auto& word : words)
        joined += (joined.empty() ? "" : ", ") + word;
    return joined;
}

}  // namespace

RequestTemplate::RequestTemplate(const scenarios::Target& target, const api::ApiDialect& dialect,
                                 bool reuse) {
    http::request<http::empty_body> request{http::verb::post, target.url.path_and_query, 11};
    request.set(http::field::host, host_field(target.url));
    request.set(http::field::user_agent, "streamgauge/" STREAMGAUGE_VERSION);
    request.set(http::field::accept, "text/event-stream");
    request.set(http::field::accept_encoding,
                target.accept_encoding.empty() ? std::string{"identity"} : join(target.accept_encoding));
    request.set(http::field::content_type, "application/json");
    if (!reuse) request.set(http::field::connection, "close");
    if (target.url.userinfo) request.set(http::field::authorization, "Basic " + base64(*target.url.userinfo));
    for (const auto& header : dialect.request_headers())
        request.set(header.name, header.value);
    for (const auto& header : target.headers)
        request.set(header.name, header.value);
    request.erase(http::field::content_length);
    own_request_id_ = request.count("X-Request-Id") > 0;

    std::ostringstream text;
    text << request.base();
    head_ = text.str();
    head_.resize(head_.rfind("\r\n"));  // without the blank line that ends the header
}

std::string RequestTemplate::fill(std::string_view request_id, std::string_view body) const {
    std::string request;
    request.reserve(head_.size() + body.size() + 96);
    request += head_;
    if (!own_request_id_) request.append("X-Request-Id: ").append(request_id).append("\r\n");
    request.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n").append(body);
    return request;
}

}  // namespace streamgauge::net
