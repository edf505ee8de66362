#pragma once

#include "bench/wire/content_decoder.h"

namespace streamgauge::wire {

/// No content coding: hands the bytes on as they are.
class IdentityDecoder final : public ContentDecoder {
  public:
    boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) override {
        if (!bytes.empty()) sink.on_bytes(bytes);
        return {};
    }
    bool complete() const override { return true; }
    void reset() override {}
};

}  // namespace streamgauge::wire
