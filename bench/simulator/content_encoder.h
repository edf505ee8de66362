#pragma once

#include "bench/simulator/behaviour.h"

#include <memory>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// Compresses a body as it is made.
class ContentEncoder {
  public:
    ContentEncoder() = default;
    virtual ~ContentEncoder() = default;
    ContentEncoder(const ContentEncoder&) = delete;
    ContentEncoder& operator=(const ContentEncoder&) = delete;

    /// Appends what comes out for `bytes`. With `flush` all of it can be decoded by the reader at once;
    /// without, most stays inside.
    virtual void encode(std::string_view bytes, bool flush, std::string& out) = 0;
    /// Appends the rest.
    virtual void finish(std::string& out) = 0;
};

/// The name of a coding in Accept-Encoding and Content-Encoding.
std::string_view encoding_name(Encoding encoding);

/// An encoder; null for identity. Throws std::bad_alloc.
std::unique_ptr<ContentEncoder> make_content_encoder(Encoding encoding);

}  // namespace streamgauge::simulator
