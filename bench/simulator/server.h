#pragma once

#include "bench/simulator/behaviour.h"
#include "bench/simulator/statistics.h"

#include <cstdint>
#include <memory>
#include <string>

namespace streamgauge::simulator {

struct ServeOptions {
    std::string address = "127.0.0.1";  ///< IPv4 or IPv6
    std::uint16_t port = 0;             ///< 0: any free one
    unsigned threads = 1;
    Behaviour behaviour;  ///< of requests that say nothing else

    std::string tls_certificate;         ///< PEM chain; empty: no TLS
    std::string tls_key;                 ///< PEM
    std::string tls_self_signed_folder;  ///< where to write a throw-away CA and certificate; empty: none
};

/// The simulated LLM server: answers the OpenAI and Anthropic streaming APIs in the ways Behaviour lists.
class Server {
  public:
    explicit Server(ServeOptions options);
    ~Server();

    /// Binds and begins to serve on threads of its own. Throws std::runtime_error with one sentence when it
    /// cannot.
    void start();
    /// Drops all connections and ends the threads. Called by the destructor too.
    void stop();

    /// The port bound by start().
    std::uint16_t port() const;
    /// `http://127.0.0.1:PORT`
    std::string url() const;
    /// What was counted since start() or the last `POST /stats/reset`. Any thread.
    StatisticsSnapshot statistics() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::simulator
