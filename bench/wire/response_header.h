#pragma once

#include "bench/wire/http1_response_decoder.h"

#include <boost/system/result.hpp>

#include <string_view>

namespace streamgauge::wire {

/// Parses one complete response header, from the status line to the empty line, with Beast, and derives the
/// body's framing from it (RFC 9112, section 6.3) for a request that was not HEAD or CONNECT. Errors:
/// bad_status_line, bad_header, bad_content_length, conflicting_framing, unsupported_transfer_coding.
boost::system::result<ResponseHeader> parse_response_header(std::string_view block);

}  // namespace streamgauge::wire
