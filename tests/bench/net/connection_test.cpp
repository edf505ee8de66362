#include "bench/net/connection.h"

#include "tests/bench/net/tcp_pair.h"
#include "tests/bench/net/test_certificate.h"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <array>
#include <functional>
#include <string>
#include <thread>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

class User final : public ConnectionUser {
  public:
    void on_secured(Connection&) override { secured = true; }
    void on_bytes(Connection&, std::string_view bytes, const ReadStamp& stamp) override {
        received += bytes;
        last_stamp = stamp;
    }
    void on_sent(Connection&, Moment before, Moment after) override {
        ++sent;
        EXPECT_LE(before, after);
    }
    void on_closed(Connection&, boost::system::error_code error, Moment) override {
        closed = true;
        close_error = error;
    }

    std::string received;
    ReadStamp last_stamp{};
    boost::system::error_code close_error;
    int sent = 0;
    bool secured = false;
    bool closed = false;
};

class ConnectionTest : public ::testing::Test {
  protected:
    ConnectionTest()
        : connection_{net_, StampedSocket{testing::connect_to(listener_.port()), WorkerClock::now()}, 0,
                      opened_destination()},
          server_{listener_.accept_one()} {
        net_.sockets.start();
        connection_.set_user(user_);
    }
    ~ConnectionTest() override {
        if (server_ >= 0) close(server_);
    }

    ConnectionLedger::Destination& opened_destination() {
        auto& destination = net_.ledger->destination("the listener");
        net_.ledger->opened(destination);
        return destination;
    }

    void run_until(const std::function<bool()>& done) {
        const auto give_up = std::chrono::steady_clock::now() + 10s;
        while (!done() && std::chrono::steady_clock::now() < give_up)
            context_.run_one_for(10ms);
        ASSERT_TRUE(done());
    }

    testing::Listener listener_;
    boost::asio::io_context context_{1};
    WorkerNet net_{context_};
    User user_;
    Connection connection_;
    int server_;
};

TEST_F(ConnectionTest, PushesBytesWithTheirStamp) {
    const Moment before = WorkerClock::now();
    testing::write_all(server_, "hello");
    run_until([&] { return user_.received == "hello"; });
    EXPECT_GE(user_.last_stamp.user, before);
    EXPECT_LE(user_.last_stamp.arrival, user_.last_stamp.user);
    EXPECT_EQ(net_.health.reads, 1U);
}

/// The wall clock was set, and the kernel's stamps are of the new time: until the mapping knows, they lie
/// outside what is possible, and the clock read after the read stands in.
TEST_F(ConnectionTest, StampsThatAClockStepHasMovedAreNotTaken) {
    const auto receive = [this](const std::string& bytes) {
        user_.received.clear();
        testing::write_all(server_, bytes);
        run_until([&] { return user_.received == bytes; });
    };
    receive("before");
    if (user_.last_stamp.source == report::StampSource::user) receive("the first stamp may be missing");
    const auto fallbacks = net_.health.reads_without_kernel_stamp;
    ASSERT_EQ(user_.last_stamp.source, report::StampSource::kernel);

    for (const auto step : {-1h, 1h}) {
        const auto offset = measure_clock_mapping().offset() + step;
        const std::array sample{ClockSample{0ns, offset, 0ns}};
        net_.clock.adopt(ClockMapping{sample}, false);
        const Moment sent = WorkerClock::now();
        receive("while it is wrong");
        EXPECT_EQ(user_.last_stamp.source, report::StampSource::user);
        EXPECT_EQ(user_.last_stamp.arrival, user_.last_stamp.user);
        EXPECT_GE(user_.last_stamp.arrival, sent);
        net_.clock.refresh();
        receive("after");
        EXPECT_EQ(user_.last_stamp.source, report::StampSource::kernel);
        EXPECT_LT(user_.last_stamp.user - user_.last_stamp.arrival, 10s);
    }
    EXPECT_EQ(net_.health.reads_without_kernel_stamp, fallbacks + 2);
    EXPECT_EQ(net_.clock.unannounced_steps(), 4U) << "there and back, twice: such a run is not valid";
}

TEST_F(ConnectionTest, SendsWhatTheKernelDoesNotTakeAtOnce) {
    const std::string much(8 << 20, 'x');
    connection_.send(much);
    EXPECT_EQ(user_.sent, 0) << "more than a socket holds";
    std::size_t taken = 0;
    std::jthread reader{[&] {
        std::array<char, 65536> buffer{};
        while (taken < much.size()) {
            const auto size = recv(server_, buffer.data(), buffer.size(), 0);
            if (size <= 0) return;
            taken += static_cast<std::size_t>(size);
        }
    }};
    run_until([&] { return user_.sent == 1; });
    reader.join();
    EXPECT_EQ(taken, much.size());
}

TEST_F(ConnectionTest, ReadsAFloodToItsLastByte) {
    net_.read_buffer.resize(64);
    for (const std::size_t size : {63U, 64U, 65U, 128U, 1'000U}) {
        user_.received.clear();
        const std::string flood(size, 'x');
        testing::write_all(server_, flood);
        run_until([&] { return user_.received.size() >= size; });
        EXPECT_EQ(user_.received, flood);
    }
}

TEST_F(ConnectionTest, HearsOfAnEndThatComesWithTheLastBytes) {
    net_.read_buffer.resize(64);
    testing::write_all(server_, std::string(1'000, 'x'));
    close(server_);
    server_ = -1;
    run_until([&] { return user_.closed; });
    EXPECT_EQ(user_.received.size(), 1'000U);
    EXPECT_FALSE(user_.close_error);
}

TEST_F(ConnectionTest, ReportsAnOrderlyEnd) {
    close(server_);
    server_ = -1;
    run_until([&] { return user_.closed; });
    EXPECT_FALSE(user_.close_error);
    EXPECT_FALSE(connection_.is_open());
    EXPECT_EQ(net_.ledger->open(), 0U);
}

TEST_F(ConnectionTest, ClosedByUsItSaysNothing) {
    connection_.close();
    connection_.close();
    testing::write_all(server_, "late");
    context_.run_for(1ms);
    EXPECT_FALSE(user_.closed);
    EXPECT_EQ(user_.received, "");
}

TEST_F(ConnectionTest, SpeaksTlsAndStampsTheSocketRead) {
    const testing::TestCertificate certificate;
    std::jthread server{[&] {
        const auto context = certificate.server_context();
        const std::unique_ptr<SSL, void (*)(SSL*)> ssl{SSL_new(context.get()), SSL_free};
        SSL_set_fd(ssl.get(), server_);
        if (SSL_accept(ssl.get()) != 1) return;
        std::array<char, 64> buffer{};
        const int size = SSL_read(ssl.get(), buffer.data(), buffer.size());
        SSL_write(ssl.get(), buffer.data(), size);
    }};
    scenarios::TlsOptions options;
    options.insecure = true;
    const TlsContext context{options};
    connection_.secure(context, "localhost");
    run_until([&] { return user_.secured; });
    connection_.send("echo this");
    run_until([&] { return user_.received == "echo this"; });
    EXPECT_LE(user_.last_stamp.not_before, user_.last_stamp.arrival);
    EXPECT_EQ(user_.sent, 1);
}

}  // namespace
}  // namespace streamgauge::net
