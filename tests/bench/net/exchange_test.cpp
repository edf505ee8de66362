#include "bench/net/exchange.h"

#include "tests/bench/net/exchange_fixture.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using report::Outcome;
using testing::answer_all;
using testing::ScriptedServer;
using testing::stream;

class ExchangeTest : public testing::ExchangeFixture {};

TEST_F(ExchangeTest, SendsARequestAndRecordsTheStream) {
    const ScriptedServer server{answer_all};
    endpoint_.port = server.port();
    pool();
    Exchange exchange{net_, timeouts_};
    run([&] { return request(exchange); });
    const auto& timeline = exchange.timeline;
    EXPECT_EQ(timeline.outcome, Outcome::completed) << timeline.detail;
    EXPECT_EQ(timeline.tokens.size(), 1U);
    EXPECT_TRUE(timeline.new_connection);
    EXPECT_LE(*timeline.connect_start, *timeline.connected);
    EXPECT_LE(*timeline.connected, *timeline.sent);
    EXPECT_LE(*timeline.sent, *timeline.send_done);
    EXPECT_LE(*timeline.sent, timeline.arrival(0));
    EXPECT_EQ(net_.token_events.load(), 1U);
    pool_->abort();
}

TEST_F(ExchangeTest, NoticesAKeptConnectionThatTheServerClosed) {
    const ScriptedServer server{[](int descriptor, int) {
        ScriptedServer::read_request(descriptor);
        testing::write_all(descriptor, stream);
        ScriptedServer::read_request(descriptor);  // and closes instead of answering
    }};
    endpoint_.port = server.port();
    pool();
    Exchange first{net_, timeouts_};
    Exchange second{net_, timeouts_};
    run([&] { return request(first); });
    run([&] { return request(second); });
    EXPECT_EQ(second.timeline.outcome, Outcome::reset);
    EXPECT_TRUE(second.was_stale());
    EXPECT_FALSE(first.was_stale());
}

TEST_F(ExchangeTest, AnAbortEndsWhatIsOpen) {
    const ScriptedServer server{[](int descriptor, int) {
        ScriptedServer::read_request(descriptor);
        ScriptedServer::read_request(descriptor);
    }};
    endpoint_.port = server.port();
    pool();
    Exchange exchange{net_, timeouts_};
    run([&]() -> asio::awaitable<void> {
        auto lease = co_await pool_->acquire(endpoint_, exchange.timeline, false);
        asio::post(context_, [&] { exchange.end(Outcome::aborted, "the run ended"); });
        co_await talk(exchange, *lease.connection);
        pool_->give_back(std::move(lease.connection), false);
    });
    EXPECT_EQ(exchange.timeline.outcome, Outcome::aborted);
}

}  // namespace
}  // namespace streamgauge::net
