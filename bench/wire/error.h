#pragma once

#include <boost/system/error_code.hpp>

#include <type_traits>

namespace streamgauge::wire {

/// What can be wrong with bytes a server sends.
enum class Error {
    bad_status_line = 1,  ///< not an HTTP/1.x status line
    bad_header,           ///< a header field that is not HTTP
    header_too_large,     ///< the response header exceeds its bound
    bad_content_length,   ///< not a number, or several that disagree
    unsupported_transfer_coding,
    bad_chunk_size,  ///< not hexadecimal, or too large
    bad_chunk_end,   ///< no CRLF after a chunk's data
    trailer_too_large,
    unknown_content_coding,
    corrupt_content_coding,  ///< the compressed bytes do not decode
    event_too_large,         ///< one event or line exceeds its bound
    bad_json,                ///< an event's data is not the JSON the API promises
    conflicting_framing,     ///< both Content-Length and Transfer-Encoding (RFC 9112, section 6.3)
};

const boost::system::error_category& error_category();

inline boost::system::error_code make_error_code(Error error) {
    return {static_cast<int>(error), error_category()};
}

}  // namespace streamgauge::wire

template <>
struct boost::system::is_error_code_enum<streamgauge::wire::Error> : std::true_type {};
