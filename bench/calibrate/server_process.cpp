#include "bench/calibrate/server_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace streamgauge::calibrate {

namespace {

constexpr int most_milliseconds_to_start = 30'000;

/// The first line that comes out of `descriptor`; what there is of it when the program ends or is too slow.
std::string first_line(int descriptor) {
    std::string text;
    std::array<char, 256> room{};
    while (text.find('\n') == std::string::npos && text.size() < 4096) {
        pollfd wait{descriptor, POLLIN, 0};
        if (::poll(&wait, 1, most_milliseconds_to_start) <= 0) break;
        const ssize_t taken = ::read(descriptor, room.data(), room.size());
        if (taken < 0 && errno == EINTR) continue;
        if (taken <= 0) break;
        text.append(room.data(), static_cast<std::size_t>(taken));
    }
    return text.substr(0, text.find('\n'));
}

/// The port at the end of `listening on http://127.0.0.1:8000`; 0 when there is none.
std::uint16_t port_in(std::string_view line) {
    const auto colon = line.rfind(':');
    if (colon == std::string_view::npos) return 0;
    std::uint16_t port = 0;
    const auto text = line.substr(colon + 1);
    std::from_chars(text.data(), text.data() + text.size(), port);
    return port;
}

}  // namespace

void ServerProcess::become(const std::string& program, const std::vector<int>& cores, int output) {
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
    run_on(cores);
    ::dup2(output, STDOUT_FILENO);
    const std::string threads = std::to_string(cores.size());
    ::execl(program.c_str(), program.c_str(), "serve", "--port", "0", "--stamps", "--threads",
            threads.c_str(), nullptr);
    ::_exit(127);
}

ServerProcess::ServerProcess(const std::filesystem::path& program, const std::vector<int>& cores) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make a pipe to the simulated server");
    }
    id_ = ::fork();
    if (id_ == 0) become(program.string(), cores, ends[1]);
    ::close(ends[1]);
    output_ = ends[0];
    if (id_ > 0) port_ = port_in(first_line(output_));
    if (port_ != 0) return;
    end();
    throw std::runtime_error("the simulated server did not start; does `" + program.string() +
                             " serve --port 0` work?");
}

ServerProcess::~ServerProcess() {
    end();
}

void ServerProcess::end() {
    if (output_ >= 0) ::close(output_);
    output_ = -1;
    if (id_ <= 0) return;
    ::kill(id_, SIGTERM);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
}

std::chrono::nanoseconds ServerProcess::cpu_time() const {
    clockid_t clock{};
    timespec time{};
    if (::clock_getcpuclockid(id_, &clock) != 0 || ::clock_gettime(clock, &time) != 0) return {};
    return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}

}  // namespace streamgauge::calibrate
