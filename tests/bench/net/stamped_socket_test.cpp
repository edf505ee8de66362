#include "bench/net/stamped_socket.h"

#include "tests/bench/net/tcp_pair.h"

#include <gtest/gtest.h>

#include <vector>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

class StampedSocketTest : public ::testing::Test {
  protected:
    StampedSocketTest()
        : client_{testing::connect_to(listener_.port()), WorkerClock::now()},
          server_{listener_.accept_one()} {}
    ~StampedSocketTest() override {
        if (server_ >= 0) close(server_);
    }

    StampedRead read_when_ready(Moment floor = {}) {
        EXPECT_TRUE(testing::wait_readable(client_.descriptor()));
        return client_.read(buffer_, clock_, floor);
    }

    testing::Listener listener_;
    WorkerClock clock_;
    StampedSocket client_;
    int server_;
    std::vector<char> buffer_ = std::vector<char>(1024);
};

/// The kernel switches receive stamps on a little after the first socket asks for them.
TEST_F(StampedSocketTest, StampsEachReadWithTheKernelsTimeOfArrival) {
    StampedRead read;
    Moment before;
    for (int i = 0; i < 1000; ++i) {
        before = WorkerClock::now();
        testing::write_all(server_, "token");
        read = read_when_ready();
        if (read.stamp.source == report::StampSource::kernel) break;
    }
    ASSERT_EQ(read.stamp.source, report::StampSource::kernel);
    EXPECT_EQ(read.bytes, "token");
    EXPECT_GE(read.stamp.arrival, before);
    EXPECT_LE(read.stamp.arrival, read.stamp.user);
    EXPECT_LE(read.stamp.not_before, read.stamp.arrival);
}

TEST_F(StampedSocketTest, BytesCannotBeOlderThanTheLastReadThatEmptiedTheSocket) {
    testing::write_all(server_, "a");
    const auto first = read_when_ready();
    testing::write_all(server_, "b");
    const auto second = read_when_ready();
    EXPECT_EQ(second.stamp.not_before, std::min(first.stamp.user, second.stamp.arrival));
}

TEST_F(StampedSocketTest, AReadThatFilledTheBufferDidNotEmptyTheSocket) {
    testing::write_all(server_, "x");
    const auto first = read_when_ready();
    testing::write_all(server_, std::string(2048, 'y'));
    const auto full = read_when_ready();
    ASSERT_EQ(full.bytes.size(), buffer_.size());
    const auto rest = read_when_ready();
    EXPECT_EQ(rest.stamp.not_before, std::min(first.stamp.user, rest.stamp.arrival));
}

TEST_F(StampedSocketTest, AnIdleLoopNarrowsTheInterval) {
    const Moment idle = WorkerClock::now();
    testing::write_all(server_, "a");
    const auto read = read_when_ready(idle);
    EXPECT_GE(read.stamp.not_before, std::min(idle, read.stamp.arrival));
}

TEST_F(StampedSocketTest, TellsNothingAndTheEndApart) {
    EXPECT_EQ(client_.read(buffer_, clock_, {}).kind, StampedRead::Kind::nothing);
    shutdown(server_, SHUT_WR);
    EXPECT_EQ(read_when_ready().kind, StampedRead::Kind::end);
}

TEST_F(StampedSocketTest, ReportsAReset) {
    const linger abrupt{1, 0};
    setsockopt(server_, SOL_SOCKET, SO_LINGER, &abrupt, sizeof abrupt);
    close(server_);
    server_ = -1;
    const auto broken = read_when_ready();
    EXPECT_EQ(broken.kind, StampedRead::Kind::failed);
    EXPECT_EQ(broken.error, boost::system::errc::connection_reset);
}

TEST_F(StampedSocketTest, WritesWhatTheKernelTakesAndReportsABrokenPipe) {
    boost::system::error_code error;
    EXPECT_EQ(client_.write("hello", error), 5U);
    EXPECT_FALSE(error);
    std::size_t total = 0;
    const std::string much(1 << 20, 'z');
    for (int i = 0; i < 100; ++i) {
        const auto written = client_.write(much, error);
        total += written;
        if (written == 0) break;
    }
    EXPECT_FALSE(error) << "a full socket is no error";
    EXPECT_GT(total, 0U);
}

}  // namespace
}  // namespace streamgauge::net
