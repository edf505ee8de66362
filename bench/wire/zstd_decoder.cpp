#include "bench/wire/zstd_decoder.h"

#include "bench/wire/error.h"

#include <zstd.h>

#include <array>

namespace streamgauge::wire {
namespace {

/// log2 of 8 MiB (RFC 9659, section 3).
constexpr int max_window_log = 23;

/// The four bytes at the front of a frame (RFC 8878, sections 3.1.1 and 3.1.2). Of a skippable frame's first
/// byte the low half is free.
constexpr std::array<unsigned char, 4> frame_magic{0x28, 0xB5, 0x2F, 0xFD};
constexpr std::array<unsigned char, 4> skippable_magic{0x50, 0x2A, 0x4D, 0x18};

bool begins_skippable(unsigned char byte) {
    return (byte & 0xF0U) == skippable_magic[0];
}

}  // namespace

struct ZstdDecoder::Library {
    Library() {
        if (context != nullptr) ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, max_window_log);
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { ZSTD_freeDCtx(context); }

    ZSTD_DCtx* context = ZSTD_createDCtx();
};

ZstdDecoder::ZstdDecoder() = default;
ZstdDecoder::~ZstdDecoder() = default;

boost::system::result<void> ZstdDecoder::feed(std::string_view bytes, ByteSink& sink) {
    made_ = 0;
    if (place_ == Place::failed) return fail();
    if (bytes.empty()) return {};
    if (!library_) library_ = std::make_unique<Library>();
    if (library_->context == nullptr) return fail();
    while (!bytes.empty()) {
        if (place_ == Place::frame) {
            if (!take_frame(bytes, sink)) return fail();
        } else {
            if (!take_magic(bytes.front(), sink)) return fail();
            bytes.remove_prefix(1);
        }
    }
    return {};
}

/// The library looks at these bytes only once it has all of them, and takes formats older than the RFC as
/// well.
bool ZstdDecoder::take_magic(char byte, ByteSink& sink) {
    const auto value = static_cast<unsigned char>(byte);
    if (place_ == Place::between_frames) {
        place_ = Place::magic;
        magic_bytes_ = 0;
        skippable_ = begins_skippable(value);
    }
    const auto& magic = skippable_ ? skippable_magic : frame_magic;
    const bool fits = magic_bytes_ == 0 ? skippable_ || value == magic[0] : value == magic[magic_bytes_];
    if (!fits) return false;
    std::string_view one(&byte, 1);
    if (!take_frame(one, sink)) return false;
    place_ = ++magic_bytes_ == magic.size() ? Place::frame : Place::magic;
    return true;
}

/// Decodes up to the end of `bytes` or of the frame, and shortens `bytes` by what it took.
bool ZstdDecoder::take_frame(std::string_view& bytes, ByteSink& sink) {
    char piece[max_decoded_piece];
    ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
    std::size_t expected = 1;
    bool full = true;
    while (expected != 0 && (input.pos < input.size || full)) {
        ZSTD_outBuffer output{piece, sizeof piece, 0};
        expected = ZSTD_decompressStream(library_->context, &output, &input);
        if (ZSTD_isError(expected) != 0) return false;
        full = output.pos == output.size;
        made_ += output.pos;
        if (made_ > max_decoded_per_feed) return false;
        if (output.pos > 0) sink.on_bytes({piece, output.pos});
    }
    bytes.remove_prefix(input.pos);
    if (expected == 0) place_ = Place::between_frames;
    return true;
}

boost::system::result<void> ZstdDecoder::fail() {
    place_ = Place::failed;
    library_.reset();
    return Error::corrupt_content_coding;
}

void ZstdDecoder::reset() {
    if (library_ && library_->context != nullptr) ZSTD_DCtx_reset(library_->context, ZSTD_reset_session_only);
    place_ = Place::between_frames;
}

}  // namespace streamgauge::wire
