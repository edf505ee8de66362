#include "tests/system/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <optional>
#include <stdexcept>
#include <system_error>

extern char** environ;

namespace streamgauge::system_tests {

namespace {

struct Pipe {
    int read = -1, write = -1;
};

Pipe make_pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
    return {ends[0], ends[1]};
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    for (auto& text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

/// The test's environment with `more` in front: the first of a name counts.
std::vector<std::string> merged_environment(const std::vector<std::string>& more) {
    std::vector<std::string> merged = more;
    for (char** variable = environ; *variable != nullptr; ++variable) {
        const std::string_view text(*variable);
        const auto name = text.substr(0, text.find('=') + 1);
        bool overridden = false;
        for (const auto& own : more)
            overridden = overridden || own.starts_with(name);
        if (!overridden) merged.emplace_back(text);
    }
    return merged;
}

std::optional<std::string> line_with(const std::string& text, std::string_view part) {
    const auto found = text.find(part);
    if (found == std::string::npos) return std::nullopt;
    const auto end = text.find('\n', found);
    if (end == std::string::npos) return std::nullopt;
    const auto before = text.rfind('\n', found);
    const auto start = before == std::string::npos ? 0 : before + 1;
    return text.substr(start, end - start);
}

}  // namespace

Process::Process(std::vector<std::string> command, const std::vector<std::string>& environment) {
    const auto out = make_pipe(), err = make_pipe();
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out.write, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, err.write, STDERR_FILENO);
    auto variables = merged_environment(environment);
    const int error = ::posix_spawnp(&id_, command.front().c_str(), &actions, nullptr,
                                     pointers(command).data(), pointers(variables).data());
    posix_spawn_file_actions_destroy(&actions);
    ::close(out.write);
    ::close(err.write);
    if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
    out_reader_ = std::thread([this, out] { read_all(out.read, out_); });
    err_reader_ = std::thread([this, err] { read_all(err.read, err_); });
}

Process::~Process() {
    if (status_ < 0) {
        ::kill(id_, SIGKILL);
        wait();
    }
}

void Process::signal(int number) const {
    ::kill(id_, number);
}

int Process::wait() {
    if (status_ >= 0) return status_;
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    out_reader_.join();
    err_reader_.join();
    status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    return status_;
}

std::string Process::wait_for_line(std::string_view text, std::chrono::seconds patience) {
    std::unique_lock lock(mutex_);
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (true) {
        if (auto line = line_with(out_.text, text)) return *line;
        if (auto line = line_with(err_.text, text)) return *line;
        const bool ended = !out_.open && !err_.open;
        if (ended || written_.wait_until(lock, deadline) == std::cv_status::timeout) break;
    }
    throw std::runtime_error("`" + std::string(text) + "` was not written, but:\n" + out_.text + err_.text);
}

std::string Process::out() const {
    const std::lock_guard lock(mutex_);
    return out_.text;
}

std::string Process::err() const {
    const std::lock_guard lock(mutex_);
    return err_.text;
}

void Process::read_all(int descriptor, Stream& stream) {
    std::array<char, 4096> buffer{};
    while (true) {
        const auto count = ::read(descriptor, buffer.data(), buffer.size());
        if (count < 0 && errno == EINTR) continue;
        const std::lock_guard lock(mutex_);
        if (count <= 0) stream.open = false;
        if (count > 0) stream.text.append(buffer.data(), static_cast<std::size_t>(count));
        written_.notify_all();
        if (count <= 0) break;
    }
    ::close(descriptor);
}

Finished run(std::vector<std::string> command, const std::vector<std::string>& environment) {
    Process process(std::move(command), environment);
    const int status = process.wait();
    return {status, process.out(), process.err()};
}

}  // namespace streamgauge::system_tests
