#include "bench/micro/floor/floor_client.h"

#include "bench/micro/floor/body_inflater.h"
#include "bench/micro/floor/floor_socket.h"
#include "bench/micro/floor/floor_tls.h"
#include "bench/micro/floor/stamp_finder.h"

#include <fmt/format.h>

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <thread>

namespace streamgauge::floor {
namespace {

using namespace std::chrono_literals;

constexpr nanoseconds clock_period = 100ms;
constexpr std::size_t read_size = std::size_t{64} << 10;

Moment now() {
    return std::chrono::steady_clock::now();
}

std::string make_request(const FloorOptions& options) {
    const std::string body =
        R"({"model":"default","messages":[{"role":"user","content":"Go on."}],"stream":true,)"
        R"("stream_options":{"include_usage":true}})";
    return fmt::format(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nUser-Agent: floor\r\n"
        "Accept: text/event-stream\r\nAccept-Encoding: {}\r\nContent-Type: application/json\r\n"
        "X-Request-Id: 00000000-0000-4000-8000-000000000000\r\nContent-Length: {}\r\n\r\n{}",
        options.port, options.transport == Transport::gzip ? "gzip" : "identity", body.size(), body);
}

struct Stream {
    int descriptor = -1;
    std::uint64_t requests = 0;
    Moment sent{};
    FloorStream seen;
    std::unique_ptr<FloorTls> tls;
    std::unique_ptr<BodyInflater> inflater;
};

}  // namespace

struct FloorClient::State {
    explicit State(FloorOptions what)
        : options{what}, request{make_request(options)}, epoll{epoll_create1(EPOLL_CLOEXEC)} {
        if (epoll < 0) throw std::system_error{errno, std::generic_category(), "cannot create an epoll set"};
        if (options.transport == Transport::tls) tls.emplace();
        streams.reserve(options.streams);
    }

