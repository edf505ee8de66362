#pragma once

#include "bench/net/connection.h"
#include "bench/net/endpoint.h"
#include "bench/net/stream_recorder.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace streamgauge::net {

/// Who wants to know that an exchange has ended. Called from within the connection's callbacks: what frees
/// the connection or begins another exchange has to wait for its own turn.
class ExchangeObserver {
  public:
    virtual void on_over() = 0;

  protected:
    ~ExchangeObserver() = default;
};

/// One request and its streamed response on a connection. The shell around StreamRecorder: it sends, passes
/// bytes and deadlines on, and tells of the end. No coroutine lives while a stream does: thousands of their
/// frames would be most of the memory. Used again and again; owned by a worker.
class Exchange final : private ConnectionUser, private Watched {
  public:
    Exchange(WorkerNet& net, const scenarios::Timeouts& timeouts) : net_{net}, recorder_{timeouts} {}

    report::StreamTimeline timeline;

    /// Sends the request; `observer` hears when the stream is over, whatever its outcome, and may hear it
    /// before start() returns. Connection, endpoint and observer live until then.
    void start(Connection& connection, const Endpoint& endpoint, std::string_view request,
               ExchangeObserver& observer);

    /// Once over: the connection can be used again.
    bool reusable() const { return recorder_.reusable() && !surplus_; }

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
    void prefetch_objects() const override;
    void prefetch_contents() const override { recorder_.prefetch_contents(); }
    Moment deadline() const override { return recorder_.deadline().when; }
    void on_deadline(Moment now) override;

    void count_tokens(std::size_t fresh, const ReadStamp& stamp);
    void finish_if_over();

    WorkerNet& net_;
    StreamRecorder recorder_;
    Connection* connection_ = nullptr;  ///< set while a stream runs
    ExchangeObserver* observer_ = nullptr;
    bool surplus_ = false;  ///< bytes came after the response
};

}  // namespace streamgauge::net
