#include "bench/wire/deflate_decoder.h"

#include "bench/wire/error.h"

namespace streamgauge::wire {
namespace {

constexpr unsigned deflate_method = 8;

unsigned low_nibble(char c) {
    return static_cast<unsigned char>(c) & 0x0FU;
}

/// True for the two header bytes of RFC 1950, section 2.2.
bool is_zlib_header(char first, char second) {
    const unsigned method_and_flags =
        static_cast<unsigned char>(first) * 256U + static_cast<unsigned char>(second);
    return low_nibble(first) == deflate_method && method_and_flags % 31 == 0;
}

}  // namespace

boost::system::result<void> DeflateDecoder::feed(std::string_view bytes, ByteSink& sink) {
    if (state_ == State::failed) return Error::corrupt_content_coding;
    if (bytes.empty()) return {};
    if (state_ != State::start) return inflate(bytes, sink);

    const std::string held = first_byte_;
    const char first = held.empty() ? bytes[0] : held[0];
    const bool undecided = low_nibble(first) == deflate_method && held.size() + bytes.size() < 2;
    if (undecided) {
        first_byte_ = bytes;
        return {};
    }
    const char second = held.empty() ? (bytes.size() > 1 ? bytes[1] : '\0') : bytes[0];
    const auto container =
        is_zlib_header(first, second) ? Inflater::Container::zlib : Inflater::Container::raw;
    if (!inflater_.begin(container)) return fail();
    state_ = State::inflating;
    if (const auto result = inflate(held, sink); !result) return result;
    return inflate(bytes, sink);
}

boost::system::result<void> DeflateDecoder::inflate(std::string_view bytes, ByteSink& sink) {
    if (bytes.empty()) return {};
    if (state_ == State::ended) return fail();
    const auto taken = inflater_.feed(bytes, sink);
    if (!taken) return fail();
    if (!inflater_.active()) state_ = State::ended;
    return *taken == bytes.size() ? boost::system::result<void>() : fail();
}

boost::system::result<void> DeflateDecoder::fail() {
    state_ = State::failed;
    return Error::corrupt_content_coding;
}

bool DeflateDecoder::complete() const {
    return state_ == State::ended || (state_ == State::start && first_byte_.empty());
}

void DeflateDecoder::reset() {
    *this = DeflateDecoder();
}

}  // namespace streamgauge::wire
