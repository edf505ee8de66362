#pragma once

#include "bench/simulator/clock.h"
#include "bench/simulator/connection.h"
#include "bench/simulator/router.h"
#include "bench/simulator/statistics.h"
#include "bench/simulator/timer_queue.h"
#include "bench/simulator/write_batch.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace streamgauge::simulator {

/// One thread's share of the server: an io_context, a listening socket, its connections and the one queue of
/// what is due, behind one timer.
class Worker {
  public:
    /// `listener` is a bound and listening socket that the worker takes over. `tls` may be null.
    Worker(ServerState& state, const TlsContext* tls, const boost::asio::ip::tcp& protocol, int listener);
    ~Worker();

    /// Serves until stop(). Called on the worker's own thread.
    void run();
    /// Ends run() and drops all connections. Any thread.
    void stop();

    const WorkerStatistics& statistics() const { return statistics_; }

    /// What follows is for the worker's connections, on its own thread.
    ServerState& state() { return state_; }
    const TlsContext* tls() const { return tls_; }
    WorkerStatistics& counters() { return statistics_; }
    RealtimeMapping& realtime() { return realtime_; }
    WriteBatch& batch() { return batch_; }
    std::string& scratch() { return scratch_; }
    char* room() { return room_.data(); }
    static constexpr std::size_t room_size = 64 << 10;
    /// The time of day in seconds and as a Date field.
    std::int64_t unix_s();
    const std::string& date();
    /// Puts a connection into the queue. It must not be in it.
    void schedule(Instant due, std::uint32_t slot, std::uint32_t generation);
    /// Forgets a connection.
    void release(std::uint32_t slot);

  private:
    void accept();
    void admit(boost::asio::ip::tcp::socket socket);
    void run_due();
    void arm();

    boost::asio::io_context context_{1};
    boost::asio::ip::tcp::acceptor acceptor_;
    boost::asio::steady_timer timer_;
    boost::asio::steady_timer accept_pause_;
    Instant armed_ = never;  ///< what the timer waits for
    bool posted_ = false;    ///< run_due() is to follow at once
    bool running_due_ = false;
    TimerQueue queue_;
    std::vector<std::shared_ptr<Connection>> slots_;
    std::vector<std::uint32_t> generations_;
    std::vector<std::uint32_t> free_slots_;
    ServerState& state_;
    const TlsContext* tls_;
    WorkerStatistics statistics_;
    RealtimeMapping realtime_;
    WriteBatch batch_;
    std::string scratch_;
    std::array<char, room_size> room_{};
    std::int64_t date_unix_s_ = 0;
    std::string date_;
};

}  // namespace streamgauge::simulator
