#include "tests/system/nginx.h"

#include <gmock/gmock.h>

namespace streamgauge::system_tests {
namespace {

/// A stream as chat servers send it: events of 258 bytes, 20 ms apart.
constexpr auto chat_stream = "ttft: 100ms, itl: 20ms, tokens: 100, event_size: 258";

class BehindNginx : public ::testing::Test {
  protected:
    void SetUp() override {
        if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    }

    /// The verdict on the buffering of everything that went through.
    boost::json::object verdict_behind(const std::string& directives, std::vector<std::string> expect = {}) {
        const Nginx nginx(Nginx::proxy(simulator.port(), directives));
        Scene scene{nginx.url(), "", chat_stream};
        scene.load = "{ phase: steady, users: 8, for: 3s }";
        if (!expect.empty()) scene.more = "expect: [ \"" + expect.front() + "\" ]\n";
        finished = bench.run(scene);
        SCOPED_TRACE(finished.out + finished.err);
        const auto summary = bench.folder().summary();
        const auto& all = summary.at("groups").as_array().at(0).as_object();
        return all.at("buffering").at("verdict").as_object();
    }

    Simulator simulator;
    Bench bench;
    Finished finished;
};

TEST_F(BehindNginx, DefaultConfigurationHoldsBlocksOf4096Bytes) {
    const auto verdict = verdict_behind("", {"buffering == none"});
    EXPECT_EQ(verdict.at("kind").as_string(), "block");
    EXPECT_EQ(verdict.at("block_bytes").to_number<int>(), 4096);
    EXPECT_EQ(finished.status, 1) << finished.out;
    EXPECT_THAT(finished.out, ::testing::HasSubstr("4096"));
}

TEST_F(BehindNginx, LargerBuffersHoldLargerBlocks) {
    const auto verdict = verdict_behind("proxy_buffer_size 8k; proxy_buffers 8 8k;");
    EXPECT_EQ(verdict.at("kind").as_string(), "block");
    EXPECT_EQ(verdict.at("block_bytes").to_number<int>(), 8192);
}

TEST_F(BehindNginx, WithoutBufferingTheStreamFlows) {
    const auto verdict = verdict_behind("proxy_buffering off;", {"buffering == none"});
    EXPECT_EQ(verdict.at("kind").as_string(), "none");
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
}

}  // namespace
}  // namespace streamgauge::system_tests
