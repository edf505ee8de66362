#pragma once

#include "bench/net/connection.h"
#include "bench/net/endpoint.h"
#include "bench/net/one_shot.h"
#include "bench/net/stream_recorder.h"

#include <boost/asio/awaitable.hpp>

#include <memory>
#include <string>

namespace streamgauge::net {

/// One request and its streamed response on a connection. The shell around StreamRecorder: it sends, passes
/// bytes and deadlines on, and wakes the coroutine that waits for the end. Used again and again; owned by a
/// worker.
class Exchange final : private ConnectionUser, private Watched {
  public:
    Exchange(WorkerNet& net, const scenarios::Timeouts& timeouts) : net_{net}, recorder_{timeouts} {}

    report::StreamTimeline timeline;

    /// Sends the request and waits until the stream is over, whatever its outcome. Gives back whether the
    /// connection can be used again.
    boost::asio::awaitable<bool> run(Connection& connection, const Endpoint& endpoint,
                                     const std::string& request);

    /// Ends the stream from our side; harmless when none runs.
    void end(report::Outcome outcome, std::string detail);

    /// The server closed a kept connection before it saw the request: it is right to send it again on
    /// another.
    bool was_stale() const;

  private:
    void on_secured(Connection&) override {}
    void on_bytes(Connection& connection, std::string_view bytes, const ReadStamp& stamp) override;
    void on_sent(Connection& connection, Moment before, Moment after) override;
    void on_closed(Connection& connection, boost::system::error_code error, Moment when) override;
    Moment deadline() const override { return recorder_.deadline().when; }
    void on_deadline(Moment now) override;

    void count_tokens(std::size_t fresh, const ReadStamp& stamp);
    void finish_if_over();

    WorkerNet& net_;
    StreamRecorder recorder_;
    Connection* connection_ = nullptr;  ///< set while a stream runs
    OneShot over_;
    bool surplus_ = false;  ///< bytes came after the response
};

}  // namespace streamgauge::net
