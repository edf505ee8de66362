#include "bench/wire/brotli_decoder.h"

#include "bench/wire/error.h"

#include <brotli/decode.h>

namespace streamgauge::wire {

struct BrotliDecoder::Library {
    Library() = default;
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { BrotliDecoderDestroyInstance(state); }

    BrotliDecoderState* state = BrotliDecoderCreateInstance(nullptr, nullptr, nullptr);
};

BrotliDecoder::BrotliDecoder() = default;
BrotliDecoder::~BrotliDecoder() = default;

boost::system::result<void> BrotliDecoder::feed(std::string_view bytes, ByteSink& sink) {
    if (place_ == Place::failed) return fail();
    if (bytes.empty()) return {};
    if (place_ == Place::ended) return fail();
    if (!library_) library_ = std::make_unique<Library>();
    if (library_->state == nullptr) return fail();
    place_ = Place::inside;

    const auto* input = reinterpret_cast<const std::uint8_t*>(bytes.data());
    std::size_t left = bytes.size();
    std::size_t made = 0;
    auto result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
        // Without room of ours the library keeps its output, and lends it: no copy.
        std::size_t room = 0;
        result = BrotliDecoderDecompressStream(library_->state, &left, &input, &room, nullptr, nullptr);
        if (result == BROTLI_DECODER_RESULT_ERROR) return fail();
        while (BrotliDecoderHasMoreOutput(library_->state) == BROTLI_TRUE) {
            std::size_t size = max_decoded_piece;
            const auto* output = BrotliDecoderTakeOutput(library_->state, &size);
            if (size == 0) break;
            made += size;
            if (made > max_decoded_per_feed) return fail();
            sink.on_bytes({reinterpret_cast<const char*>(output), size});
        }
    }
    if (result == BROTLI_DECODER_RESULT_SUCCESS) place_ = Place::ended;
    return left == 0 ? boost::system::result<void>() : fail();
}

boost::system::result<void> BrotliDecoder::fail() {
    place_ = Place::failed;
    library_.reset();
    return Error::corrupt_content_coding;
}

void BrotliDecoder::reset() {
    library_.reset();
    place_ = Place::start;
}

}  // namespace streamgauge::wire
