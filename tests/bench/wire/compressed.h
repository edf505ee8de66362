#pragma once

#include <brotli/encode.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <zstd.h>

#include <cstdint>
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

/// The same in brotli.
class BrotliCompressor {
  public:
    BrotliCompressor() = default;
    BrotliCompressor(const BrotliCompressor&) = delete;
    BrotliCompressor& operator=(const BrotliCompressor&) = delete;
    ~BrotliCompressor() { BrotliEncoderDestroyInstance(state_); }

    void set(BrotliEncoderParameter parameter, std::uint32_t value) {
        EXPECT_EQ(BrotliEncoderSetParameter(state_, parameter, value), BROTLI_TRUE);
    }
    std::string flush(std::string_view text) { return run(text, BROTLI_OPERATION_FLUSH); }
    std::string finish(std::string_view text) { return run(text, BROTLI_OPERATION_FINISH); }

  private:
    std::string run(std::string_view text, BrotliEncoderOperation how) {
        const auto* input = reinterpret_cast<const std::uint8_t*>(text.data());
        std::size_t left = text.size();
        std::string output;
        bool more = true;
        while (more) {
            std::size_t room = 0;
            EXPECT_EQ(BrotliEncoderCompressStream(state_, how, &left, &input, &room, nullptr, nullptr),
                      BROTLI_TRUE);
            more = BrotliEncoderHasMoreOutput(state_) == BROTLI_TRUE;
            std::size_t size = 0;
            const auto* taken = BrotliEncoderTakeOutput(state_, &size);
            output.append(reinterpret_cast<const char*>(taken), size);
        }
        return output;
    }

    BrotliEncoderState* state_ = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
};

inline std::string brotli(std::string_view text) {
    return BrotliCompressor().finish(text);
}

/// The same in zstd; after finish() the next text begins a new frame.
class ZstdCompressor {
  public:
    ZstdCompressor() = default;
    ZstdCompressor(const ZstdCompressor&) = delete;
    ZstdCompressor& operator=(const ZstdCompressor&) = delete;
    ~ZstdCompressor() { ZSTD_freeCCtx(context_); }

    void set(ZSTD_cParameter parameter, int value) {
        EXPECT_EQ(ZSTD_isError(ZSTD_CCtx_setParameter(context_, parameter, value)), 0U);
    }
    std::string flush(std::string_view text) { return run(text, ZSTD_e_flush); }
    std::string finish(std::string_view text) { return run(text, ZSTD_e_end); }

  private:
    std::string run(std::string_view text, ZSTD_EndDirective how) {
        ZSTD_inBuffer input{text.data(), text.size(), 0};
        std::string output;
        std::size_t left = 1;
        while (left != 0) {
            std::string room(4096, '\0');
            ZSTD_outBuffer buffer{room.data(), room.size(), 0};
            left = ZSTD_compressStream2(context_, &buffer, &input, how);
            if (ZSTD_isError(left) != 0) {
                ADD_FAILURE() << ZSTD_getErrorName(left);
                return output;
            }
            output.append(room, 0, buffer.pos);
        }
        return output;
    }

    ZSTD_CCtx* context_ = ZSTD_createCCtx();
};

inline std::string zstd(std::string_view text) {
    return ZstdCompressor().finish(text);
}

}  // namespace streamgauge::wire
