#include "bench/simulator/serve.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>

namespace streamgauge::simulator {
namespace {

using testing::MatchesRegex;
using testing::StartsWith;

/// serve() in a process of its own.
class Served {
  public:
    explicit Served(const ServeOptions& options) {
        std::array<int, 2> out{};
        EXPECT_EQ(::pipe(out.data()), 0);
        process_ = ::fork();
        if (process_ == 0) {
            ::dup2(out[1], STDOUT_FILENO);
            ::close(out[0]);
            ::close(out[1]);
            std::_Exit(serve(options));
        }
        ::close(out[1]);
        out_ = ::fdopen(out[0], "r");
    }
    ~Served() {
        std::fclose(out_);
        if (process_ > 0) {
            ::kill(process_, SIGKILL);
            ::waitpid(process_, nullptr, 0);
        }
    }

    /// The next line of standard output; empty at its end.
    std::string line() {
        std::array<char, 256> text{};
        return std::fgets(text.data(), text.size(), out_) != nullptr ? text.data() : "";
    }
    void signal(int number) const { ::kill(process_, number); }
    int exit_status() {
        int status = 0;
        ::waitpid(process_, &status, 0);
        process_ = 0;
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

  private:
    pid_t process_ = 0;
    std::FILE* out_ = nullptr;
};

class Signals : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Both, Signals, testing::Values(SIGINT, SIGTERM));

TEST_P(Signals, EndItCleanlyAfterOneLine) {
    Served served{ServeOptions{}};
    const auto line = served.line();
    ASSERT_THAT(line, MatchesRegex("listening on http://127\\.0\\.0\\.1:[0-9]+\n"));
    const auto port = std::strtoul(line.c_str() + line.rfind(':') + 1, nullptr, 10);
    RawClient client{static_cast<std::uint16_t>(port)};
    client.send("GET /health HTTP/1.1\r\n\r\n");
    EXPECT_TRUE(client.read_until("ok"));
    served.signal(GetParam());
    EXPECT_EQ(served.exit_status(), 0);
    EXPECT_EQ(served.line(), "");
}

TEST(Serve, SaysWhatItCannotDoAndExitsWithTwo) {
    ServeOptions options;
    options.address = "nowhere";
    testing::internal::CaptureStderr();
    EXPECT_EQ(serve(options), 2);
    EXPECT_EQ(testing::internal::GetCapturedStderr(),
              "streamgauge: \"nowhere\" is not an IP address to listen on.\n");
}

}  // namespace
}  // namespace streamgauge::simulator
