#include "bench/wire/http1_response_decoder.h"

#include "bench/wire/chunked_decoder.h"
#include "bench/wire/error.h"
#include "bench/wire/response_header.h"
#include "bench/wire/token.h"

#include <algorithm>
#include <cstring>
#include <limits>

namespace streamgauge::wire {
namespace {

/// Bound of a response header, with the 1xx responses before it.
constexpr std::size_t max_header_bytes = 65536;

/// The size of the header at the beginning of `bytes`, its empty line included, or npos. The first `searched`
/// bytes are known to hold no end. An LF without CR counts as a line end here, so that the parser can refuse
/// it instead of waiting for more.
std::size_t header_size(std::string_view bytes, std::size_t searched) {
    auto position = searched < 2 ? 0 : searched - 2;
    while ((position = bytes.find('\n', position)) != std::string_view::npos) {
        const auto next = bytes.substr(++position);
        if (next.starts_with('\n')) return position + 1;
        if (next.starts_with("\r\n")) return position + 2;
    }
    return std::string_view::npos;
}

bool may_begin_header(std::string_view bytes) {
    constexpr std::string_view prefix = "HTTP/1.";
    const auto size = std::min(prefix.size(), bytes.size());
    return bytes.substr(0, size) == prefix.substr(0, size);
}

bool is_interim(int status) {
    return status >= 100 && status < 200 && status != 101;
}

}  // namespace

std::string_view ResponseHeader::field(std::string_view name) const {
    for (const auto& [field, value] : fields) {
        if (equal_ignoring_case(field, name)) return value;
    }
    return {};
}

struct Http1ResponseDecoder::State {
    enum class Part : std::uint8_t { header, body, done, failed };

    std::string partial_header;    ///< header bytes of earlier feeds; empty once the header is complete
    std::size_t header_bytes = 0;  ///< taken by 1xx responses
    std::uint64_t remaining = 0;   ///< of a body with Content-Length
    ChunkedDecoder chunked;
    BodyFraming framing = BodyFraming::none;
    Part part = Part::header;
    boost::system::error_code error;

    boost::system::result<std::size_t> take_header(std::string_view bytes, ResponseSink& sink);
    boost::system::result<void> begin_response(std::string_view block, ResponseSink& sink);
    boost::system::result<std::size_t> take_body(std::string_view bytes, ResponseSink& sink);
};

/// Takes bytes up to the end of one header, or all of them.
boost::system::result<std::size_t> Http1ResponseDecoder::State::take_header(std::string_view bytes,
                                                                            ResponseSink& sink) {
    const auto earlier = partial_header.size();
    const auto room = max_header_bytes - header_bytes - earlier;
    if (earlier > 0) partial_header.append(bytes.substr(0, room));
    const auto block = earlier > 0 ? std::string_view(partial_header) : bytes.substr(0, room);
    if (!may_begin_header(block)) return Error::bad_status_line;

    const auto size = header_size(block, earlier);
    if (size == std::string_view::npos) {
        if (bytes.size() >= room) return Error::header_too_large;
        if (earlier == 0) partial_header.assign(block);
        return bytes.size();
    }
    if (const auto begun = begin_response(block.substr(0, size), sink); !begun) return begun.error();
    std::string().swap(partial_header);
    return size - earlier;
}

boost::system::result<void> Http1ResponseDecoder::State::begin_response(std::string_view block,
                                                                        ResponseSink& sink) {
    const auto header = parse_response_header(block);
    if (!header) return header.error();
    if (is_interim(header->status)) {
        header_bytes += block.size();
        return {};
    }
    framing = header->framing;
    remaining = header->content_length;
    const bool empty =
        framing == BodyFraming::none || (framing == BodyFraming::content_length && remaining == 0);
    part = empty ? Part::done : Part::body;
    sink.on_header(*header);
    return {};
}

boost::system::result<std::size_t> Http1ResponseDecoder::State::take_body(std::string_view bytes,
                                                                          ResponseSink& sink) {
    if (framing == BodyFraming::chunked) {
        const auto taken = chunked.feed(bytes, sink);
        if (chunked.done()) part = Part::done;
        return taken;
    }
    if (framing == BodyFraming::content_length) {
        bytes = bytes.substr(0, remaining);
        remaining -= bytes.size();
        if (remaining == 0) part = Part::done;
    }
    sink.on_body(bytes);
    return bytes.size();
}

Http1ResponseDecoder::Http1ResponseDecoder() : state_(std::make_unique<State>()) {}
Http1ResponseDecoder::~Http1ResponseDecoder() = default;
Http1ResponseDecoder::Http1ResponseDecoder(Http1ResponseDecoder&&) noexcept = default;
Http1ResponseDecoder& Http1ResponseDecoder::operator=(Http1ResponseDecoder&&) noexcept = default;

boost::system::result<std::size_t> Http1ResponseDecoder::feed(std::string_view bytes, ResponseSink& sink) {
    auto& state = *state_;
    if (state.part == State::Part::failed) return state.error;
    std::size_t taken = 0;
    while (taken < bytes.size() && state.part != State::Part::done) {
        const auto rest = bytes.substr(taken);
        const auto part =
            state.part == State::Part::header ? state.take_header(rest, sink) : state.take_body(rest, sink);
        if (!part) {
            state.part = State::Part::failed;
            state.error = part.error();
            return state.error;
        }
        taken += *part;
    }
    return taken;
}

bool Http1ResponseDecoder::finish() {
    auto& state = *state_;
    if (state.part == State::Part::body && state.framing == BodyFraming::until_close) {
        state.part = State::Part::done;
    }
    return done();
}

bool Http1ResponseDecoder::header_complete() const {
    return state_->part == State::Part::body || state_->part == State::Part::done;
}

bool Http1ResponseDecoder::done() const {
    return state_->part == State::Part::done;
}

void Http1ResponseDecoder::reset() {
    *state_ = State{};
}

}  // namespace streamgauge::wire
