// Opens many connections at once to a listener in another process, by the client's own pool and dialer and by
// a bare epoll loop, in turn. Tells how long that took, how many failed, the client's CPU time and what stays
// on the heap for each connection.
//
//   streamgauge_connect_bench [CONNECTIONS [ROUNDS [TLS_CONNECTIONS]]]

#include "bench/net/connection_pool.h"
#include "bench/net/dialer.h"
#include "bench/simulator/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/format.h>

#include <arpa/inet.h>
#include <malloc.h>
#include <netinet/in.h>
#include <poll.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace {

using namespace streamgauge;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using Clock = std::chrono::steady_clock;

constexpr int server_core = 0;
constexpr int client_core = 1;
constexpr auto patience = 60s;
constexpr double unpaced = std::numeric_limits<double>::infinity();

struct Options {
    unsigned connections = 10'000;
    unsigned rounds = 3;
    unsigned tls_connections = 2'000;
};

void pin_to(int core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);  // on a machine with one core both share it
}

void raise_descriptor_limit() {
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/// Accepts whatever comes and keeps it, until the parent's end of `parent` closes.
void accept_all(int ready, int parent) {
    const int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listener, 4096) != 0 ||
        getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        return;
    }
    const std::uint16_t port = ntohs(address.sin_port);
    if (write(ready, &port, sizeof port) != sizeof port) return;
    std::array<pollfd, 2> watched{{{listener, POLLIN, 0}, {parent, POLLIN, 0}}};
    while (poll(watched.data(), watched.size(), -1) >= 0 && watched[1].revents == 0) {
        while (accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC) >= 0) {
        }
    }
}

/// The simulated server with a certificate of its own, until the parent's end closes.
void serve_tls(int ready, int parent) {
    std::string folder = "/tmp/streamgauge-connect-bench-XXXXXX";
    if (mkdtemp(folder.data()) == nullptr) return;
    simulator::ServeOptions options;
    options.tls_self_signed_folder = folder;
    simulator::Server server{options};
    server.start();
    const std::uint16_t port = server.port();
    if (write(ready, &port, sizeof port) != sizeof port) return;
    char none = 0;
    while (read(parent, &none, 1) > 0) {
    }
    server.stop();
    for (const char* name : {"/ca.pem", "/server.pem", "/server.key"})
        unlink((folder + name).c_str());
    rmdir(folder.c_str());
}

/// A listener in a process of its own, for as long as this lives.
class ServerProcess {
  public:
    explicit ServerProcess(void (*serve)(int, int)) {
        std::array<int, 2> ready{};
        std::array<int, 2> parent{};
        if (pipe(ready.data()) != 0 || pipe(parent.data()) != 0) throw std::runtime_error{"no pipe"};
        process_ = fork();
        if (process_ < 0) throw std::runtime_error{"no process for the server"};
        if (process_ == 0) {
            close(parent[1]);
            pin_to(server_core);
            serve(ready[1], parent[0]);
            _exit(0);
        }
        close(parent[0]);
        close(ready[1]);
        parent_ = parent[1];
        const bool started = read(ready[0], &port_, sizeof port_) == sizeof port_;
        close(ready[0]);
        if (!started) throw std::runtime_error{"the server did not start"};
    }
    ~ServerProcess() {
        close(parent_);
        waitpid(process_, nullptr, 0);
    }
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;

    std::uint16_t port() const { return port_; }

  private:
    pid_t process_ = -1;
    int parent_ = -1;
    std::uint16_t port_ = 0;
};

nanoseconds cpu_time() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return std::chrono::seconds{time.tv_sec} + nanoseconds{time.tv_nsec};
}

struct Outcome {
    unsigned open = 0;
    nanoseconds took{0};
    nanoseconds cpu{0};
    nanoseconds slowest{0};  ///< one connection, its own connect (and TLS) alone
    std::size_t heap = 0;    ///< bytes that stay, all connections together
};

void print(std::string_view name, unsigned connections, const Outcome& outcome) {
    const auto each = [&](double total) { return total / connections; };
    fmt::print(
        "{:<26} {:>6} opened {:>6} failed {:>8.1f} ms {:>7.1f} us CPU each {:>9.2f} ms slowest {:>7.0f} "
        "heap bytes each\n",
        name, outcome.open, connections - outcome.open, static_cast<double>(outcome.took.count()) / 1e6,
        each(static_cast<double>(outcome.cpu.count()) / 1e3),
        static_cast<double>(outcome.slowest.count()) / 1e6, each(static_cast<double>(outcome.heap)));
}

