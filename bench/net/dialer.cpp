#include "bench/net/dialer.h"

#include "bench/net/one_shot.h"
#include "scenarios/quantity.h"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <utility>

namespace streamgauge::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using report::Outcome;
constexpr auto as_tuple = asio::as_tuple(asio::use_awaitable);

namespace {

/// The client, not the target, has run out: descriptors, ports or memory.
bool is_shortage(boost::system::error_code error) {
    namespace errc = boost::system::errc;
    return error == errc::too_many_files_open || error == errc::too_many_files_open_in_system ||
           error == errc::address_not_available || error == errc::no_buffer_space ||
           error == errc::not_enough_memory;
}

}  // namespace

/// One attempt to connect, under one deadline for name, TCP and TLS.
class Dialer::Attempt final : private Watched, private ConnectionUser {
  public:
    Attempt(Dialer& dialer, const Endpoint& endpoint, report::StreamTimeline& timeline)
        : dialer_{dialer}, endpoint_{endpoint}, timeline_{timeline}, socket_{dialer.context_} {
        timeline_.connect_start = WorkerClock::now();
        deadline_ = *timeline_.connect_start + dialer.timeout_;
        dialer_.net_.watchdog.add(*this);
        dialer_.attempts_.push_back(this);
    }
    ~Attempt() {
        dialer_.net_.watchdog.remove(*this);
        std::erase(dialer_.attempts_, this);
    }
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    asio::awaitable<DialResult> run();

    void give_up(Outcome outcome) {
        ended_ = outcome;
        boost::system::error_code ignored;
        socket_.close(ignored);
        if (connection_) connection_->close();
        handshake_.fire();
    }

  private:
    Moment deadline() const override { return deadline_; }
    void on_deadline(Moment) override {
        dialer_.net_.watchdog.remove(*this);
        give_up(Outcome::timeout_connect);
    }
    void on_secured(Connection&) override {
        timeline_.tls_done = WorkerClock::now();
        handshake_.fire();
    }
    void on_bytes(Connection&, std::string_view, const ReadStamp&) override {}
    void on_sent(Connection&, Moment, Moment) override {}
    void on_closed(Connection& connection, boost::system::error_code error, Moment) override {
        tls_detail_ = connection.tls_failure();
        if (tls_detail_.empty()) {
            tls_detail_ =
                "TLS with `" + endpoint_.server_name + "` failed: " +
                (error ? error.message() : "the server closed the connection during the handshake") +
                "; does that port speak TLS?";
        }
        handshake_.fire();
    }

    asio::awaitable<boost::system::error_code> connect(const Lookup& lookup);
    asio::awaitable<DialResult> secure();
    DialResult failed(Outcome outcome, std::string detail) const;
    std::string place() const { return endpoint_.host + ":" + std::to_string(endpoint_.port); }

    Dialer& dialer_;
    const Endpoint& endpoint_;
    report::StreamTimeline& timeline_;
    Moment deadline_{};
    tcp::socket socket_;
    std::unique_ptr<Connection> connection_;
    OneShot handshake_;
    std::optional<Outcome> ended_;
    std::string tls_detail_;
};

DialResult Dialer::Attempt::failed(Outcome outcome, std::string detail) const {
    if (!ended_) return {nullptr, outcome, std::move(detail)};
    if (*ended_ == Outcome::aborted)
        return {nullptr, Outcome::aborted, "the run was stopped while connecting"};
    return {nullptr, *ended_,
            "no connection to " + place() + " within " + scenarios::format_duration(dialer_.timeout_) +
                "; is the address right and reachable?"};
}

asio::awaitable<boost::system::error_code> Dialer::Attempt::connect(const Lookup& lookup) {
    boost::system::error_code error = asio::error::host_not_found;
    const std::size_t first = dialer_.rotation_++;
    for (std::size_t i = 0; i < lookup.addresses.size() && !ended_; ++i) {
        boost::system::error_code ignored;
        socket_.close(ignored);
        const auto& address = lookup.addresses[(first + i) % lookup.addresses.size()];
        std::tie(error) = co_await socket_.async_connect(address, as_tuple);
        if (!error) break;
    }
    co_return error;
}

asio::awaitable<DialResult> Dialer::Attempt::secure() {
    connection_->set_user(*this);
    connection_->secure(*endpoint_.tls, endpoint_.server_name);
    co_await handshake_.wait();
    if (ended_ || !timeline_.tls_done) co_return failed(Outcome::tls_failed, tls_detail_);
    co_return DialResult{std::move(connection_), Outcome::completed, {}};
}

asio::awaitable<DialResult> Dialer::Attempt::run() {
    const auto lookup = co_await dialer_.names_.resolve(endpoint_.host, endpoint_.port, deadline_);
    if (lookup.error == asio::error::timed_out) ended_ = ended_.value_or(Outcome::timeout_connect);
    if (ended_ || lookup.error) {
        co_return failed(Outcome::resolve_failed, "the name `" + endpoint_.host + "` does not resolve (" +
                                                      lookup.error.message() + "); check the host in `url`");
    }
    timeline_.resolved = WorkerClock::now();
    const auto error = co_await connect(lookup);
    if (!ended_ && is_shortage(error)) {
        co_return failed(Outcome::not_started, "this machine has nothing left to connect with (" +
                                                   error.message() +
                                                   "); lower the load, or set `connections.max`");
    }
    if (ended_ || error) {
        co_return failed(Outcome::connect_failed, "cannot connect to " + place() + ": " + error.message() +
                                                      "; is the server running and the port right?");
    }
    timeline_.connected = WorkerClock::now();
    connection_ = std::make_unique<Connection>(
        dialer_.net_, StampedSocket{socket_.release(), *timeline_.connected}, endpoint_.index);
    if (endpoint_.tls) {
        co_return co_await secure();
    }
    co_return DialResult{std::move(connection_), Outcome::completed, {}};
}

asio::awaitable<DialResult> Dialer::dial(const Endpoint& endpoint, report::StreamTimeline& timeline) {
    if (aborted_) co_return DialResult{nullptr, Outcome::aborted, "the run was stopped before it connected"};
    Attempt attempt{*this, endpoint, timeline};
    co_return co_await attempt.run();
}

void Dialer::abort() {
    aborted_ = true;
    names_.abort();
    for (auto* attempt : attempts_)
        attempt->give_up(Outcome::aborted);
}

}  // namespace streamgauge::net
