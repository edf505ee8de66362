#pragma once

#include "bench/wire/content_decoder.h"
#include "bench/wire/inflater.h"

namespace streamgauge::wire {

/// The gzip coding (RFC 1952): one member after the other, nothing else in between or behind.
class GzipDecoder final : public ContentDecoder {
  public:
    boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) override;
    bool complete() const override { return !failed_ && !inflater_.active(); }
    void reset() override;

  private:
    Inflater inflater_;
    bool failed_ = false;
};

}  // namespace streamgauge::wire
