#include "bench/wire/chunked_decoder.h"

#include "bench/wire/error.h"

#include <algorithm>

namespace streamgauge::wire {
namespace {

/// The value of a hexadecimal digit, or -1.
constexpr int hexadecimal(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

boost::system::result<std::size_t> ChunkedDecoder::feed(std::string_view bytes, ResponseSink& sink) {
    std::size_t taken = 0;
    while (taken < bytes.size() && state_ != State::done) {
        if (state_ == State::data) {
            const auto part = bytes.substr(taken, size_);
            size_ -= part.size();
            taken += part.size();
            if (size_ == 0) state_ = State::data_cr;
            sink.on_body(part);
            continue;
        }
        const char c = bytes[taken++];
        const auto result = state_ < State::data                 ? take_size_line(c, sink)
                            : state_ < State::trailer_line_start ? take_data_end(c)
                                                                 : take_trailer(c);
        if (!result) return result.error();
    }
    return taken;
}

boost::system::result<void> ChunkedDecoder::take_size_line(char c, ResponseSink& sink) {
    if (state_ == State::size_lf) {
        if (c != '\n') return Error::bad_chunk_size;
        return begin_chunk(sink);
    }
    if (++line_bytes_ > max_size_line_bytes) return Error::bad_chunk_size;
    if (state_ == State::size) {
        if (const int digit = hexadecimal(c); digit >= 0) {
            size_ = size_ * 16 + static_cast<unsigned>(digit);
            if (size_ > max_chunk_bytes) return Error::bad_chunk_size;
            return {};
        }
        if (line_bytes_ == 1) return Error::bad_chunk_size;
        state_ = State::after_size;
    }
    if (c == '\r') {
        state_ = State::size_lf;
    } else if (c == '\n') {
        return Error::bad_chunk_size;
    } else if (state_ == State::after_size) {
        if (c == ';') {
            state_ = State::extension;
        } else if (c != ' ' && c != '\t') {
            return Error::bad_chunk_size;
        }
    }
    return {};
}

boost::system::result<void> ChunkedDecoder::begin_chunk(ResponseSink& sink) {
    line_bytes_ = 0;
    if (size_ == 0) {
        state_ = State::trailer_line_start;
        return {};
    }
    state_ = State::data;
    sink.on_chunk(static_cast<std::uint32_t>(size_));
    return {};
}

boost::system::result<void> ChunkedDecoder::take_data_end(char c) {
    if (c != (state_ == State::data_cr ? '\r' : '\n')) return Error::bad_chunk_end;
    state_ = state_ == State::data_cr ? State::data_lf : State::size;
    return {};
}

boost::system::result<void> ChunkedDecoder::take_trailer(char c) {
    if (++line_bytes_ > max_trailer_bytes) return Error::trailer_too_large;
    const bool at_line_start = state_ == State::trailer_line_start;
    if (state_ == State::trailer_lf) {
        if (c != '\n') return Error::bad_chunk_end;
        state_ = State::done;
    } else if (c == '\n') {
        state_ = at_line_start ? State::done : State::trailer_line_start;
    } else if (at_line_start) {
        state_ = c == '\r' ? State::trailer_lf : State::trailer_line;
    }
    return {};
}

}  // namespace streamgauge::wire
