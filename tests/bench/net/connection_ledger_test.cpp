#include "bench/net/connection_ledger.h"

#include <gtest/gtest.h>

#include <thread>
#include <vector>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

TEST(ConnectionLedger, KeepsThePeaks) {
    ConnectionLedger ledger;
    auto& one = ledger.destination("one");
    auto& two = ledger.destination("two");
    ledger.opened(one);
    ledger.opened(one);
    ledger.opened(two);
    ledger.closed(one);
    ledger.opened(two);
    ledger.closed(two);
    EXPECT_EQ(ledger.open(), 2U);
    EXPECT_EQ(ledger.peak(), 3U);
    EXPECT_EQ(ledger.peak_to_one_address(), 2U);
}

TEST(ConnectionLedger, TheSameAddressIsTheSameEntry) {
    ConnectionLedger ledger;
    EXPECT_EQ(&ledger.destination("one"), &ledger.destination("one"));
    EXPECT_NE(&ledger.destination("one"), &ledger.destination("two"));
}

TEST(ConnectionLedger, CountsTheConnectionsOfAllWorkersTogether) {
    ConnectionLedger ledger;
    {
        std::vector<std::jthread> workers;
        for (int worker = 0; worker < 4; ++worker) {
            workers.emplace_back([&ledger] {
                auto& destination = ledger.destination("shared");
                for (int i = 0; i < 1'000; ++i)
                    ledger.opened(destination);
            });
        }
    }
    EXPECT_EQ(ledger.peak_to_one_address(), 4'000U);
}

TEST(ConnectionLedger, KeepsTheLongestWaitForATurn) {
    ConnectionLedger ledger;
    EXPECT_EQ(ledger.paced_waits().count, 0U);
    ledger.waited_for_turn(3ms);
    ledger.waited_for_turn(9ms);
    ledger.waited_for_turn(1ms);
    EXPECT_EQ(ledger.paced_waits().count, 3U);
    EXPECT_EQ(ledger.paced_waits().longest, 9ms);
}

}  // namespace
}  // namespace streamgauge::net
