#include "bench/net/dialer.h"

#include "bench/net/connecting_socket.h"
#include "bench/net/one_shot.h"
#include "scenarios/quantity.h"

#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace streamgauge::net {

namespace asio = boost::asio;
using asio::ip::tcp;
using report::Outcome;
using Progress = ConnectingSocket::Progress;

namespace {

namespace errc = boost::system::errc;

/// What this machine, not the target, has run out of, and the way out; empty when it has not.
std::string shortage(boost::system::error_code error) {
    if (error == errc::address_not_available) {
        return "this machine has no ephemeral port left for it; name addresses in "
               "`connections.source_addresses`, or set `connections.max`";
    }
    if (error == errc::too_many_files_open || error == errc::too_many_files_open_in_system) {
        return "this process may open no more files; raise the limit (`ulimit -n`), or set `connections.max`";
    }
    if (error == errc::no_buffer_space || error == errc::not_enough_memory) {
        return "this machine has no memory left for sockets; lower the load, or set `connections.max`";
    }
    return {};
}

std::string_view bytes_of(const tcp::endpoint& address) {
    return {reinterpret_cast<const char*>(address.data()), address.size()};
}

}  // namespace

/// One attempt to connect, under one deadline for name, TCP and TLS.
class Dialer::Attempt final : private Watched, private ConnectionUser, private ReadinessHandler {
  public:
    Attempt(Dialer& dialer, const Endpoint& endpoint, report::StreamTimeline& timeline)
        : dialer_{dialer}, net_{dialer.net_}, endpoint_{endpoint}, timeline_{timeline} {
        timeline_.connect_start = WorkerClock::now();
        deadline_ = *timeline_.connect_start + dialer.timeout_;
        address_deadline_ = deadline_;
        net_.watchdog.add(*this);
        slot_ = dialer_.attempts_.size();
        dialer_.attempts_.push_back(this);
    }
    ~Attempt() {
        drop();
        net_.watchdog.remove(*this);
        dialer_.attempts_[slot_] = dialer_.attempts_.back();
        dialer_.attempts_[slot_]->slot_ = slot_;
        dialer_.attempts_.pop_back();
    }
    Attempt(const Attempt&) = delete;
    Attempt& operator=(const Attempt&) = delete;

    asio::awaitable<DialResult> run();

    void give_up(Outcome outcome) {
        ended_ = outcome;
        drop();
        if (connection_) connection_->close();
        step_.fire();
    }

  private:
    Moment deadline() const override { return address_deadline_; }
    void on_deadline(Moment now) override;
    void on_ready(std::uint32_t) override {
        if (!std::exchange(connecting_, false)) return;
        timeline_.connected = WorkerClock::now();
        if (socket_.finish() == Progress::failed) forget_destination();
        step_.fire();
    }
    void on_secured(Connection&) override {
        timeline_.tls_done = WorkerClock::now();
        step_.fire();
    }
    void on_bytes(Connection&, std::string_view, const ReadStamp&) override {}
    void on_sent(Connection&, Moment, Moment) override {}
    void on_closed(Connection& connection, boost::system::error_code error, Moment when) override;

    asio::awaitable<boost::system::error_code> connect(const Lookup& lookup);
    asio::awaitable<boost::system::error_code> connect_to(const tcp::endpoint& address);
    asio::awaitable<DialResult> secure();
    void set_address_deadline(std::size_t addresses_left);
    void drop();
    void forget_destination();
    DialResult failed(Outcome outcome, std::string detail) const;
    DialResult not_connected(boost::system::error_code error) const;
    std::string place() const { return endpoint_.host + ":" + std::to_string(endpoint_.port); }

    Dialer& dialer_;
    std::size_t slot_ = 0;  ///< in Dialer::attempts_
    WorkerNet& net_;
    const Endpoint& endpoint_;
    report::StreamTimeline& timeline_;
    Moment deadline_{};
    Moment address_deadline_{};  ///< of the address that is tried at the moment
    ConnectingSocket socket_;
    ConnectionLedger::Destination* destination_ = nullptr;  ///< set while it counts `socket_`
    std::unique_ptr<Connection> connection_;
    OneShot step_;             ///< what the coroutine waits for: connected, secured, or over
    bool connecting_ = false;  ///< `socket_` is watched and has not answered yet
    bool timed_out_ = false;   ///< the address, not the whole attempt
    std::optional<Outcome> ended_;
    std::string tls_detail_;
};

void Dialer::Attempt::on_deadline(Moment now) {
    if (now < deadline_) {
        address_deadline_ = deadline_;
        net_.watchdog.refresh(*this);
        if (!std::exchange(connecting_, false)) return;
        timed_out_ = true;
        drop();
        return step_.fire();
    }
    net_.watchdog.remove(*this);
    give_up(Outcome::timeout_connect);
}

