#pragma once

#include "bench/net/readiness_set.h"
#include "bench/net/stamped_socket.h"
#include "bench/net/tls_session.h"
#include "bench/net/worker_net.h"

#include <boost/system/error_code.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::net {

class Connection;

/// Whoever a connection serves at the moment: the dialer, an exchange, or the pool while it is idle. A
/// callback may hand the connection on or close it, but not destroy it.
class ConnectionUser {
  public:
    virtual void on_secured(Connection& connection) = 0;  ///< TLS is up
    virtual void on_bytes(Connection& connection, std::string_view bytes, const ReadStamp& stamp) = 0;
    /// Everything given to send() is with the kernel; the clock was read just before and after the last
    /// write.
    virtual void on_sent(Connection& connection, Moment before, Moment after) = 0;
    /// No more will come. `error` is empty when the server closed its side in order.
    virtual void on_closed(Connection& connection, boost::system::error_code error, Moment when) = 0;
    /// As in ReadinessHandler.
    virtual void prefetch_objects() const {}
    virtual void prefetch_contents() const {}

  protected:
    ~ConnectionUser() = default;
};

/// One connection of a worker, cleartext or TLS. Reads push: bytes go to the current user with the stamp of
/// their socket read.
class Connection final : private ReadinessHandler, private PlaintextSink {
  public:
    /// Whether the worker's readiness set has the socket already, from when it was connecting.
    enum class Watch { begins, taken_over };

    /// `destination` counts the connection until it is closed; the caller has said opened().
    Connection(WorkerNet& net, StampedSocket socket, std::uint32_t target,
               ConnectionLedger::Destination& destination, Watch watch = Watch::begins);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    void set_user(ConnectionUser& user) { user_ = &user; }
    /// Starts TLS; the user hears on_secured or on_closed.
    void secure(const TlsContext& context, const std::string& server_name,
                TlsSessionStore* sessions = nullptr);
    /// Sends all of `bytes`, at once or as room comes; the user hears on_sent.
    void send(std::string_view bytes);
    /// Stops reading and closes the socket. The user hears nothing.
    void close();

    bool is_open() const { return open_; }
    std::uint32_t target() const { return target_; }
    /// Why TLS failed; empty otherwise.
    std::string tls_failure() const { return tls_ ? tls_->failure() : std::string{}; }

  private:
    void on_ready(std::uint32_t events) override;
    void prefetch_objects() const override {
        if (user_ != nullptr) user_->prefetch_objects();
    }
    void prefetch_contents() const override {
        if (user_ != nullptr) user_->prefetch_contents();
    }
    void on_plaintext(std::string_view bytes) override;

    void read_all(std::uint32_t events);
    void take(const StampedRead& read);
    void take_encrypted(std::string_view bytes, Moment now);
    void flush();
    void report_closed(boost::system::error_code error, Moment when);

    WorkerNet& net_;
    ConnectionLedger::Destination& destination_;
    StampedSocket socket_;
    std::optional<TlsSession> tls_;
    ConnectionUser* user_ = nullptr;
    std::string unsent_;
    ReadStamp stamp_{};
    std::uint32_t target_;
    bool open_ = true;
    bool writing_watched_ = false;
    bool report_sent_ = false;
};

}  // namespace streamgauge::net