/// The least a client can do: connect without blocking, wait in epoll, ask for the outcome.
Outcome open_bare(std::uint16_t port, unsigned connections) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(port);
    std::vector<int> sockets;
    sockets.reserve(connections);
    const int epoll = epoll_create1(EPOLL_CLOEXEC);
    Outcome outcome;
    const auto begin = Clock::now();
    const auto cpu_begin = cpu_time();
    for (unsigned i = 0; i < connections; ++i) {
        const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        sockets.push_back(descriptor);
        if (connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 &&
            errno != EINPROGRESS) {
            continue;
        }
        epoll_event event{};
        event.events = EPOLLOUT | EPOLLONESHOT;
        event.data.fd = descriptor;
        epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event);
    }
    std::array<epoll_event, 256> ready{};
    for (unsigned seen = 0; seen < connections && Clock::now() - begin < patience;) {
        const int count = epoll_wait(epoll, ready.data(), ready.size(), 1000);
        for (int i = 0; i < count; ++i, ++seen) {
            int error = 0;
            socklen_t size = sizeof error;
            getsockopt(ready[static_cast<std::size_t>(i)].data.fd, SOL_SOCKET, SO_ERROR, &error, &size);
            if (error == 0) ++outcome.open;
        }
    }
    outcome.cpu = cpu_time() - cpu_begin;
    outcome.took = Clock::now() - begin;
    for (const int descriptor : sockets)
        close(descriptor);
    close(epoll);
    return outcome;
}

/// What a worker of the client does for each request that finds no idle connection.
class Client {
  public:
    Client(std::uint16_t port, bool tls, double max_rate) : pool_{dialer_, 1, std::nullopt, true, max_rate} {
        endpoint_.host = "127.0.0.1";
        endpoint_.port = port;
        endpoint_.server_name = "localhost";
        scenarios::TlsOptions options;
        options.insecure = true;
        if (tls) endpoint_.tls = std::make_shared<const net::TlsContext>(options);
        net_.sockets.start();
    }

    Outcome open(unsigned connections) {
        open_.reserve(connections);
        malloc_trim(0);
        const std::size_t heap_before = mallinfo2().uordblks;
        const auto begin = Clock::now();
        const auto cpu_begin = cpu_time();
        const auto one = [this] { return open_one(); };
        for (unsigned i = 0; i < connections; ++i)
            boost::asio::co_spawn(context_, one, [this](std::exception_ptr) { ++done_; });
        while (done_ < connections && Clock::now() - begin < patience) {
            net_.idle.waiting(net::WorkerClock::now());
            context_.run_one_for(10ms);
            if (const auto now = Clock::now(); now >= next_sweep_) {
                net_.watchdog.sweep(now);
                next_sweep_ = now + 10ms;
            }
        }
        Outcome outcome;
        outcome.open = static_cast<unsigned>(open_.size());
        outcome.took = Clock::now() - begin;
        outcome.cpu = cpu_time() - cpu_begin;
        outcome.slowest = slowest_;
        outcome.heap = mallinfo2().uordblks - heap_before;
        return outcome;
    }

  private:
    boost::asio::awaitable<void> open_one() {
        report::StreamTimeline timeline;
        auto lease = co_await pool_.acquire(endpoint_, timeline, false);
        if (!lease.connection) {
            if (failures_++ == 0) fmt::print(stderr, "{}\n", lease.detail);
            co_return;
        }
        const auto ready = timeline.tls_done ? timeline.tls_done : timeline.connected;
        slowest_ = std::max(slowest_, nanoseconds{*ready - *timeline.connect_start});
        open_.push_back(std::move(lease.connection));
    }

    boost::asio::io_context context_{1};
    net::WorkerNet net_{context_};
    net::Dialer dialer_{context_, net_, {30s, {}}};
    net::ConnectionPool pool_;
    net::Endpoint endpoint_;
    std::vector<std::unique_ptr<net::Connection>> open_;
    Clock::time_point next_sweep_ = Clock::now();
    nanoseconds slowest_{0};
    unsigned done_ = 0;
    unsigned failures_ = 0;
};

void run(const Options& options) {
    for (unsigned round = 0; round < options.rounds; ++round) {
        {
            const ServerProcess server{accept_all};
            pin_to(client_core);
            print("bare epoll loop", options.connections, open_bare(server.port(), options.connections));
        }
        for (const double rate : {unpaced, scenarios::Connections{}.max_rate}) {
            const ServerProcess server{accept_all};
            pin_to(client_core);
            print(rate == unpaced ? "pool and dialer" : "pool and dialer, paced", options.connections,
                  Client{server.port(), false, rate}.open(options.connections));
        }
    }
    const ServerProcess server{serve_tls};
    pin_to(client_core);
    print("pool and dialer, TLS", options.tls_connections,
          Client{server.port(), true, unpaced}.open(options.tls_connections));
}

Options options_from(int count, char** arguments) {
    Options options;
    const auto number = [&](int index, unsigned& into) {
        if (count > index) into = static_cast<unsigned>(std::atoi(arguments[index]));
    };
    number(1, options.connections);
    number(2, options.rounds);
    number(3, options.tls_connections);
    return options;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        raise_descriptor_limit();
        run(options_from(count, arguments));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
