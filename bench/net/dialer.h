#pragma once

#include "bench/net/connection.h"
#include "bench/net/endpoint.h"
#include "bench/net/name_cache.h"
#include "report/model/stream_timeline.h"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace streamgauge::net {

/// A connection ready for a request, or how the attempt ended.
struct DialResult {
    std::unique_ptr<Connection> connection;  ///< null: see outcome and detail
    report::Outcome outcome = report::Outcome::connect_failed;
    std::string detail;
};

/// Opens connections: name, TCP, TLS. Each address of a name is tried in turn, beginning with another each
/// time.
class Dialer {
  public:
    Dialer(boost::asio::io_context& context, WorkerNet& net, std::chrono::nanoseconds timeout)
        : context_{context}, net_{net}, names_{context}, timeout_{timeout} {}

    /// Writes connect_start, resolved, connected and tls_done into `timeline`.
    boost::asio::awaitable<DialResult> dial(const Endpoint& endpoint, report::StreamTimeline& timeline);

    /// Ends all attempts under way as `aborted`, and every later one.
    void abort();

  private:
    class Attempt;

    boost::asio::io_context& context_;
    WorkerNet& net_;
    NameCache names_;
    std::chrono::nanoseconds timeout_;
    std::vector<Attempt*> attempts_;
    std::size_t rotation_ = 0;
    bool aborted_ = false;
};

}  // namespace streamgauge::net
