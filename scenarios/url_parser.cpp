#include "scenarios/url_parser.h"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <charconv>
#include <utility>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t longest_url = 8 * 1024;
constexpr std::size_t longest_host = 253;  // RFC 1035, in its written form

bool is_control(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
}

/// Names and addresses as they may stand in a Host header. A percent-encoded host could smuggle anything.
bool is_plain_host(std::string_view host) {
    const auto plain = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
               c == '-' || c == '_' || c == ':';
    };
    return !host.empty() && host.size() <= longest_host && std::all_of(host.begin(), host.end(), plain);
}

/// The port written, `fallback` without one, 0 for one that is out of range.
std::uint16_t port_or(const boost::urls::authority_view& authority, std::uint16_t fallback) {
    const std::string_view digits(authority.port().data(), authority.port().size());
    if (digits.empty()) return fallback;
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    return error == std::errc{} && end == digits.data() + digits.size() ? port : std::uint16_t{0};
}

/// What is wrong with a URL's parts; empty when nothing is.
std::string fault_of(const boost::urls::url_view& view, std::uint16_t port) {
    const boost::urls::scheme scheme = view.scheme_id();
    if (scheme != boost::urls::scheme::http && scheme != boost::urls::scheme::https) {
        return "needs `http://` or `https://` at its front";
    }
    if (!view.has_authority() || view.encoded_host().empty())
        return "names no host; an IPv6 address stands in brackets, as in `http://[::1]:8080`";
    if (!is_plain_host(view.host_address())) {
        return "has a host with characters that no host name has; write a name in ASCII, an IPv4 address or "
               "an IPv6 address in brackets";
    }
    // Boost 1.81 takes `http://h:8o80/` for port 8 and a path `o80/`, which RFC 3986 does not allow.
    const std::string_view path(view.encoded_path());
    const bool cut_short = !path.empty() && path.front() != '/';
    if (cut_short && !view.has_port()) return "has something between its host and its path; put a `/` there";
    if (port == 0 || cut_short) return "has a port that is not a number from 1 to 65535";
    if (view.has_fragment()) return "ends in a fragment (`#...`), which is never sent; remove it";
    // Most likely what is left of a password that was cut apart: a part of it would be the host, and be
    // shown.
    if (std::string_view(view.encoded_target()).find('@') != std::string_view::npos) {
        return "has an `@` after its host; write `%40` for one that belongs to a password or a path";
    }
    const std::string userinfo = view.userinfo();
    if (std::any_of(userinfo.begin(), userinfo.end(), is_control)) {
        return "has control characters in its user name or password";
    }
    return {};
}

}  // namespace

AddressResult<Url> parse_url(std::string_view text) {
    if (text.size() > longest_url) return AddressError{"is longer than 8 KiB"};
    const auto parsed = boost::urls::parse_uri(text);
    if (!parsed) {
        if (text.find("://") == std::string_view::npos)
            return AddressError{"needs `http://` or `https://` at its front"};
        return AddressError{
            "cannot be read as a URL; percent-encode special characters (`@` in a password is `%40`) and put "
            "IPv6 addresses in brackets"};
    }
    const boost::urls::url_view& view = *parsed;
    Url url;
    url.tls = view.scheme_id() == boost::urls::scheme::https;
    url.port = port_or(view.authority(), url.tls ? 443 : 80);
    if (std::string fault = fault_of(view, url.port); !fault.empty()) return AddressError{std::move(fault)};

    url.host = view.host_address();
    const std::string target(view.encoded_target());
    url.path_and_query = target.starts_with('/') ? target : "/" + target;
    if (view.has_userinfo()) url.userinfo = view.userinfo();
    boost::urls::url shown(view);
    shown.remove_userinfo();
    url.text = std::string(shown.buffer());
    return url;
}

AddressResult<HostPort> parse_host_port(std::string_view text) {
    const AddressError fault{"needs a host and a port, such as `10.0.0.7:8000` or `[::1]:8000`"};
    const auto parsed = boost::urls::parse_authority(text);
    if (!parsed || parsed->has_userinfo()) return fault;
    HostPort address;
    address.host = parsed->host_address();
    address.port = port_or(*parsed, 0);
    if (address.port == 0 || !is_plain_host(address.host)) return fault;
    return address;
}

std::string_view written_userinfo(std::string_view url_text) {
    const auto parsed = boost::urls::parse_uri(url_text);
    if (!parsed || !parsed->has_userinfo()) return {};
    const auto encoded = parsed->encoded_userinfo();
    return url_text.substr(static_cast<std::size_t>(encoded.data() - url_text.data()), encoded.size());
}

std::vector<QueryParameter> query_parameters(const Url& url) {
    std::vector<QueryParameter> parameters;
    const auto parsed = boost::urls::parse_origin_form(url.path_and_query);
    if (!parsed) return parameters;
    for (const auto& parameter : parsed->encoded_params()) {
        parameters.push_back({parameter.key.decode(), std::string(parameter.value)});
    }
    return parameters;
}

}  // namespace streamgauge::scenarios
