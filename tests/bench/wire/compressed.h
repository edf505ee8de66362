#pragma once

#include <gtest/gtest.h>
#include <zlib.h>

#include <string>
#include <string_view>

namespace streamgauge::wire {

/// zlib's windowBits of each container.
enum class Window : int { raw = -15, zlib = 15, gzip = 31 };

/// Compresses texts one after the other as a streaming server does: what has been given is flushed.
class Compressor {
  public:
    explicit Compressor(Window window) {
        EXPECT_EQ(
            deflateInit2(&stream_, Z_BEST_SPEED, Z_DEFLATED, static_cast<int>(window), 8, Z_DEFAULT_STRATEGY),
            Z_OK);
    }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    ~Compressor() { deflateEnd(&stream_); }

    std::string flush(std::string text) { return run(std::move(text), Z_SYNC_FLUSH); }
    std::string finish(std::string text) { return run(std::move(text), Z_FINISH); }

  private:
    std::string run(std::string text, int how) {
        std::string output(text.size() + text.size() / 10 + 200, '\0');
        stream_.next_in = reinterpret_cast<Bytef*>(text.data());
        stream_.avail_in = static_cast<uInt>(text.size());
        stream_.next_out = reinterpret_cast<Bytef*>(output.data());
        stream_.avail_out = static_cast<uInt>(output.size());
        deflate(&stream_, how);
        output.resize(output.size() - stream_.avail_out);
        return output;
    }

    z_stream stream_{};
};

inline std::string compressed(Window window, std::string text) {
    return Compressor(window).finish(std::move(text));
}

}  // namespace streamgauge::wire
