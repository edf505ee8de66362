#include "bench/micro/end_to_end/start_time.h"

#include "bench/micro/end_to_end/scratch_folder.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <system_error>

namespace streamgauge::micro {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int patience_ms = 10'000;

[[noreturn]] void fail(const char* what) {
    throw std::system_error{errno, std::generic_category(), what};
}

/// A socket on a free port of 127.0.0.1.
class Listener {
  public:
    Listener() : descriptor_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (bind(descriptor_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
            listen(descriptor_, 8) != 0 ||
            getsockname(descriptor_, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
            fail("cannot listen on 127.0.0.1");
        }
        port_ = ntohs(address.sin_port);
    }
    ~Listener() { close(descriptor_); }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::uint16_t port() const { return port_; }

    /// When the first byte of the next connection was there.
    Moment first_byte() const {
        wait_for(descriptor_);
        const int connection = accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC);
        if (connection < 0) fail("cannot accept a connection");
        wait_for(connection);
        const Moment when = Clock::now();
        close(connection);
        return when;
    }

  private:
    static void wait_for(int descriptor) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (poll(&waiting, 1, patience_ms) != 1)
            throw std::runtime_error{"streamgauge sent no request in 10 s"};
    }

    int descriptor_;
    std::uint16_t port_ = 0;
};

/// A program with its output thrown away; killed at the end.
class Program {
  public:
    Program(const std::string& program, const std::string& scenario, const std::string& out)
        : process_{fork()} {
        if (process_ < 0) fail("cannot start a process");
        if (process_ > 0) return;
        const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execl(program.c_str(), "streamgauge", "run", scenario.c_str(), "--out", out.c_str(), nullptr);
        std::_Exit(127);
    }
    ~Program() {
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

  private:
    pid_t process_;
};

void write_scenario(const std::filesystem::path& file, std::uint16_t port) {
    std::ofstream out{file};
    out << fmt::format(
        "version: 1\nname: start\ntargets:\n  listener: http://127.0.0.1:{}/v1/chat/completions\n"
        "load:\n  - {{ phase: one, users: 1, for: 5s }}\n",
        port);
}

double measure_ms(const std::string& program) {
    const Listener listener;
    const ScratchFolder scratch;
    const auto scenario = scratch.path() / "start.yaml";
    write_scenario(scenario, listener.port());
    const Moment begin = Clock::now();
    const Program started{program, scenario, scratch.path() / "run"};
    return std::chrono::duration<double, std::milli>(listener.first_byte() - begin).count();
}

}  // namespace

std::vector<Measurement> run_start_time(const ModeOptions& options) {
    if (access(options.program.c_str(), X_OK) != 0) {
        throw std::runtime_error{
            fmt::format("{} is not there; build it or name it with --program", options.program.string())};
    }
    fmt::print("start: from the start of `streamgauge run` to the first byte of its first request\n");
    std::vector<double> times;
    for (int i = 0; i < 7; ++i)
        times.push_back(measure_ms(options.program));
    std::vector<Measurement> all{summarize("start/cleartext/streamgauge/first_request", "ms", times)};
    print_lines(all);
    return all;
}

}  // namespace streamgauge::micro
