#pragma once

#include "bench/simulator/behaviour.h"

#include <memory>
#include <string>
#include <string_view>

struct z_stream_s;

namespace streamgauge::simulator {

/// Compresses a body as it is made: gzip (RFC 1952) or deflate in its zlib wrapping (RFC 1950), as HTTP means
/// it.
class ContentEncoder {
  public:
    /// `encoding` is gzip or deflate. Throws std::bad_alloc.
    explicit ContentEncoder(Encoding encoding);
    ~ContentEncoder();
    ContentEncoder(const ContentEncoder&) = delete;
    ContentEncoder& operator=(const ContentEncoder&) = delete;

    /// Appends what comes out for `bytes`. With `flush` all of it can be decoded by the reader at once;
    /// without, most stays inside.
    void encode(std::string_view bytes, bool flush, std::string& out);
    /// Appends the rest.
    void finish(std::string& out);

  private:
    void run(std::string_view bytes, int mode, std::string& out);

    std::unique_ptr<z_stream_s> stream_;
};

}  // namespace streamgauge::simulator
