#pragma once

#include "bench/simulator/behaviour.h"
#include "bench/simulator/clock.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// What is held back and what lets it go.
struct BufferingPlan {
    Buffering mode = Buffering::none;
    std::uint64_t block_size = 4096;           ///< bytes, of Buffering::block
    std::chrono::nanoseconds flush_period{0};  ///< of Buffering::timer
    std::uint64_t token_window = 1;            ///< token events, of Buffering::tokens
};

/// Holds bytes back on their way out, as a proxy or a compressor would. It knows nothing of events but, where
/// a window counts them, that one has passed. Every function hands what is ready to
/// `release(std::string_view)`, one call a block. No clock.
class BufferingStage {
  public:
    explicit BufferingStage(const BufferingPlan& plan) : plan_{plan} {}

    /// Takes `bytes` at the moment `now`.
    template <class Release>
    void feed(std::string_view bytes, Instant now, Release&& release) {
        if (bytes.empty()) return;
        if (plan_.mode == Buffering::none) {
            release(bytes);
            return;
        }
        if (plan_.mode == Buffering::timer && held_.empty()) set_timer(now);
        held_.append(bytes);
        const std::uint64_t size = plan_.mode == Buffering::block ? plan_.block_size : most_held;
        std::size_t start = 0;
        for (; held_.size() - start >= size; start += size) {
            release(std::string_view{held_}.substr(start, size));
        }
        held_.erase(0, start);
    }

    /// A token event has been fed in whole.
    template <class Release>
    void token_passed(Release&& release) {
        if (plan_.mode != Buffering::tokens || ++tokens_ < plan_.token_window) return;
        release_held(release);
    }

    /// When the timer will let go of what is held; never when there is nothing for it to do. It ticks at
    /// whole periods after the first byte, as a proxy's periodic flush does.
    Instant flush_due() const {
        return plan_.mode == Buffering::timer && !held_.empty() ? flush_due_ : never;
    }

    /// The timer's tick.
    template <class Release>
    void flush(Release&& release) {
        release_held(release);
    }

    /// The end of the input: hands out what is left, if anything is.
    template <class Release>
    void finish(Release&& release) {
        release_held(release);
        held_.shrink_to_fit();
    }

    /// What is gone through so far and not handed out, in bytes.
    std::size_t held() const { return held_.size(); }

  private:
    /// Even a full buffer has an end.
    static constexpr std::uint64_t most_held = 256 << 20;

    void set_timer(Instant now) {
        if (first_byte_ == never) first_byte_ = now;
        const auto ticks = (now - first_byte_) / plan_.flush_period + 1;
        flush_due_ = first_byte_ + ticks * plan_.flush_period;
    }

    template <class Release>
    void release_held(Release&& release) {
        if (!held_.empty()) release(std::string_view{held_});
        held_.clear();
        tokens_ = 0;
    }

    BufferingPlan plan_;
    std::string held_;
    std::uint64_t tokens_ = 0;  ///< token events in held_
    Instant first_byte_ = never;
    Instant flush_due_ = never;
};

}  // namespace streamgauge::simulator
