#pragma once

#include "bench/simulator/content_encoder.h"

struct ZSTD_CCtx_s;

namespace streamgauge::simulator {

/// zstd (RFC 8878) at its default effort, in one frame.
class ZstdEncoder final : public ContentEncoder {
  public:
    /// Throws std::bad_alloc.
    ZstdEncoder();
    ~ZstdEncoder() override;

    void encode(std::string_view bytes, bool flush, std::string& out) override;
    void finish(std::string& out) override;

  private:
    void run(std::string_view bytes, int directive, std::string& out);

    ZSTD_CCtx_s* context_;
};

}  // namespace streamgauge::simulator
