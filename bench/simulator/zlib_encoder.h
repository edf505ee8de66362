#pragma once

#include "bench/simulator/content_encoder.h"

#include <memory>

struct z_stream_s;

namespace streamgauge::simulator {

/// gzip (RFC 1952), or deflate in its zlib wrapping (RFC 1950), as HTTP means it. Held, it gives the ten
/// bytes of gzip's header at once and the rest at the end.
class ZlibEncoder final : public ContentEncoder {
  public:
    enum class Wrapping { zlib, gzip };

    /// Throws std::bad_alloc.
    explicit ZlibEncoder(Wrapping wrapping);
    ~ZlibEncoder() override;

    void encode(std::string_view bytes, bool flush, std::string& out) override;
    void finish(std::string& out) override;

  private:
    void run(std::string_view bytes, int mode, std::string& out);

    std::unique_ptr<z_stream_s> stream_;
};

}  // namespace streamgauge::simulator
