#pragma once

#include <boost/system/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::wire {

enum class BodyFraming : std::uint8_t { none, content_length, chunked, until_close };

/// The header of one response. Bounded: 64 KiB in all.
struct ResponseHeader {
    int status = 0;
    int http_version = 11;  ///< 10 or 11
    std::string reason;
    std::vector<std::pair<std::string, std::string>> fields;
    BodyFraming framing = BodyFraming::none;
    std::uint64_t content_length = 0;
    bool keep_alive = true;

    /// The first field of that name, any case; empty when there is none.
    std::string_view field(std::string_view name) const;
};

class ResponseSink {
  public:
    virtual ~ResponseSink() = default;
    virtual void on_header(const ResponseHeader& header) = 0;  ///< final responses only; 1xx are skipped
    virtual void on_chunk(std::uint32_t size) = 0;     ///< a chunk of `size` bytes begins (chunked framing)
    virtual void on_body(std::string_view bytes) = 0;  ///< bytes of the body, transfer coding removed
};

/// Decodes one HTTP/1.x response after the other (RFC 9112), without I/O. The header is parsed by Beast; the
/// body, the hot path, by our own code.
class Http1ResponseDecoder {
  public:
    Http1ResponseDecoder();
    ~Http1ResponseDecoder();
    Http1ResponseDecoder(Http1ResponseDecoder&&) noexcept;
    Http1ResponseDecoder& operator=(Http1ResponseDecoder&&) noexcept;

    /// Feeds bytes; stops at the end of the response and returns how many were taken. Errors: wire::Error.
    boost::system::result<std::size_t> feed(std::string_view bytes, ResponseSink& sink);

    /// The peer has closed. True when that ends the response cleanly (until_close framing after the header,
    /// or done already).
    bool finish();

    /// Asks for the memory that the next feed() will touch.
    void prefetch() const { __builtin_prefetch(state_.get(), 1); }

    bool header_complete() const;
    bool done() const;  ///< the response is complete
    void reset();       ///< ready for the next response on the connection

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::wire
