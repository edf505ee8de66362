#include "bench/simulator/brotli_encoder.h"

#include <brotli/encode.h>

#include <new>

namespace streamgauge::simulator {

namespace {

constexpr std::uint32_t coding_quality = 4;
constexpr std::uint32_t window_bits = 18;

}  // namespace

BrotliEncoder::BrotliEncoder() : state_{BrotliEncoderCreateInstance(nullptr, nullptr, nullptr)} {
    if (state_ == nullptr) throw std::bad_alloc{};
    BrotliEncoderSetParameter(state_, BROTLI_PARAM_QUALITY, coding_quality);
    BrotliEncoderSetParameter(state_, BROTLI_PARAM_LGWIN, window_bits);
}

BrotliEncoder::~BrotliEncoder() {
    BrotliEncoderDestroyInstance(state_);
}

void BrotliEncoder::encode(std::string_view bytes, bool flush, std::string& out) {
    run(bytes, flush ? BROTLI_OPERATION_FLUSH : BROTLI_OPERATION_PROCESS, out);
}

void BrotliEncoder::finish(std::string& out) {
    run({}, BROTLI_OPERATION_FINISH, out);
}

void BrotliEncoder::run(std::string_view bytes, int operation, std::string& out) {
    const auto* input = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    bool more = true;
    while (more) {
        std::size_t room = 0;
        if (BrotliEncoderCompressStream(state_, static_cast<BrotliEncoderOperation>(operation), &left, &input,
                                        &room, nullptr, nullptr) != BROTLI_TRUE) {
            throw std::bad_alloc{};  // the only way it fails when it is called in order
        }
        more = BrotliEncoderHasMoreOutput(state_) == BROTLI_TRUE;
        std::size_t size = 0;
        const auto* coded = BrotliEncoderTakeOutput(state_, &size);
        out.append(reinterpret_cast<const char*>(coded), size);
    }
}

}  // namespace streamgauge::simulator
