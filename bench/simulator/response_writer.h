#pragma once

#include "bench/simulator/behaviour.h"
#include "bench/simulator/buffering_stage.h"
#include "bench/simulator/content_encoder.h"
#include "bench/simulator/write_batch.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// The header fields of an event stream that depend on the request and its behaviour.
struct ResponseStyle {
    Encoding encoding = Encoding::identity;
    bool compress_held = false;
    Framing framing = Framing::chunked;
    bool http10 = false;
    bool keep_alive = true;
    BufferingPlan buffering{};
    BufferingLayer layer = BufferingLayer::body;
    std::optional<bool> cache_hit;  ///< what X-Cache says; empty: there is none
    std::string date;               ///< value of the Date field
};

/// Turns event text into bytes of an HTTP response: content coding, then buffering and framing in the order
/// that was asked for. No I/O.
class ResponseWriter {
  public:
    explicit ResponseWriter(ResponseStyle style);

    /// Appends the response header if nothing holds it back. A proxy that gathers the body sends the header
    /// with the first block.
    void start(WriteBatch& batch);
    /// Puts body text through. What comes out is appended, each block as a write of its own.
    void write(std::string_view text, Instant now, WriteBatch& batch);
    /// What was written last was a token event.
    void token_written(WriteBatch& batch);
    /// When flush() is to be called; never while no timer runs.
    Instant flush_due() const { return stage_.flush_due(); }
    /// The timer that holds the body back lets it go.
    void flush(WriteBatch& batch);
    /// Ends the body and the HTTP message.
    void finish(Instant now, WriteBatch& batch);

    /// Puts `bytes` into the stream of framed bytes as they are, past the encoder and the framing.
    void write_raw(std::string_view bytes, WriteBatch& batch);
    /// From here on what the encoder gives is spoiled.
    void corrupt_encoding() { corrupt_ = true; }

    bool encodes() const { return encoder_ != nullptr; }

  private:
    bool holds_header() const { return style_.buffering.mode != Buffering::none; }
    void append_header(WriteBatch& batch);
    void put(std::string_view encoded, Instant now, WriteBatch& batch);
    void append_frame(std::string_view bytes, std::string& out) const;
    void append_block(std::string_view block, WriteBatch& batch);
    void spoil(std::string& encoded) const;

    ResponseStyle style_;
    std::unique_ptr<ContentEncoder> encoder_;  ///< null for identity
    BufferingStage stage_;
    std::string encoded_;
    std::string framed_;
    bool header_sent_ = false;
    bool corrupt_ = false;
};

}  // namespace streamgauge::simulator
