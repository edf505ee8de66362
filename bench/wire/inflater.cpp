#include "bench/wire/inflater.h"

#include "bench/wire/error.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace streamgauge::wire {

struct Inflater::State {
    State() = default;
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        if (allocated) inflateEnd(&stream);
    }

    z_stream stream{};
    bool allocated = false;
    bool active = false;
};

Inflater::Inflater() : state_(std::make_unique<State>()) {}
Inflater::~Inflater() = default;
Inflater::Inflater(Inflater&&) noexcept = default;
Inflater& Inflater::operator=(Inflater&&) noexcept = default;

boost::system::result<void> Inflater::begin(Container container) {
    auto& state = *state_;
    const int window_bits = static_cast<int>(container);
    const int code = state.allocated ? inflateReset2(&state.stream, window_bits)
                                     : inflateInit2(&state.stream, window_bits);
    if (code != Z_OK) return Error::corrupt_content_coding;
    state.allocated = true;
    state.active = true;
    return {};
}

boost::system::result<std::size_t> Inflater::feed(std::string_view bytes, ByteSink& sink) {
    auto& state = *state_;
    auto& stream = state.stream;
    char output[max_decoded_piece];
    const auto size = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
    // zlib's interface is not const-correct; inflate does not write to its input.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(size);
    std::size_t total = 0;
    do {
        stream.next_out = reinterpret_cast<Bytef*>(output);
        stream.avail_out = sizeof output;
        const int code = inflate(&stream, Z_SYNC_FLUSH);
        if (const auto made = sizeof output - stream.avail_out; made > 0) {
            total += made;
            if (total > max_decoded_per_feed) return Error::corrupt_content_coding;
            sink.on_bytes({output, made});
        }
        // Z_BUF_ERROR only says that there was nothing left to do.
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) return Error::corrupt_content_coding;
        state.active = code != Z_STREAM_END;
    } while (state.active && stream.avail_out == 0);
    return size - stream.avail_in;
}

bool Inflater::active() const {
    return state_->active;
}

}  // namespace streamgauge::wire
