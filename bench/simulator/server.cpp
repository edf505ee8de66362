#include "bench/simulator/server.h"

#include "bench/simulator/router.h"
#include "bench/simulator/self_signed.h"
#include "bench/simulator/tls_session.h"
#include "bench/simulator/worker.h"

#include <fmt/format.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace streamgauge::simulator {

namespace {

using boost::asio::ip::tcp;

constexpr int listen_backlog = 4096;

void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

/// A listening socket; the caller owns it. With `shared`, other sockets may listen on the same port.
int listen_on(boost::asio::io_context& context, const tcp::endpoint& endpoint, bool shared) {
    tcp::acceptor acceptor{context, endpoint.protocol()};
    const int on = 1;
    ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (shared) ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    ::setsockopt(acceptor.native_handle(), SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    // Reno sends at once. BBR, the default of some systems, paces what is written by timers of its own, and
    // the figures would be those timers'.
    constexpr char congestion_control[] = "reno";
    ::setsockopt(acceptor.native_handle(), IPPROTO_TCP, TCP_CONGESTION, congestion_control,
                 sizeof congestion_control - 1);
    boost::system::error_code error;
    acceptor.bind(endpoint, error);
    if (!error) acceptor.listen(listen_backlog, error);
    if (error) {
        throw std::runtime_error{fmt::format("Cannot listen on {} port {}: {}.",
                                             endpoint.address().to_string(), endpoint.port(),
                                             error.message())};
    }
    return acceptor.release();
}

std::uint16_t port_of(const tcp& protocol, int listener) {
    sockaddr_storage storage{};
    socklen_t size = sizeof storage;
    ::getsockname(listener, reinterpret_cast<sockaddr*>(&storage), &size);
    tcp::endpoint endpoint{protocol, 0};
    std::memcpy(endpoint.data(), &storage, size);
    return endpoint.port();
}

}  // namespace

struct Server::State {
    ServeOptions options;
    ServerState shared;
    std::optional<TlsContext> tls;
    std::vector<std::unique_ptr<Worker>> workers;
    std::vector<std::thread> threads;
    std::uint16_t port = 0;
    mutable std::mutex baseline_mutex;
    StatisticsSnapshot baseline;

    void set_up_tls();
    void open_workers();
    StatisticsSnapshot total() const;
    StatisticsSnapshot since_reset() const;
};

void Server::State::set_up_tls() {
    if (!options.tls_self_signed_folder.empty()) {
        if (!options.tls_certificate.empty()) {
            throw std::runtime_error{"Give either a TLS certificate or a folder for a self-signed one."};
        }
        const CertificateFiles files = write_self_signed(options.tls_self_signed_folder);
        tls.emplace(files.certificate, files.key);
        return;
    }
    if (options.tls_certificate.empty() != options.tls_key.empty()) {
        throw std::runtime_error{"TLS needs both a certificate and its key."};
    }
    if (!options.tls_certificate.empty()) tls.emplace(options.tls_certificate, options.tls_key);
}

void Server::State::open_workers() {
    boost::system::error_code error;
    const auto address = boost::asio::ip::make_address(options.address, error);
    if (error) {
        throw std::runtime_error{fmt::format("\"{}\" is not an IP address to listen on.", options.address)};
    }
    if (options.threads == 0) throw std::runtime_error{"The server needs at least one thread."};
    boost::asio::io_context scratch;
    tcp::endpoint endpoint{address, options.port};
    const bool shared_port = options.threads > 1;
    if (shared_port && options.port != 0) {
        // Sockets that share a port would also share it with another server; this one fails then.
        ::close(listen_on(scratch, endpoint, false));
    }
    for (unsigned thread = 0; thread < options.threads; ++thread) {
        const int listener = listen_on(scratch, endpoint, shared_port);
        workers.push_back(
            std::make_unique<Worker>(shared, tls ? &*tls : nullptr, endpoint.protocol(), listener));
        port = port_of(endpoint.protocol(), listener);
        endpoint.port(port);
    }
}

StatisticsSnapshot Server::State::total() const {
    StatisticsSnapshot sum;
    for (const auto& worker : workers)
        sum.add(worker->statistics());
    return sum;
}

StatisticsSnapshot Server::State::since_reset() const {
    const std::lock_guard lock{baseline_mutex};
    return total().since(baseline);
}

Server::Server(ServeOptions options) : state_{std::make_unique<State>()} {
    state_->options = std::move(options);
    state_->shared.defaults = state_->options.behaviour;
    state_->shared.statistics = [state = state_.get()] { return state->since_reset().to_json(); };
    state_->shared.reset_statistics = [state = state_.get()] {
        const std::lock_guard lock{state->baseline_mutex};
        state->baseline = state->total();
    };
}

Server::~Server() {
    stop();
}

void Server::start() {
    raise_descriptor_limit();
    state_->set_up_tls();
    state_->open_workers();
    for (const auto& worker : state_->workers) {
        state_->threads.emplace_back([worker = worker.get()] { worker->run(); });
    }
}

void Server::stop() {
    for (const auto& worker : state_->workers)
        worker->stop();
    for (auto& thread : state_->threads)
        thread.join();
    state_->threads.clear();
}

std::uint16_t Server::port() const {
    return state_->port;
}

std::string Server::url() const {
    const bool ipv6 = state_->options.address.find(':') != std::string::npos;
    const std::string host = ipv6 ? '[' + state_->options.address + ']' : state_->options.address;
    return fmt::format("{}://{}:{}", state_->tls ? "https" : "http", host, state_->port);
}

StatisticsSnapshot Server::statistics() const {
    return state_->since_reset();
}

}  // namespace streamgauge::simulator
