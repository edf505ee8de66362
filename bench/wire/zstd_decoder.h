#pragma once

#include "bench/wire/content_decoder.h"

#include <cstddef>
#include <memory>

namespace streamgauge::wire {

/// The zstd coding (RFC 8878): one frame after the other, skippable ones among them, nothing else in between
/// or behind. Its memory is bounded by the window of 8 MiB that RFC 9659 allows this content coding; a frame
/// that asks for more, or for a dictionary, is refused.
class ZstdDecoder final : public ContentDecoder {
  public:
    ZstdDecoder();
    ~ZstdDecoder() override;

    boost::system::result<void> feed(std::string_view bytes, ByteSink& sink) override;
    bool complete() const override { return place_ == Place::between_frames; }
    void reset() override;

  private:
    enum class Place { between_frames, magic, frame, failed };
    struct Library;

    boost::system::result<void> fail();
    bool take_magic(char byte, ByteSink& sink);
    bool take_frame(std::string_view& bytes, ByteSink& sink);

    std::unique_ptr<Library> library_;  ///< none before the first byte
    Place place_ = Place::between_frames;
    std::size_t magic_bytes_ = 0;  ///< how many of a frame's four have come
    bool skippable_ = false;       ///< what the first of them says of the frame
    std::size_t made_ = 0;         ///< bytes delivered by this feed
};

}  // namespace streamgauge::wire
