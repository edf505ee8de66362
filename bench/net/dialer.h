#pragma once

#include "bench/net/connection.h"
#include "bench/net/endpoint.h"
#include "bench/net/name_cache.h"
#include "bench/net/source_addresses.h"
#include "report/model/stream_timeline.h"

#include <boost/asio/awaitable.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace streamgauge::net {

/// A connection ready for a request, or how the attempt ended.
struct DialResult {
    std::unique_ptr<Connection> connection;  ///< null: see outcome and detail
    report::Outcome outcome = report::Outcome::connect_failed;
    std::string detail;
};

struct DialerOptions {
    std::chrono::nanoseconds timeout{0};        ///< for name, TCP and TLS together
    std::vector<std::string> source_addresses;  ///< as in Scenario::connections
};

/// Opens connections: name, TCP, TLS. Each address of a name is tried in turn, beginning with another each
/// time; one that does not answer leaves the rest of the time to the others.
class Dialer {
  public:
    Dialer(boost::asio::io_context& context, WorkerNet& net, const DialerOptions& options)
        : net_{net},
          names_{context},
          sources_{options.source_addresses},
          context_{context},
          timeout_{options.timeout} {}

    /// Writes connect_start, resolved, connected and tls_done into `timeline`.
    boost::asio::awaitable<DialResult> dial(const Endpoint& endpoint, report::StreamTimeline& timeline);

    /// Ends all attempts under way as `aborted`, and every later one.
    void abort();

    NameCache& names() { return names_; }
    boost::asio::io_context& context() { return context_; }
    WorkerNet& net() { return net_; }

  private:
    class Attempt;

    WorkerNet& net_;
    NameCache names_;
    SourceAddresses sources_;
    boost::asio::io_context& context_;
    std::chrono::nanoseconds timeout_;
    std::vector<Attempt*> attempts_;
    std::size_t rotation_ = 0;
    bool aborted_ = false;
};

}  // namespace streamgauge::net
