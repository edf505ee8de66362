#include "bench/micro/floor/body_inflater.h"

#include <zlib.h>

#include <algorithm>
#include <new>

namespace streamgauge::floor {
namespace {

constexpr int gzip_window = 15 + 16;
constexpr std::uint32_t header_end = 0x0d0a0d0a;

unsigned hex_digit(char byte) {
    return static_cast<unsigned>(byte <= '9' ? byte - '0' : (byte | 0x20) - 'a' + 10);
}

}  // namespace

BodyInflater::BodyInflater() : stream_{std::make_unique<z_stream_s>()} {
    if (inflateInit2(stream_.get(), gzip_window) != Z_OK) throw std::bad_alloc{};
}

BodyInflater::~BodyInflater() {
    inflateEnd(stream_.get());
}

void BodyInflater::step(char byte) {
    switch (part_) {
        case Part::header:
            last_four_ = last_four_ << 8U | static_cast<unsigned char>(byte);
            if (last_four_ == header_end) part_ = Part::size;
            break;
        case Part::size:
            if (byte == '\n') {
                part_ = Part::data;
            } else if (byte != '\r') {
                left_ = left_ * 16 + hex_digit(byte);
            }
            break;
        case Part::data_end:
            if (byte == '\n') part_ = Part::size;
            break;
        case Part::data:
            break;
    }
}

void BodyInflater::feed(std::string_view bytes, std::span<char> scratch,
                        const std::function<void(std::string_view)>& take) {
    while (!bytes.empty()) {
        if (part_ != Part::data) {
            step(bytes.front());
            bytes.remove_prefix(1);
            continue;
        }
        const auto piece = bytes.substr(0, std::min<std::uint64_t>(left_, bytes.size()));
        inflate_chunk(piece, scratch, take);
        left_ -= piece.size();
        bytes.remove_prefix(piece.size());
        if (left_ == 0) part_ = Part::data_end;
    }
}

void BodyInflater::inflate_chunk(std::string_view bytes, std::span<char> scratch,
                                 const std::function<void(std::string_view)>& take) {
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_->avail_in = static_cast<uInt>(bytes.size());
    while (stream_->avail_in > 0) {
        stream_->next_out = reinterpret_cast<Bytef*>(scratch.data());
        stream_->avail_out = static_cast<uInt>(scratch.size());
        const int result = inflate(stream_.get(), Z_SYNC_FLUSH);
        const std::size_t made = scratch.size() - stream_->avail_out;
        if (made > 0) take({scratch.data(), made});
        if (result != Z_OK) return;
    }
}

}  // namespace streamgauge::floor
