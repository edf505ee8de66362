#include "bench/simulator/worker.h"

#include <boost/asio/post.hpp>
#include <fmt/format.h>

#include <sys/socket.h>
#include <time.h>

#include <array>
#include <string_view>
#include <utility>

namespace streamgauge::simulator {

namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Events written before sockets are looked at again.
constexpr int events_per_round = 64;
/// Pause after accept() failed, most likely for want of descriptors.
constexpr std::chrono::milliseconds accept_pause{10};

std::string format_date(std::int64_t unix_s) {
    constexpr std::array<std::string_view, 7> day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                           "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t time = unix_s;
    std::tm utc{};
    ::gmtime_r(&time, &utc);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                       day_names[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       month_names[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                       utc.tm_min, utc.tm_sec);
}

}  // namespace

Worker::Worker(ServerState& state, const TlsContext* tls, const tcp& protocol, int listener)
    : acceptor_{context_, protocol, listener},
      timer_{context_},
      accept_pause_{context_},
      state_{state},
      tls_{tls} {}

Worker::~Worker() = default;

void Worker::run() {
    accept();
    context_.run();
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    const auto open = slots_;
    for (const auto& connection : open)
        if (connection) connection->abandon();
}

void Worker::stop() {
    context_.stop();
}

void Worker::accept() {
    acceptor_.async_accept([this](const boost::system::error_code& error, tcp::socket socket) {
        if (error == asio::error::operation_aborted) return;
        if (!error) {
            admit(std::move(socket));
            accept();
            return;
        }
        accept_pause_.expires_after(accept_pause);
        accept_pause_.async_wait([this](const boost::system::error_code& cut) {
            if (!cut) accept();
        });
    });
}

void Worker::admit(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay{true}, ignored);
    socket.non_blocking(true, ignored);
    // Inherited from the listener, where kernels do that; asked for again, as stamps depend on it.
    const int on = 1;
    ::setsockopt(socket.native_handle(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    auto slot = static_cast<std::uint32_t>(slots_.size());
    if (free_slots_.empty()) {
        slots_.emplace_back();
        generations_.push_back(0);
    } else {
        slot = free_slots_.back();
        free_slots_.pop_back();
    }
    slots_[slot] = std::make_shared<Connection>(std::move(socket), *this, slot, generations_[slot]);
    statistics_.connections.add(1);
    statistics_.connections_open.add(1);
    slots_[slot]->start();
}

void Worker::release(std::uint32_t slot) {
    ++generations_[slot];
    free_slots_.push_back(slot);
    statistics_.connections_open.subtract(1);
    slots_[slot].reset();
}

void Worker::schedule(Instant due, std::uint32_t slot, std::uint32_t generation) {
    queue_.push({due, slot, generation});
    if (!running_due_) arm();
}

void Worker::run_due() {
    posted_ = false;
    running_due_ = true;
    Instant now = std::chrono::steady_clock::now();
    for (int budget = events_per_round; budget > 0 && !queue_.empty(); --budget) {
        TimerEntry entry = queue_.top();
        if (entry.due > now) {
            now = std::chrono::steady_clock::now();
            if (entry.due > now) break;
        }
        // The entry leaves first: the connection may put others in.
        queue_.pop();
        const auto connection = slots_[entry.slot];
        if (!connection || connection->generation() != entry.generation) continue;
        entry.due = connection->act();
        if (entry.due != never) queue_.push(entry);
    }
    running_due_ = false;
    arm();
}

void Worker::arm() {
    if (queue_.empty() || posted_) return;
    const Instant due = queue_.top().due;
    if (due <= std::chrono::steady_clock::now()) {
        posted_ = true;
        asio::post(context_, [this] { run_due(); });
        return;
    }
    if (armed_ <= due) return;
    armed_ = due;
    timer_.expires_at(due);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        armed_ = never;
        if (!posted_) run_due();
    });
}

std::int64_t Worker::unix_s() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME_COARSE, &now);
    return now.tv_sec;
}

const std::string& Worker::date() {
    const std::int64_t now = unix_s();
    if (now != date_unix_s_) {
        date_ = format_date(now);
        date_unix_s_ = now;
    }
    return date_;
}

}  // namespace streamgauge::simulator
