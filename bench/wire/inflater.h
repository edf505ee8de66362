#pragma once

#include "bench/wire/content_decoder.h"

#include <boost/system/result.hpp>

#include <cstddef>
#include <memory>
#include <string_view>

namespace streamgauge::wire {

/// zlib's inflate as a stream. Its state, some 40 KiB once data has come, is all the memory it holds: output
/// goes through a buffer on the stack, so however much a few bytes inflate to, nothing piles up here.
class Inflater {
  public:
    /// The container around the deflate data, as zlib's windowBits.
    enum class Container : int { raw = -15, zlib = 15, gzip = 15 + 16 };

    Inflater();
    ~Inflater();
    Inflater(Inflater&&) noexcept;
    Inflater& operator=(Inflater&&) noexcept;

    /// Begins a compressed stream. Keeps the memory of the one before. Error: corrupt_content_coding when
    /// zlib gets no memory.
    boost::system::result<void> begin(Container container);

    /// Inflates all that can be inflated of `bytes`, stops at the end of the compressed stream, and returns
    /// how many bytes were taken. Error: corrupt_content_coding.
    boost::system::result<std::size_t> feed(std::string_view bytes, ByteSink& sink);

    /// True from begin() to the end of the compressed stream.
    bool active() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::wire
