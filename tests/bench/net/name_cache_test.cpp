#include "bench/net/name_cache.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <gtest/gtest.h>

#include <vector>

namespace streamgauge::net {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class NameCacheTest : public ::testing::Test {
  protected:
    /// Resolves the same name so many times at once.
    std::vector<Lookup> resolve(const std::string& host, int times = 1, Clock::duration patience = 10s) {
        std::vector<Lookup> lookups;
        for (int i = 0; i < times; ++i) {
            asio::co_spawn(
                context_, names_.resolve(host, 80, Clock::now() + patience),
                [&lookups](std::exception_ptr, Lookup lookup) { lookups.push_back(std::move(lookup)); });
        }
        if (abort_) asio::post(context_, [this] { names_.abort(); });
        context_.restart();
        context_.run();
        return lookups;
    }

    asio::io_context context_{1};
    NameCache names_{context_};
    bool abort_ = false;
};

TEST_F(NameCacheTest, AnAddressIsTakenAsItIs) {
    for (const char* address : {"127.0.0.1", "::1"}) {
        const auto lookups = resolve(address);
        ASSERT_EQ(lookups.size(), 1U);
        ASSERT_EQ(lookups[0].addresses.size(), 1U);
        EXPECT_EQ(lookups[0].addresses[0].address().to_string(), address);
        EXPECT_EQ(lookups[0].addresses[0].port(), 80);
    }
}

TEST_F(NameCacheTest, AllWhoAskAtOnceGetTheAnswer) {
    const auto lookups = resolve("localhost", 100);
    ASSERT_EQ(lookups.size(), 100U);
    for (const auto& lookup : lookups) {
        ASSERT_FALSE(lookup.error) << lookup.error.message();
        EXPECT_FALSE(lookup.addresses.empty());
        EXPECT_EQ(lookup.addresses, lookups[0].addresses);
    }
}

TEST_F(NameCacheTest, AnAnswerServesAgain) {
    const auto first = resolve("localhost");
    EXPECT_EQ(resolve("localhost")[0].addresses, first[0].addresses);
}

TEST_F(NameCacheTest, AnUnknownNameIsAnError) {
    const auto lookups = resolve("nowhere.invalid", 3);
    for (const auto& lookup : lookups)
        EXPECT_TRUE(lookup.error);
}

TEST_F(NameCacheTest, PatienceEnds) {
    const auto lookups = resolve("nowhere.invalid", 1, 0s);
    EXPECT_EQ(lookups.at(0).error, asio::error::timed_out);
}

TEST_F(NameCacheTest, AnAbortEndsEveryWait) {
    abort_ = true;
    const auto lookups = resolve("nowhere.invalid", 5);
    ASSERT_EQ(lookups.size(), 5U);
    for (const auto& lookup : lookups)
        EXPECT_TRUE(lookup.error);
}

TEST_F(NameCacheTest, WhatIsKnownIsNotLookedUp) {
    const asio::ip::tcp::endpoint address{asio::ip::make_address("127.0.0.7"), 9};
    names_.remember("nowhere.invalid", 80, {address});
    const auto lookups = resolve("nowhere.invalid");
    ASSERT_EQ(lookups.size(), 1U);
    EXPECT_FALSE(lookups[0].error);
    ASSERT_EQ(lookups[0].addresses.size(), 1U);
    EXPECT_EQ(lookups[0].addresses[0], address);
}

}  // namespace
}  // namespace streamgauge::net
