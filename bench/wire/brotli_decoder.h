#pragma once

#include "bench/wire/content_decoder.h"

#include <memory>

namespace streamgauge::wire {

/// The br coding (RFC 7932): one stream, nothing behind it. Its memory grows with what has come, up to the
/// 16 MiB window of the format; the larger windows that are no part of the RFC are refused.
class BrotliDecoder final : public ContentDecoder {
  public:
    BrotliDecoder();
    ~BrotliDecoder() override;

    boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) override;
    bool complete() const override { return place_ == Place::start || place_ == Place::ended; }
    void reset() override;

  private:
    enum class Place { start, inside, ended, failed };
    struct Library;

    boost::system::result<void> fail();

    std::unique_ptr<Library> library_;  ///< none before the first byte
    Place place_ = Place::start;
};

}  // namespace streamgauge::wire
