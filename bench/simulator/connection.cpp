#include "bench/simulator/connection.h"

#include "bench/simulator/worker.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

namespace streamgauge::simulator {

namespace {

using boost::asio::ip::tcp;

/// Bytes of further requests kept while an answer is under way; past that the socket is not read.
constexpr std::size_t most_pipelined = 1 << 20;
/// How long a client has to close after the server did.
constexpr std::chrono::seconds close_wait{2};

}  // namespace

Connection::Connection(tcp::socket socket, Worker& worker, std::uint32_t slot, std::uint32_t generation)
    : socket_{std::move(socket)}, worker_{worker}, slot_{slot}, generation_{generation} {
    if (worker_.tls() != nullptr) tls_ = std::make_unique<TlsSession>(*worker_.tls());
}

void Connection::start() {
    wait_readable();
}

void Connection::wait_readable() {
    if (reading_ || state_ == State::closed) return;
    if (answer_ && input_.size() > most_pipelined) return;
    reading_ = true;
    socket_.async_wait(tcp::socket::wait_read,
                       [self = shared_from_this()](const boost::system::error_code& error) {
                           self->reading_ = false;
                           if (!error && self->state_ != State::closed) self->on_readable();
                       });
}

void Connection::wait_writable() {
    socket_.async_wait(tcp::socket::wait_write,
                       [self = shared_from_this()](const boost::system::error_code& error) {
                           if (!error && self->state_ != State::closed) self->on_writable();
                       });
}

/// recv() into the worker's room that also notes the kernel's receive stamp.
ssize_t Connection::receive() {
    iovec vector{worker_.room(), Worker::room_size};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(timespec))];
    msghdr message{};
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    const ssize_t read = ::recvmsg(socket_.native_handle(), &message, MSG_DONTWAIT);
    if (read <= 0) return read;
    const Instant now = std::chrono::steady_clock::now();
    received_ = now;
    for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
         header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_TIMESTAMPNS) continue;
        timespec stamp{};
        std::memcpy(&stamp, CMSG_DATA(header), sizeof stamp);
        received_ = worker_.realtime().to_monotonic(stamp, now);
    }
    return read;
}

void Connection::on_readable() {
    const auto self = shared_from_this();
    const ssize_t read = receive();
    if (read < 0 && (errno == EAGAIN || errno == EINTR)) return wait_readable();
    if (read <= 0) return abandon();
    if (state_ == State::serving) take_bytes({worker_.room(), static_cast<std::size_t>(read)});
    wait_readable();
}

void Connection::take_bytes(std::string_view bytes) {
    if (!tls_) {
        input_.append(bytes);
    } else {
        std::string reply;
        const bool alive = tls_->receive(bytes, input_, reply);
        if (!reply.empty()) send_bytes(reply);
        if (!alive) return abandon();
    }
    if (!answer_) read_request();
}

void Connection::read_request() {
    using Read = HttpRequestReader::State;
    Read read = reader_.feed(input_);
    if (read == Read::want_continue) {
        write_piece("HTTP/1.1 100 Continue\r\n\r\n");
        read = reader_.feed(input_);
    }
    if (read == Read::failed) {
        begin(refuse(reader_.error_status(), reader_.error(), received_, worker_.date()));
    } else if (read == Read::complete) {
        const HttpRequest request = reader_.take();
        worker_.counters().requests.add(1);
        begin(route(request, worker_.state(), received_, worker_.unix_s(), worker_.date()));
    }
    if (input_.empty() && input_.capacity() > 4096) input_.shrink_to_fit();
}

void Connection::begin(std::unique_ptr<Answer> answer) {
    if (state_ != State::serving) return;
    answer_ = std::move(answer);
    if (answer_->is_stream()) {
        worker_.counters().streams.add(1);
        worker_.counters().streams_open.add(1);
    }
    const Instant due = answer_->next_due();
    if (scheduled_ || due == never) return;
    scheduled_ = true;
    worker_.schedule(due, slot_, generation_);
}

