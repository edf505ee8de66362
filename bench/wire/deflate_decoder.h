#pragma once

#include "bench/wire/content_decoder.h"
#include "bench/wire/inflater.h"

#include <string>

namespace streamgauge::wire {

/// The deflate coding: deflate data in a zlib container (RFC 1950), or, as many servers send and browsers
/// accept, without one (RFC 1951). The first two bytes tell which.
class DeflateDecoder final : public ContentDecoder {
  public:
    boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) override;
    bool complete() const override;
    void reset() override;

  private:
    enum class State { start, inflating, ended, failed };

    boost::system::result<void> fail();
    boost::system::result<void> inflate(std::string_view bytes, ByteSink& sink);

    Inflater inflater_;
    std::string first_byte_;  ///< held back until the second has come
    State state_ = State::start;
};

}  // namespace streamgauge::wire
