#include "tests/system/terminal.h"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <system_error>

namespace streamgauge::system_tests {

namespace {

winsize size_of(unsigned columns, unsigned rows) {
    winsize size{};
    size.ws_col = static_cast<unsigned short>(columns);
    size.ws_row = static_cast<unsigned short>(rows);
    return size;
}

int exit_status(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

Terminal::Terminal(const std::vector<std::string>& command, unsigned columns, unsigned rows,
                   const std::vector<std::string>& environment) {
    auto arguments = command;
    auto variables = environment;
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (auto& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const auto size = size_of(columns, rows);
    id_ = ::forkpty(&terminal_, nullptr, nullptr, &size);
    if (id_ < 0) throw std::system_error(errno, std::generic_category(), "forkpty");
    if (id_ == 0) {
        for (auto& variable : variables)
            ::putenv(variable.data());
        ::execvp(pointers.front(), pointers.data());
        ::_exit(127);
    }
}

Terminal::~Terminal() {
    if (status_ < 0) {
        ::kill(id_, SIGKILL);
        wait();
    }
    ::close(terminal_);
}

void Terminal::type(std::string_view keys) const {
    [[maybe_unused]] const auto count = ::write(terminal_, keys.data(), keys.size());
}

void Terminal::resize(unsigned columns, unsigned rows) const {
    const auto size = size_of(columns, rows);
    ::ioctl(terminal_, TIOCSWINSZ, &size);
}

void Terminal::signal(int number) const {
    ::kill(id_, number);
}

void Terminal::wait_for(std::string_view text, std::chrono::seconds patience) {
    const auto begin = written_.size();
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (written_.find(text, begin) == std::string::npos) {
        if (!read_some() || std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("`" + std::string(text) + "` was not written, but:\n" + written_);
    }
}

void Terminal::wait_until_stopped() {
    int status = 0;
    while (::waitpid(id_, &status, WUNTRACED | WNOHANG) == 0)
        read_some();
    if (!WIFSTOPPED(status)) {
        status_ = exit_status(status);
        throw std::runtime_error("it ended and was not stopped; written:\n" + written_);
    }
    for (auto before = written_.size() + 1; before != written_.size();) {
        before = written_.size();
        read_some();
    }
}

int Terminal::wait() {
    if (status_ >= 0) return status_;
    while (read_some()) {
    }
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    status_ = exit_status(status);
    return status_;
}

bool Terminal::read_some() {
    pollfd ready{terminal_, POLLIN, 0};
    constexpr int patience_ms = 20;
    if (::poll(&ready, 1, patience_ms) <= 0) return true;
    std::array<char, 4096> buffer{};
    const auto count = ::read(terminal_, buffer.data(), buffer.size());
    if (count > 0) written_.append(buffer.data(), static_cast<std::size_t>(count));
    // EIO: the program, which had the other end, is gone.
    return count > 0 || (count < 0 && errno == EINTR);
}

}  // namespace streamgauge::system_tests
