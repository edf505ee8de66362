#include "tests/system/nginx.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>
#include <string>
#include <vector>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// `streamgauge probe`. On a machine that is busy with other things it says that it could not keep up; such a
/// probe proves nothing and is made again.
Finished probe(const std::string& url, const std::vector<std::string>& more = {},
               const std::vector<std::string>& environment = {}) {
    std::vector<std::string> command{program(), "probe", url, "--quiet"};
    command.insert(command.end(), more.begin(), more.end());
    constexpr int most_attempts = 5;
    for (int attempt = 1;; ++attempt) {
        auto finished = run(command, environment);
        const bool busy = finished.out.find("This machine was busy") != std::string::npos;
        if (!busy || attempt == most_attempts) return finished;
    }
}

/// What a screen says, without its line breaks and columns.
std::string words_of(const std::string& screen) {
    std::istringstream input(screen);
    std::string words;
    for (std::string word; input >> word;)
        words += word + ' ';
    return words;
}

const std::vector<std::string> chat_stream{"--ttft", "150ms", "--itl", "15ms"};

std::vector<std::string> chat_stream_and(std::vector<std::string> more) {
    more.insert(more.begin(), chat_stream.begin(), chat_stream.end());
    return more;
}

TEST(Probe, SaysThatAPlainServerStreams) {
    const Simulator simulator(chat_stream);
    const auto finished = probe(simulator.chat_url());
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("Yes, it streams"));
}

TEST(Probe, SaysThatAWholeAnswerIsHeld) {
    const Simulator simulator(chat_stream_and({"--buffering", "full"}));
    const auto finished = probe(simulator.chat_url());
    EXPECT_EQ(finished.status, 1) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("No: it holds the whole answer back to its end"));
    EXPECT_THAT(words_of(finished.out), HasSubstr("the first token waits for the last"));
}

TEST(Probe, FindsTheCompressorThatHolds) {
    const Simulator simulator(chat_stream_and({"--encoding", "gzip", "--compress-held", "on"}));
    const auto finished = probe(simulator.chat_url());
    EXPECT_EQ(finished.status, 1) << finished.out << finished.err;
    EXPECT_THAT(words_of(finished.out), HasSubstr("Only without compression: a client that accepts gzip"));
    const auto json = boost::json::parse(probe(simulator.chat_url(), {"--json"}).out).as_object();
    EXPECT_EQ(json.at("answer").as_string(), "held");
    EXPECT_TRUE(json.at("only_when_compressed").as_bool());
    EXPECT_EQ(json.at("buffering").at("kind").as_string(), "compression");
}

/// Bytes decide in a buffer, so larger events come fewer at a time.
TEST(Probe, TellsABufferFromATimerByLargerEvents) {
    const Simulator buffer(chat_stream_and({"--buffering", "block:4096"}));
    EXPECT_THAT(words_of(probe(buffer.chat_url()).out), HasSubstr("bytes decide"));
    const Simulator timer(chat_stream_and({"--buffering", "timer:300ms"}));
    const auto timed = probe(timer.chat_url());
    EXPECT_EQ(timed.status, 1) << timed.out;
    EXPECT_THAT(words_of(timed.out), HasSubstr("time or number decides, not bytes"));
}

TEST(Probe, NamesBlocksProductAndRemedyBehindNginx) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator simulator;
    const Nginx nginx(Nginx::sample(STREAMGAUGE_SOURCE_DIR "/scenarios/proxies/nginx/buffering-http10.conf",
                                    simulator.port()));
    const auto finished = probe(nginx.url());
    EXPECT_EQ(finished.status, 1) << finished.out << finished.err;
    for (const auto* words : {"blocks of 4096 bytes", "nginx (Server: nginx", "  proxy_buffering off;\n",
                              "  proxy_http_version 1.1;\n", "proxy_read_timeout"})
        EXPECT_THAT(finished.out, HasSubstr(words));
}

TEST(Probe, SaysThatAStreamingNginxStreams) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator simulator(chat_stream);
    const Nginx nginx(
        Nginx::sample(STREAMGAUGE_SOURCE_DIR "/scenarios/proxies/nginx/streaming.conf", simulator.port()));
    const auto finished = probe(nginx.url());
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
}

TEST(Probe, SaysWhyThereIsNoAnswer) {
    const auto nobody = probe(fmt::format("http://127.0.0.1:{}/v1/chat/completions", free_port()));
    EXPECT_EQ(nobody.status, 3);
    EXPECT_THAT(nobody.out, HasSubstr("Connection refused"));
    const Simulator simulator({"--fault", "html"});
    const auto page = probe(simulator.chat_url());
    EXPECT_EQ(page.status, 3);
    EXPECT_THAT(page.out, HasSubstr("web page"));
}

TEST(Probe, ShowsNoSecretOfItsAddress) {
    const Simulator simulator(chat_stream);
    const auto url =
        fmt::format("http://127.0.0.1:{}/v1/chat/completions?api_key=${{env:CHAT_KEY}}", simulator.port());
    const auto finished = run({program(), "probe", url, "--max-tokens", "20"}, {"CHAT_KEY=sk-4f9a7b2c1d8e"});
    EXPECT_THAT(finished.out, HasSubstr("api_key=***"));
    EXPECT_THAT(finished.out + finished.err, Not(HasSubstr("sk-4f9a7b2c1d8e")));
}

TEST(Probe, EndsWithTheSignalThatStopsIt) {
    const Simulator simulator({"--fault", "never_answer"});
    Process process({program(), "probe", simulator.chat_url()});
    process.wait_for_line("probing");
    process.signal(SIGINT);
    EXPECT_EQ(process.wait(), 130) << process.err();
}

}  // namespace
}  // namespace streamgauge::system_tests
