#pragma once

#include "bench/simulator/behaviour.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// Holds bytes back on their way out, as a proxy or a compressor would. It knows nothing of events.
class BufferingStage {
  public:
    BufferingStage(Buffering mode, std::uint64_t block_size) : mode_{mode}, block_size_{block_size} {}

    /// Takes `bytes` and hands each block that is ready to `release(std::string_view)`.
    template <class Release>
    void feed(std::string_view bytes, Release&& release) {
        if (mode_ == Buffering::none) {
            if (!bytes.empty()) release(bytes);
            return;
        }
        held_.append(bytes);
        if (mode_ == Buffering::full && held_.size() < kMostHeld) return;
        const std::uint64_t size = mode_ == Buffering::full ? kMostHeld : block_size_;
        std::size_t start = 0;
        for (; held_.size() - start >= size; start += size) {
            release(std::string_view{held_}.substr(start, size));
        }
        held_.erase(0, start);
    }

    /// The end of the input: hands out what is left, if anything is.
    template <class Release>
    void finish(Release&& release) {
        if (!held_.empty()) release(std::string_view{held_});
        held_.clear();
        held_.shrink_to_fit();
    }

    /// What is gone through so far and not handed out.
    std::size_t held() const { return held_.size(); }

  private:
    /// Even a full buffer has an end.
    static constexpr std::uint64_t kMostHeld = 256 << 20;

    Buffering mode_;
    std::uint64_t block_size_;
    std::string held_;
};

}  // namespace streamgauge::simulator
