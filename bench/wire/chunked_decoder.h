#pragma once

#include "bench/wire/http1_response_decoder.h"

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace streamgauge::wire {

/// Removes the chunked transfer coding (RFC 9112, section 7.1). Chunk extensions and trailer fields are
/// skipped, both bounded. Line ends inside the coding must be CR LF; in the trailer LF alone will do.
class ChunkedDecoder {
  public:
    /// Largest chunk taken, in bytes.
    static constexpr std::uint64_t max_chunk_bytes = 0xFFFF'FFFF;
    /// Bound of a chunk's size line, extensions included.
    static constexpr std::uint32_t max_size_line_bytes = 4096;
    static constexpr std::uint32_t max_trailer_bytes = 65536;

    /// Feeds bytes; stops at the end of the body and returns how many were taken. Each chunk with data is
    /// announced by on_chunk, its bytes go to on_body as they come. Errors: bad_chunk_size, bad_chunk_end,
    /// trailer_too_large.
    boost::system::result<std::size_t> feed(std::string_view bytes, ResponseSink& sink);

    bool done() const { return state_ == State::done; }

  private:
    enum class State : std::uint8_t {
        size,
        after_size,
        extension,
        size_lf,
        data,
        data_cr,
        data_lf,
        trailer_line_start,
        trailer_line,
        trailer_lf,
        done
    };

    boost::system::result<void> take_size_line(char c, ResponseSink& sink);
    boost::system::result<void> begin_chunk(ResponseSink& sink);
    boost::system::result<void> take_data_end(char c);
    boost::system::result<void> take_trailer(char c);

    std::uint64_t size_ = 0;        ///< of the chunk: while reading data, what is left of it
    std::uint32_t line_bytes_ = 0;  ///< of the size line, or of the trailer
    State state_ = State::size;
};

}  // namespace streamgauge::wire
