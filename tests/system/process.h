#pragma once

#include <sys/types.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace streamgauge::system_tests {

/// A program that a test started, with what it writes. Killed and waited for when it goes out of scope.
class Process {
  public:
    /// `environment` adds to (and overrides) the test's own, as `NAME=value`.
    explicit Process(std::vector<std::string> command, const std::vector<std::string>& environment = {});
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    void signal(int number) const;

    /// Waits for the end: the exit status, or 128 + the number of the signal that killed it.
    int wait();

    /// Waits until the program has written `text`, to either stream, and gives the whole line it stands in.
    /// Throws std::runtime_error, with everything written so far, when the program ends or `patience` passes
    /// before.
    std::string wait_for_line(std::string_view text,
                              std::chrono::seconds patience = std::chrono::seconds(60));

    /// What it wrote so far; all of it after wait().
    std::string out() const;
    std::string err() const;

  private:
    struct Stream {
        std::string text;
        bool open = true;
    };
    void read_all(int descriptor, Stream& stream);

    pid_t id_ = -1;
    int status_ = -1;
    mutable std::mutex mutex_;
    std::condition_variable written_;
    Stream out_, err_;
    std::thread out_reader_, err_reader_;
};

/// How a program ended, and what it wrote.
struct Finished {
    int status = -1;
    std::string out, err;
};

/// Runs a program to its end.
Finished run(std::vector<std::string> command, const std::vector<std::string>& environment = {});

}  // namespace streamgauge::system_tests
