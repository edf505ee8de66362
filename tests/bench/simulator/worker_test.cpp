#include "bench/simulator/worker.h"

#include "bench/simulator/server.h"
#include "tests/bench/simulator/raw_client.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;

/// The stamps of one stream: received, then each sent.
std::vector<std::int64_t> stamps_of(const RawClient& client) {
    std::vector<std::int64_t> stamps;
    for (const auto& event : data_of(take_apart(client.text()).body)) {
        const auto sent = number_after(event, "sent_ns");
        if (!sent) continue;
        if (stamps.empty()) stamps.push_back(*number_after(event, "received_ns"));
        stamps.push_back(*sent);
    }
    return stamps;
}

TEST(Worker, ManyStreamsShareOneThreadAndNoneIsEarly) {
    Server server{{}};
    server.start();
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int client = 0; client < 100; ++client) {
        clients.push_back(std::make_unique<RawClient>(server.port()));
        clients.back()->send(chat(R"("stamps":true,"ttft":"30ms","itl":"3ms","tokens":20)"));
    }
    for (const auto& client : clients) {
        ASSERT_TRUE(client->read_until("\r\n0\r\n\r\n", 20s));
        const auto stamps = stamps_of(*client);
        ASSERT_EQ(stamps.size(), 21u);
        for (std::size_t token = 1; token < stamps.size(); ++token) {
            const auto due = stamps[0] + 30'000'000 + static_cast<std::int64_t>(token - 1) * 3'000'000;
            EXPECT_GE(stamps[token], due);
        }
    }
    const auto statistics = server.statistics();
    EXPECT_EQ(statistics.events, 2000u);
    EXPECT_EQ(statistics.streams, 100u);
    EXPECT_EQ(statistics.streams_open, 0u);
    EXPECT_EQ(statistics.connections_open, 100u);
}

TEST(Worker, SlotsAreUsedAgainWithoutMixingStreamsUp) {
    Server server{{}};
    server.start();
    for (int round = 0; round < 20; ++round) {
        {
            RawClient leaving{server.port()};
            leaving.send(chat(R"("ttft":"5ms","tokens":1000)"));
        }
        RawClient client{server.port()};
        client.send(chat(R"("ttft":"5ms","itl":"1ms","tokens":3)"));
        ASSERT_TRUE(client.read_until("\r\n0\r\n\r\n"));
        EXPECT_EQ(contents_of(take_apart(client.text()).body).size(), 3u);
    }
}

}  // namespace
}  // namespace streamgauge::simulator
