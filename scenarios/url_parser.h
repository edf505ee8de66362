#pragma once

#include "scenarios/scenario.h"

#include <boost/system/result.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// Why an address cannot be used: the end of a sentence that begins with the address's name ("names no
/// host"). It never repeats the address, which may hold a password.
struct AddressError {
    std::string fault;
};
template <typename Value>
using AddressResult = boost::system::result<Value, AddressError>;

/// Splits an http:// or https:// URL by RFC 3986. Userinfo comes back decoded.
AddressResult<Url> parse_url(std::string_view text);

/// Splits `10.0.0.7:8000`, `host:8000` or `[::1]:8000`.
AddressResult<HostPort> parse_host_port(std::string_view text);

/// The encoded userinfo of a URL that parsed, as written; empty when it has none.
std::string_view written_userinfo(std::string_view url_text);

struct QueryParameter {
    std::string name;
    std::string value;  ///< percent-encoded, as sent
};
/// The parameters of a Url's query, in order.
std::vector<QueryParameter> query_parameters(const Url& url);

}  // namespace streamgauge::scenarios
