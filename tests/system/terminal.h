#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::system_tests {

/// A program on a terminal of its own (a pseudo-terminal), as a person at a window would run it. Killed and
/// waited for when it goes out of scope. One thread.
class Terminal {
  public:
    /// `environment` adds to (and overrides) the test's own, as `NAME=value`.
    Terminal(const std::vector<std::string>& command, unsigned columns, unsigned rows,
             const std::vector<std::string>& environment = {});
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    void type(std::string_view keys) const;
    void resize(unsigned columns, unsigned rows) const;
    void signal(int number) const;

    /// Reads until the program has written `text` after what it had written when this was called. Throws
    /// std::runtime_error, with everything written so far, when it ends or `patience` passes before.
    void wait_for(std::string_view text, std::chrono::seconds patience = std::chrono::seconds(60));
    /// Reads until the program has been stopped, as by Ctrl-Z.
    void wait_until_stopped();
    /// Reads to the end: the exit status, or 128 + the number of the signal that killed it.
    int wait();

    /// Everything written so far, control characters and all.
    const std::string& written() const { return written_; }

  private:
    /// False when there will be no more. Waits a little while for something.
    bool read_some();

    pid_t id_ = -1;
    int terminal_ = -1;
    int status_ = -1;
    std::string written_;
};

}  // namespace streamgauge::system_tests
