#pragma once

#include <boost/system/result.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace streamgauge::wire {

/// Decoded bytes are delivered in pieces of at most so many.
inline constexpr std::size_t max_decoded_piece = 16384;

/// What one feed() may decode to, in bytes. Compressed data can expand a millionfold; a read that expands
/// beyond this is refused as corrupt, before it keeps the worker from its other streams.
inline constexpr std::size_t max_decoded_per_feed = std::size_t{64} << 20;

/// Where decoded bytes go. Called synchronously from feed(); the bytes live until it returns.
class ByteSink {
  public:
    virtual ~ByteSink() = default;
    virtual void on_bytes(std::string_view bytes) = 0;
};

/// Undoes one content coding as a stream: whatever can be decoded from the bytes so far is delivered at once.
class ContentDecoder {
  public:
    virtual ~ContentDecoder() = default;

    /// Decodes `bytes` into `sink`. Error: wire::Error. After an error the decoder takes nothing more.
    virtual boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) = 0;

    /// True when the coded body may end here: false in the middle of a compressed stream.
    virtual bool complete() const = 0;

    /// Makes it ready for another body.
    virtual void reset() = 0;
};

/// A decoder for a Content-Encoding value ("", "identity", "gzip", "x-gzip", "deflate", "br",
/// "zstd"), or Error::unknown_content_coding.
boost::system::result<std::unique_ptr<ContentDecoder>> make_content_decoder(
    std::string_view content_encoding);

/// The names of the codings that make_content_decoder() knows, without aliases.
std::span<const std::string_view> content_coding_names();

}  // namespace streamgauge::wire
