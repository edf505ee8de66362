#pragma once

#include "bench/simulator/content_encoder.h"

#include <cstddef>
#include <memory>

struct BrotliEncoderStateStruct;

namespace streamgauge::simulator {

/// br (RFC 7932), with the effort and window of a server that compresses as it goes.
class BrotliEncoder final : public ContentEncoder {
  public:
    /// Throws std::bad_alloc.
    BrotliEncoder();
    ~BrotliEncoder() override;

    void encode(std::string_view bytes, bool flush, std::string& out) override;
    void finish(std::string& out) override;

  private:
    void run(std::string_view bytes, int operation, std::string& out);

    BrotliEncoderStateStruct* state_;
};

}  // namespace streamgauge::simulator