void Dialer::Attempt::on_closed(Connection& connection, boost::system::error_code error, Moment) {
    tls_detail_ = connection.tls_failure();
    if (tls_detail_.empty()) {
        tls_detail_ = "TLS with `" + endpoint_.server_name + "` failed: " +
                      (error ? error.message() : "the server closed the connection during the handshake") +
                      "; does that port speak TLS?";
    }
    step_.fire();
}

void Dialer::Attempt::forget_destination() {
    if (destination_ != nullptr) net_.ledger->closed(*std::exchange(destination_, nullptr));
}

/// Ends what connects at the moment.
void Dialer::Attempt::drop() {
    if (!socket_.is_open()) return;
    net_.sockets.remove(socket_.descriptor(), *this);
    socket_.close();
    forget_destination();
}

DialResult Dialer::Attempt::failed(Outcome outcome, std::string detail) const {
    if (!ended_) return {nullptr, outcome, std::move(detail)};
    if (*ended_ == Outcome::aborted)
        return {nullptr, Outcome::aborted, "the run was stopped while connecting"};
    return {nullptr, *ended_,
            "no connection to " + place() + " within " + scenarios::format_duration(dialer_.timeout_) +
                "; is the address right and reachable?"};
}

DialResult Dialer::Attempt::not_connected(boost::system::error_code error) const {
    if (const auto missing = shortage(error); !missing.empty())
        return failed(Outcome::not_started, "cannot connect to " + place() + ": " + missing);
    if (error == errc::address_family_not_supported && !dialer_.sources_.empty()) {
        return failed(Outcome::not_started, "cannot connect to " + place() +
                                                ": no address in `connections.source_addresses` is of its "
                                                "kind; add one (IPv4 or IPv6, as the target's)");
    }
    return failed(Outcome::connect_failed, "cannot connect to " + place() + ": " + error.message() +
                                               "; is the server running and the port right?");
}

/// An address that swallows what is sent to it may take its share of the time, not that of the others.
void Dialer::Attempt::set_address_deadline(std::size_t addresses_left) {
    if (addresses_left == 1 && address_deadline_ == deadline_) return;
    const Moment now = WorkerClock::now();
    address_deadline_ = now + (deadline_ - now) / static_cast<int>(addresses_left);
    net_.watchdog.refresh(*this);
}

asio::awaitable<boost::system::error_code> Dialer::Attempt::connect(const Lookup& lookup) {
    boost::system::error_code error = asio::error::host_not_found;
    const std::size_t first = dialer_.rotation_++;
    const std::size_t count = lookup.addresses.size();
    for (std::size_t i = 0; i < count && !ended_; ++i) {
        set_address_deadline(count - i);
        error = co_await connect_to(lookup.addresses[(first + i) % count]);
        if (!error) break;
    }
    address_deadline_ = deadline_;
    net_.watchdog.refresh(*this);
    co_return error;
}

asio::awaitable<boost::system::error_code> Dialer::Attempt::connect_to(const tcp::endpoint& address) {
    const auto source = dialer_.sources_.next_for(address.address());
    if (!source && !dialer_.sources_.empty())
        co_return errc::make_error_code(errc::address_family_not_supported);
    auto watch = Connection::Watch::begins;
    const auto progress = socket_.begin(address, source);
    if (progress == Progress::failed) co_return socket_.error();
    destination_ = &net_.ledger->destination(bytes_of(address));
    net_.ledger->opened(*destination_);
    timeline_.connected = WorkerClock::now();
    if (progress == Progress::under_way) {
        net_.sockets.add_connecting(socket_.descriptor(), *this);
        watch = Connection::Watch::taken_over;
        connecting_ = true;
        co_await step_.wait();
        if (std::exchange(timed_out_, false)) co_return asio::error::timed_out;
        if (ended_) co_return asio::error::operation_aborted;
        if (!socket_.is_open()) co_return socket_.error();
    }
    connection_ = std::make_unique<Connection>(net_, StampedSocket{socket_.release(), *timeline_.connected},
                                               endpoint_.index, *std::exchange(destination_, nullptr), watch);
    co_return boost::system::error_code{};
}

asio::awaitable<DialResult> Dialer::Attempt::secure() {
    connection_->set_user(*this);
    connection_->secure(*endpoint_.tls, endpoint_.server_name, endpoint_.sessions.get());
    co_await step_.wait();
    if (ended_ || !connection_->is_open()) co_return failed(Outcome::tls_failed, tls_detail_);
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
    if (ended_ || error) {
        timeline_.connected.reset();
        co_return not_connected(error);
    }
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
