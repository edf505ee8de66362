#include "bench/net/connection.h"

#include <sys/epoll.h>

#include <utility>

namespace streamgauge::net {

namespace {

/// A server that sends faster than it is read must not keep the worker from its other streams.
constexpr int most_reads_a_turn = 4;

}  // namespace

Connection::Connection(WorkerNet& net, StampedSocket socket, std::uint32_t target,
                       ConnectionLedger::Destination& destination, Watch watch)
    : net_{net}, destination_{destination}, socket_{std::move(socket)}, target_{target} {
    if (watch == Watch::taken_over) {
        net_.sockets.take_over(socket_.descriptor(), *this);
    } else {
        net_.sockets.add(socket_.descriptor(), *this);
    }
}

Connection::~Connection() {
    close();
}

void Connection::close() {
    if (!open_) return;
    open_ = false;
    net_.sockets.remove(socket_.descriptor(), *this);
    socket_ = StampedSocket{};
    net_.ledger->closed(destination_);
}

void Connection::secure(const TlsContext& context, const std::string& server_name,
                        TlsSessionStore* sessions) {
    tls_.emplace(context, server_name, sessions);
    unsent_ += tls_->take_output();
    flush();
}

void Connection::send(std::string_view bytes) {
    if (!open_) return;
    report_sent_ = true;
    if (tls_) {
        tls_->write(bytes);
        unsent_ += tls_->take_output();
    } else {
        unsent_.append(bytes);
    }
    flush();
}

void Connection::flush() {
    if (!open_ || (unsent_.empty() && !report_sent_)) return;
    boost::system::error_code error;
    const Moment before = WorkerClock::now();
    const std::size_t written = socket_.write(unsent_, error);
    const Moment after = WorkerClock::now();
    if (error) return report_closed(error, after);
    unsent_.erase(0, written);
    if (unsent_.empty()) unsent_.shrink_to_fit();
    if (const bool wanted = !unsent_.empty(); wanted != writing_watched_) {
        writing_watched_ = wanted;
        net_.sockets.watch_writing(socket_.descriptor(), *this, wanted);
    }
    if (unsent_.empty() && std::exchange(report_sent_, false)) user_->on_sent(*this, before, after);
}

void Connection::on_ready(std::uint32_t events) {
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) read_all(events);
    if (open_ && (events & EPOLLOUT) != 0) flush();
}

/// The end of a stream can share its edge with the last bytes; a short read alone does not tell.
void Connection::read_all(std::uint32_t events) {
    const bool ends = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    for (int reads = 0; open_; ++reads) {
        if (reads == most_reads_a_turn) {
            return net_.sockets.report_again(socket_.descriptor(), *this, writing_watched_);
        }
        const auto read = socket_.read(net_.read_buffer, net_.clock, net_.idle.floor());
        take(read);
        if (read.kind != StampedRead::Kind::bytes) return;
        if (!ends && read.bytes.size() < net_.read_buffer.size()) return;
    }
}

void Connection::take(const StampedRead& read) {
    switch (read.kind) {
        case StampedRead::Kind::nothing:
            return;
        case StampedRead::Kind::end:
            return report_closed({}, read.stamp.user);
        case StampedRead::Kind::failed:
            return report_closed(read.error, read.stamp.user);
        case StampedRead::Kind::bytes:
            break;
    }
    ++net_.health.reads;
    if (read.stamp.source == report::StampSource::kernel) {
        net_.health.client_lag.record(read.stamp.user - read.stamp.arrival);
    } else {
        ++net_.health.reads_without_kernel_stamp;
    }
    stamp_ = read.stamp;
    if (tls_) {
        take_encrypted(read.bytes, read.stamp.user);
    } else {
        user_->on_bytes(*this, read.bytes, stamp_);
    }
}

void Connection::take_encrypted(std::string_view bytes, Moment now) {
    const bool was_open = tls_->status() == TlsSession::Status::open;
    const auto status = tls_->feed(bytes, net_.plain_buffer, *this);
    if (!open_) return;
    unsent_ += tls_->take_output();
    flush();
    if (!open_) return;
    if (status == TlsSession::Status::open && !was_open) return user_->on_secured(*this);
    if (status == TlsSession::Status::closed) return report_closed({}, now);
    if (status == TlsSession::Status::failed) {
        report_closed(boost::system::errc::make_error_code(boost::system::errc::protocol_error), now);
    }
}

void Connection::on_plaintext(std::string_view bytes) {
    if (open_) user_->on_bytes(*this, bytes, stamp_);
}

void Connection::report_closed(boost::system::error_code error, Moment when) {
    close();
    if (user_ != nullptr) user_->on_closed(*this, error, when);
}

}  // namespace streamgauge::net