Instant Connection::act() {
    const auto next_due = [this] {
        Instant due = never;
        if (state_ == State::closing) due = close_deadline_;
        if (state_ == State::serving && answer_ && backlog_.empty()) due = answer_->next_due();
        scheduled_ = due != never;
        return due;
    };
    const Instant due = next_due();
    if (due == never) return due;
    const Instant now = std::chrono::steady_clock::now();
    if (due > now) return due;
    if (state_ == State::closing) {
        abandon();
        return never;
    }
    WriteBatch& batch = worker_.batch();
    batch.clear();
    const AnswerStep step = answer_->advance(now, batch);
    count(step, now);
    if (!batch.empty()) write(batch, answer_->byte_by_byte());
    if (state_ == State::serving && step.ending != Ending::none) conclude(step.ending);
    return next_due();
}

void Connection::count(const AnswerStep& step, Instant now) {
    if (!step.token) return;
    auto& counters = worker_.counters();
    counters.events.add(1);
    if (step.due < held_until_) {
        counters.held_by_client.add(1);
    } else {
        counters.lateness.record(now - step.due);
    }
}

void Connection::end_answer() {
    if (!answer_) return;
    if (answer_->is_stream()) worker_.counters().streams_open.subtract(1);
    answer_.reset();
}

void Connection::conclude(Ending ending) {
    end_answer();
    if (ending == Ending::reset) return reset();
    if (ending == Ending::close) return close_in_order();
    if (!input_.empty()) {
        // The entry of the timer queue that led here goes on to serve the next answer.
        scheduled_ = true;
        read_request();
    }
    wait_readable();
}

void Connection::write(const WriteBatch& batch, bool byte_by_byte) {
    const std::string_view bytes{batch.bytes};
    std::size_t start = 0;
    for (const std::size_t end : batch.ends) {
        const std::size_t size = byte_by_byte ? 1 : end - start;
        for (; start < end && state_ != State::closed; start += size)
            write_piece(bytes.substr(start, size));
        start = end;
    }
}

void Connection::write_piece(std::string_view piece) {
    if (!tls_) return send_bytes(piece);
    std::string& record = worker_.scratch();
    record.clear();
    if (!tls_->send(piece, record)) return abandon();
    send_bytes(record);
}

void Connection::send_bytes(std::string_view bytes) {
    if (!backlog_.empty()) {
        backlog_.append(bytes);
        return;
    }
    ssize_t sent = ::send(socket_.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent == static_cast<ssize_t>(bytes.size())) return;
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return abandon();
    backlog_.assign(bytes.substr(static_cast<std::size_t>(std::max<ssize_t>(sent, 0))));
    backlog_sent_ = 0;
    wait_writable();
}

void Connection::on_writable() {
    const auto self = shared_from_this();
    const ssize_t sent = ::send(socket_.native_handle(), backlog_.data() + backlog_sent_,
                                backlog_.size() - backlog_sent_, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return abandon();
    backlog_sent_ += static_cast<std::size_t>(std::max<ssize_t>(sent, 0));
    if (backlog_sent_ < backlog_.size()) return wait_writable();
    std::string{}.swap(backlog_);
    backlog_sent_ = 0;
    held_until_ = std::chrono::steady_clock::now();
    if (state_ == State::closing) return shut_sending_side();
    if (!answer_ || scheduled_ || answer_->next_due() == never) return;
    scheduled_ = true;
    worker_.schedule(answer_->next_due(), slot_, generation_);
}

void Connection::close_in_order() {
    state_ = State::closing;
    close_deadline_ = std::chrono::steady_clock::now() + close_wait;
    if (tls_) {
        std::string farewell;
        tls_->close(farewell);
        if (!farewell.empty()) send_bytes(farewell);
    }
    if (state_ == State::closing && backlog_.empty()) shut_sending_side();
    wait_readable();
}

/// Half-closes, so that the client gets every byte before its own close ends the connection: a full close
/// with unread input would send an RST, and that may overtake them.
void Connection::shut_sending_side() {
    boost::system::error_code ignored;
    socket_.shutdown(tcp::socket::shutdown_send, ignored);
}

void Connection::reset() {
    boost::system::error_code ignored;
    socket_.set_option(boost::asio::socket_base::linger{true, 0}, ignored);
    abandon();
}

void Connection::abandon() {
    if (state_ == State::closed) return;
    state_ = State::closed;
    if (answer_) worker_.counters().cancelled.add(1);
    end_answer();
    boost::system::error_code ignored;
    socket_.close(ignored);
    worker_.release(slot_);
}

}  // namespace streamgauge::simulator
