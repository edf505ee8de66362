#pragma once

#include "bench/net/connection.h"
#include "bench/net/connection_pacer.h"
#include "bench/net/dialer.h"
#include "bench/net/one_shot.h"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <vector>

namespace streamgauge::net {

/// The connections of one worker: idle ones to use again, and the cap on how many are open.
class ConnectionPool final : private ConnectionUser {
  public:
    /// `most_open` empty: no cap. `targets` is the number of targets of the scenario.
    /// `max_rate` new connections a second; infinity: unpaced.
    ConnectionPool(Dialer& dialer, std::size_t targets, std::optional<std::uint64_t> most_open, bool reuse,
                   double max_rate = std::numeric_limits<double>::infinity());

    /// An idle connection to the endpoint, or a new one. `fresh` refuses idle ones. Waiting for the cap and
    /// for the turn of a new connection counts in `connection_wait`.
    boost::asio::awaitable<DialResult> acquire(const Endpoint& endpoint, report::StreamTimeline& timeline,
                                               bool fresh);
    /// Takes a connection back after an exchange. It is kept when it can be used again, else closed.
    void give_back(std::unique_ptr<Connection> connection, bool reusable);

    /// Frees what callbacks have closed; not from within one.
    void bury();
    /// Lets everyone who waits for a connection go without one, and closes the idle ones.
    void abort();

  private:
    struct Turn {
        Moment when{};
        OneShot* waiter = nullptr;
    };

    void on_secured(Connection&) override {}
    void on_bytes(Connection& connection, std::string_view bytes, const ReadStamp& stamp) override;
    void on_sent(Connection&, Moment, Moment) override {}
    void on_closed(Connection& connection, boost::system::error_code error, Moment when) override;

    std::unique_ptr<Connection> take_idle(std::uint32_t target);
    boost::asio::awaitable<void> wait_until(Moment turn);
    void wake_at_next_turn();
    bool close_some_idle();
    void retire(std::unique_ptr<Connection> connection);
    void free_place();
    void wake_one();

    Dialer& dialer_;
    std::vector<std::vector<std::unique_ptr<Connection>>> idle_;  ///< by target; the last used is used first
    std::vector<std::unique_ptr<Connection>> closed_;
    std::deque<OneShot*> waiting_;
    ConnectionPacer pacer_;
    std::deque<Turn> turns_;  ///< who waits for the turn of a new connection, the next first
    boost::asio::steady_timer next_turn_;
    std::optional<std::uint64_t> most_open_;
    std::uint64_t open_ = 0;
    bool reuse_;
    bool aborted_ = false;
};

}  // namespace streamgauge::net
