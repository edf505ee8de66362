#include "bench/net/source_addresses.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

using boost::asio::ip::make_address;

TEST(SourceAddresses, TakesEachInTurn) {
    SourceAddresses sources{{"127.0.0.2", "127.0.0.3"}};
    const auto destination = make_address("127.0.0.1");
    EXPECT_EQ(sources.next_for(destination), make_address("127.0.0.2"));
    EXPECT_EQ(sources.next_for(destination), make_address("127.0.0.3"));
    EXPECT_EQ(sources.next_for(destination), make_address("127.0.0.2"));
}

TEST(SourceAddresses, SkipsThoseThatCannotReachTheDestination) {
    SourceAddresses sources{{"::1", "127.0.0.3"}};
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(sources.next_for(make_address("127.0.0.1")), make_address("127.0.0.3"));
        EXPECT_EQ(sources.next_for(make_address("::1")), make_address("::1"));
    }
}

TEST(SourceAddresses, HasNoneForAnotherFamily) {
    SourceAddresses sources{{"127.0.0.2"}};
    EXPECT_FALSE(sources.next_for(make_address("::1")));
    SourceAddresses none{{}};
    EXPECT_TRUE(none.empty());
    EXPECT_FALSE(none.next_for(make_address("::1")));
}

}  // namespace
}  // namespace streamgauge::net
