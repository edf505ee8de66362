// How many events a second the simulated server writes on one core, and how late. The server is a process of
// its own on one core, a bare epoll client that only drains sockets is another on a second core.
//
//   simulator_load [STREAMS [EVENTS_PER_SECOND [SECONDS]]]

#include "bench/simulator/server.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;
namespace simulator = streamgauge::simulator;

struct Load {
    unsigned streams = 10'000;
    double events_per_second = 60'000;
    double seconds = 5;
};

constexpr double connects_per_second = 2'500;
constexpr int server_core = 0;
constexpr int client_core = 1;

void pin_to(int core) {
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(core, &set);
    if (::sched_setaffinity(0, sizeof set, &set) != 0) fmt::print(stderr, "cannot pin to core {}\n", core);
}

/// Token events are uniformly spread around their mean distance, so that streams do not march in step.
simulator::Behaviour behaviour_for(const Load& load) {
    const double mean_gap_us = load.streams / load.events_per_second * 1e6;
    simulator::Behaviour behaviour;
    const auto gaps = fmt::format("uniform({:.0f}us,{:.0f}us)", mean_gap_us * 0.5, mean_gap_us * 1.5);
    const auto gap = simulator::Distribution::parse(gaps);
    if (!gap) throw std::runtime_error{"no such load: " + gaps};
    behaviour.itl = *gap;
    behaviour.ttft = *gap;
    behaviour.tokens = 1'000'000;
    behaviour.stamps = true;
    return behaviour;
}

/// Serves until the parent closes its end of `parent`; writes the port to `ready` first.
[[noreturn]] void run_server(const Load& load, int ready, int parent) {
    pin_to(server_core);
    simulator::ServeOptions options;
    options.behaviour = behaviour_for(load);
    simulator::Server server{options};
    server.start();
    const std::uint16_t port = server.port();
    char byte = 0;
    if (::write(ready, &port, sizeof port) == sizeof port) {
        while (::read(parent, &byte, 1) < 0 && errno == EINTR) {
        }
    }
    server.stop();
    std::_Exit(0);
}

int connect_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (descriptor < 0 || ::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        throw std::runtime_error{"cannot connect to the server"};
    }
    return descriptor;
}

void send_all(int descriptor, const std::string& text) {
    if (::send(descriptor, text.data(), text.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(text.size())) {
        throw std::runtime_error{"cannot send a request"};
    }
}

/// Sends a small request on a connection of its own and gives the whole answer.
std::string ask(std::uint16_t port, const std::string& start_line) {
    const int descriptor = connect_to(port);
    send_all(descriptor, start_line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    std::string answer;
    std::array<char, 4096> room{};
    for (ssize_t read = 0; (read = ::recv(descriptor, room.data(), room.size(), 0)) > 0;) {
        answer.append(room.data(), static_cast<std::size_t>(read));
    }
    ::close(descriptor);
    return answer.substr(answer.find("\r\n\r\n") + 4);
}

/// The bare client: opens streams and throws away what they bring.
class Drain {
  public:
    explicit Drain(std::uint16_t port) : port_{port}, epoll_{::epoll_create1(EPOLL_CLOEXEC)} {}

    void open_stream() {
        static const std::string body = R"({"stream":true,"messages":[{"role":"user","content":"Go on."}]})";
        static const std::string request = fmt::format(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {}\r\n\r\n{}",
            body.size(), body);
        const int descriptor = connect_to(port_);
        send_all(descriptor, request);
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.fd = descriptor;
        ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
    }

    void run_until(Clock::time_point end) {
        std::array<epoll_event, 256> ready{};
        for (auto now = Clock::now(); now < end; now = Clock::now()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - now).count();
            const int count = ::epoll_wait(epoll_, ready.data(), ready.size(), static_cast<int>(left));
            for (int index = 0; index < count; ++index) {
                const ssize_t read = ::recv(ready[static_cast<std::size_t>(index)].data.fd, room_.data(),
                                            room_.size(), MSG_DONTWAIT);
                if (read == 0 || (read < 0 && errno != EAGAIN))
                    throw std::runtime_error{"a stream broke off"};
            }
        }
    }

  private:
    std::uint16_t port_;
    int epoll_;
    std::array<char, 65536> room_{};
};

std::chrono::nanoseconds cpu_time_of(pid_t process) {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(process, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

/// A number of the flat JSON of /stats.
double number_in(const std::string& json, const std::string& key) {
    const auto position = json.find('"' + key + "\":");
    if (position == std::string::npos) throw std::runtime_error{"no " + key + " in /stats"};
    return std::strtod(json.c_str() + position + key.size() + 3, nullptr);
}

void measure(const Load& load, std::uint16_t port, pid_t server) {
    Drain drain{port};
    const auto start = Clock::now();
    for (unsigned opened = 0; opened < load.streams; ++opened) {
        drain.open_stream();
        const std::chrono::duration<double> due{(opened + 1) / connects_per_second};
        drain.run_until(start + std::chrono::duration_cast<Clock::duration>(due));
    }
    drain.run_until(Clock::now() + std::chrono::seconds{1});
    ask(port, "POST /stats/reset");
    const auto begin = Clock::now();
    const auto cpu_begin = cpu_time_of(server);
    drain.run_until(begin +
                    std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{load.seconds}));
    const std::string statistics = ask(port, "GET /stats");
    const std::chrono::duration<double> took = Clock::now() - begin;
    const std::chrono::duration<double> cpu = cpu_time_of(server) - cpu_begin;
    fmt::print(
        "streams {:.0f}  events/s {:.0f}  late p50 {:.0f} us  p99 {:.0f} us  max {:.0f} us  held by client "
        "{:.0f}  "
        "server CPU {:.0f} %\n",
        number_in(statistics, "streams_open"), number_in(statistics, "events") / took.count(),
        number_in(statistics, "p50") / 1e3, number_in(statistics, "p99") / 1e3,
        number_in(statistics, "max") / 1e3, number_in(statistics, "held_by_client"),
        100.0 * cpu.count() / took.count());
}

Load load_from(int count, char** arguments) {
    Load load;
    if (count > 1) load.streams = static_cast<unsigned>(std::atoi(arguments[1]));
    if (count > 2) load.events_per_second = std::atof(arguments[2]);
    if (count > 3) load.seconds = std::atof(arguments[3]);
    if (load.streams == 0 || load.events_per_second <= 0 || load.seconds <= 0) {
        throw std::runtime_error{"usage: simulator_load [STREAMS [EVENTS_PER_SECOND [SECONDS]]]"};
    }
    return load;
}

void raise_descriptor_limit() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

int run(const Load& load) {
    std::array<int, 2> ready{};
    std::array<int, 2> parent{};
    if (::pipe(ready.data()) != 0 || ::pipe(parent.data()) != 0) throw std::runtime_error{"no pipe"};
    const pid_t server = ::fork();
    if (server < 0) throw std::runtime_error{"no process for the server"};
    if (server == 0) {
        ::close(parent[1]);
        run_server(load, ready[1], parent[0]);
    }
    ::close(parent[0]);
    ::close(ready[1]);
    pin_to(client_core);
    raise_descriptor_limit();
    std::uint16_t port = 0;
    if (::read(ready[0], &port, sizeof port) != sizeof port)
        throw std::runtime_error{"the server did not start"};
    measure(load, port, server);
    ::close(parent[1]);
    ::waitpid(server, nullptr, 0);
    return 0;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return run(load_from(count, arguments));
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
