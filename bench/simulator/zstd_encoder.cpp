#include "bench/simulator/zstd_encoder.h"

#include <zstd.h>

#include <new>

namespace streamgauge::simulator {

namespace {

/// Small, for the sake of thousands of streams at a time.
constexpr int window_log = 18;

}  // namespace

ZstdEncoder::ZstdEncoder() : context_{ZSTD_createCCtx()} {
    if (context_ == nullptr) throw std::bad_alloc{};
    ZSTD_CCtx_setParameter(context_, ZSTD_c_windowLog, window_log);
}

ZstdEncoder::~ZstdEncoder() {
    ZSTD_freeCCtx(context_);
}

void ZstdEncoder::encode(std::string_view bytes, bool flush, std::string& out) {
    run(bytes, flush ? ZSTD_e_flush : ZSTD_e_continue, out);
}

void ZstdEncoder::finish(std::string& out) {
    run({}, ZSTD_e_end, out);
}

void ZstdEncoder::run(std::string_view bytes, int directive, std::string& out) {
    const auto mode = static_cast<ZSTD_EndDirective>(directive);
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    bool more = true;
    while (more) {
        char room[4096];
        ZSTD_outBuffer output{room, sizeof room, 0};
        const std::size_t left = ZSTD_compressStream2(context_, &output, &input, mode);
        if (ZSTD_isError(left) != 0) throw std::bad_alloc{};  // the only way it fails when called in order
        out.append(room, output.pos);
        more = mode == ZSTD_e_continue ? input.pos < input.size : left != 0;
    }
}

}  // namespace streamgauge::simulator