    ~State() {
        for (auto& stream : streams)
            close_stream(stream);
        close(epoll);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    void run();
    void open_due(Moment when);
    void open_stream();
    void send_request(Stream& stream);
    void close_stream(Stream& stream);
    nanoseconds time_to_wait() const;
    int poll(int timeout_ms);
    void on_ready(Stream& stream);
    void read_plain(Stream& stream);
    void read_tls(Stream& stream);
    void take(Stream& stream, std::string_view bytes, Moment arrival, Moment user);
    bool repeats() const { return options.repeat_until != Moment{}; }
    bool finished() const {
        if (repeats()) return now() >= options.repeat_until;
        return found == options.streams * options.tokens || closed == options.streams ||
               now() >= options.give_up;
    }

    FloorOptions options;
    std::string request;
    int epoll;
    std::optional<FloorTlsContext> tls;
    std::vector<Stream> streams;  ///< never grows past its capacity: epoll holds addresses
    std::uint64_t found = 0;
    std::uint64_t closed = 0;  ///< streams that the server ended
    std::atomic<std::uint64_t> shown{0};
    nanoseconds offset{0};
    Moment next_clock{};
    report::Histogram token_error;
    Moment all_sent{};
    std::array<epoll_event, 256> ready{};
    std::array<char, read_size> buffer{};
    std::array<char, read_size> inflated{};
};

void FloorClient::State::open_stream() {
    const std::uint64_t number = streams.size();
    Stream& stream = streams.emplace_back();
    stream.descriptor = connect_stamped(options.port, number);
    if (options.transport == Transport::gzip) stream.inflater = std::make_unique<BodyInflater>();
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &stream;
    epoll_ctl(epoll, EPOLL_CTL_ADD, stream.descriptor, &event);
    if (tls) {
        stream.tls = std::make_unique<FloorTls>(*tls, stream.descriptor);
        stream.tls->handshake();
    } else {
        send_request(stream);
    }
}

void FloorClient::State::send_request(Stream& stream) {
    ++stream.requests;
    const Moment sent = now();
    if (stream.requests == 1) stream.sent = sent;
    if (stream.tls) {
        stream.tls->send_whole(request);
    } else {
        send_whole(stream.descriptor, request);
    }
    all_sent = sent;
}

void FloorClient::State::close_stream(Stream& stream) {
    if (stream.descriptor < 0) return;
    stream.tls.reset();
    close(stream.descriptor);
    stream.descriptor = -1;
    ++closed;
}

void FloorClient::State::open_due(Moment when) {
    while (streams.size() < options.streams) {
        const auto before = static_cast<nanoseconds::rep>(streams.size());
        if (options.start + options.open_every * before > when) return;
        open_stream();
    }
}

nanoseconds FloorClient::State::time_to_wait() const {
    Moment until = std::min(next_clock, repeats() ? options.repeat_until : options.give_up);
    if (streams.size() < options.streams) {
        const auto before = static_cast<nanoseconds::rep>(streams.size());
        until = std::min(until, options.start + options.open_every * before);
    }
    return std::max(until - now(), nanoseconds{0});
}

int FloorClient::State::poll(int timeout_ms) {
    const int count = epoll_wait(epoll, ready.data(), static_cast<int>(ready.size()), timeout_ms);
    for (int i = 0; i < count; ++i)
        on_ready(*static_cast<Stream*>(ready[static_cast<std::size_t>(i)].data.ptr));
    shown.store(found, std::memory_order_relaxed);
    return count;
}

void FloorClient::State::on_ready(Stream& stream) {
    if (!stream.tls) return read_plain(stream);
    if (stream.requests > 0) return read_tls(stream);
    if (stream.tls->handshake()) send_request(stream);
}

void FloorClient::State::read_plain(Stream& stream) {
    const auto read = read_stamped(stream.descriptor, buffer, offset);
    if (read.closed) return close_stream(stream);
    const Moment arrival = read.arrival.value_or(read.user);
    if (!stream.inflater) return take(stream, read.bytes, arrival, read.user);
    stream.inflater->feed(read.bytes, inflated,
                          [&](std::string_view bytes) { take(stream, bytes, arrival, read.user); });
}

void FloorClient::State::read_tls(Stream& stream) {
    for (;;) {
        const auto read = stream.tls->read(buffer);
        if (read.status == FloorTls::Status::closed) return close_stream(stream);
        if (read.status == FloorTls::Status::nothing) return;
        const Moment user = now();
        take(stream, read.bytes, user, user);
    }
}

void FloorClient::State::take(Stream& stream, std::string_view bytes, Moment arrival, Moment user) {
    while (const auto stamp = next_stamp(bytes)) {
        const nanoseconds error = arrival.time_since_epoch() - stamp->sent;
        if (const Moment sent{stamp->sent}; sent >= options.errors_from && sent < options.errors_until)
            token_error.record(std::chrono::abs(error));
        if (stream.seen.tokens++ == 0) {
            const nanoseconds truth = stamp->sent - received_stamp(stamp->rest);
            stream.seen.ttft_error = arrival - stream.sent - truth;
            stream.seen.ttft_error_user = user - stream.sent - truth;
        }
        ++found;
        bytes = stamp->rest;
    }
    const bool has_all = stream.seen.tokens >= options.tokens * stream.requests;
    if (has_all && repeats()) send_request(stream);
}

void FloorClient::State::run() {
    while (!finished()) {
        if (const Moment when = now(); when >= next_clock) {
            offset = measure_clock_offset();
            next_clock = when + clock_period;
        }
        open_due(now());
        if (options.nap > 0ns) {
            std::this_thread::sleep_for(options.nap);
            while (poll(0) > 0) {
            }
        } else {
            poll(static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(time_to_wait()).count()));
        }
    }
}

FloorClient::FloorClient(FloorOptions options) : state_{std::make_unique<State>(options)} {}

FloorClient::~FloorClient() = default;

FloorResult FloorClient::run() {
    state_->run();
    FloorResult result;
    for (const auto& stream : state_->streams)
        result.streams.push_back(stream.seen);
    result.token_error = state_->token_error;
    result.all_sent = state_->all_sent;
    return result;
}

std::uint64_t FloorClient::token_events() const {
    return state_->shown.load(std::memory_order_relaxed);
}

}  // namespace streamgauge::floor
