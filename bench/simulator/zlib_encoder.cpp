#include "bench/simulator/zlib_encoder.h"

#include <zlib.h>

#include <new>

namespace streamgauge::simulator {

namespace {

constexpr int window_bits = 15;
constexpr int gzip_wrapping = 16;

}  // namespace

ZlibEncoder::ZlibEncoder(Wrapping wrapping) : stream_{std::make_unique<z_stream_s>()} {
    const int window = window_bits + (wrapping == Wrapping::gzip ? gzip_wrapping : 0);
    if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) !=
        Z_OK) {
        throw std::bad_alloc{};
    }
}

ZlibEncoder::~ZlibEncoder() {
    deflateEnd(stream_.get());
}

void ZlibEncoder::encode(std::string_view bytes, bool flush, std::string& out) {
    run(bytes, flush ? Z_SYNC_FLUSH : Z_NO_FLUSH, out);
}

void ZlibEncoder::finish(std::string& out) {
    run({}, Z_FINISH, out);
}

void ZlibEncoder::run(std::string_view bytes, int mode, std::string& out) {
    stream_->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream_->avail_in = static_cast<uInt>(bytes.size());
    do {
        char room[4096];
        stream_->next_out = reinterpret_cast<Bytef*>(room);
        stream_->avail_out = sizeof room;
        deflate(stream_.get(), mode);
        out.append(room, sizeof room - stream_->avail_out);
    } while (stream_->avail_out == 0);
}

}  // namespace streamgauge::simulator
