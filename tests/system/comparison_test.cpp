#include "tests/system/fixture.h"
#include "tests/system/nginx.h"

#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <gmock/gmock.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

using Targets = std::vector<std::pair<std::string, std::string>>;  // name, url

/// Answers of 60 tokens, 20 ms apart, in events large enough for a few blocks; later options win.
std::vector<std::string> stream_with(const std::map<std::string, std::string>& more) {
    std::map<std::string, std::string> options{
        {"--ttft", "100ms"}, {"--itl", "20ms"}, {"--tokens", "60"}, {"--event-size", "258"}};
    for (const auto& [name, value] : more)
        options[name] = value;
    std::vector<std::string> list;
    for (const auto& [name, value] : options)
        list.insert(list.end(), {name, value});
    return list;
}

const std::vector<std::string> chat_stream = stream_with({});

std::string scenario_of(const Targets& targets, const std::string& section, const std::string& more = "",
                        const std::string& time = "6s") {
    std::string text = "version: 1\nname: comparison\nseed: 3\ntargets:\n";
    for (const auto& [name, url] : targets)
        text += fmt::format("  {}: {}\n", name, url);
    return text + section + "\nload: [ { phase: steady, users: 6, for: " + time + " } ]\n" + more;
}

/// What a run says of a target over all measured phases.
boost::json::object said_of(const boost::json::object& summary, const std::string& target) {
    for (const auto& each : summary.at("comparisons").as_array()) {
        if (each.at("target").as_string() == target && each.at("phase").as_string().empty())
            return each.as_object();
    }
    throw std::runtime_error("nothing is said of " + target);
}

double ms(const boost::json::object& pair, const char* figure) {
    return pair.at(figure).at("value_ns").to_number<double>() / 1e6;
}

class Comparing : public ::testing::Test {
  protected:
    Finished run_scenario(const std::string& text) {
        const auto file = files_.write("scenario.yaml", text);
        return run_until_valid(
            {program(), "run", file.string(), "--out", folder().path().string(), "--quiet"}, folder());
    }
    RunFolder folder() const { return RunFolder(files_.path() / "run"); }
    boost::json::object report_again() const {
        const auto again = run({program(), "report", folder().path().string()});
        EXPECT_EQ(again.status, 0) << again.err;
        return folder().summary();
    }

    const TemporaryFolder files_;
};

TEST_F(Comparing, TellsBlocksFromAConstantDelayAndFromNothing) {
    const Simulator direct(chat_stream), same(chat_stream);
    const Simulator slow(stream_with({{"--ttft", "180ms"}})),
        held(stream_with({{"--buffering", "block:4096"}}));
    const auto finished = run_scenario(scenario_of({{"direct", direct.chat_url()},
                                                    {"same", same.chat_url()},
                                                    {"slow", slow.chat_url()},
                                                    {"held", held.chat_url()}},
                                                   "compare: { base: direct, with: [same, slow, held] }",
                                                   "expect:\n  - { check: hold.p95 < 100ms, target: slow }\n"
                                                   "  - { check: hold.p95 < 100ms, target: held }\n"));
    SCOPED_TRACE(finished.out + finished.err);
    EXPECT_EQ(finished.status, 1) << "the second gate is missed";
    EXPECT_THAT(finished.out, HasSubstr("holds tokens back"));
    const auto summary = folder().summary();

    const auto like_base = said_of(summary, "same"), delayed = said_of(summary, "slow"),
               blocks = said_of(summary, "held");
    EXPECT_EQ(like_base.at("verdict").as_string(), "passes");
    EXPECT_EQ(delayed.at("verdict").as_string(), "delays");
    EXPECT_NEAR(ms(delayed, "lag"), 80, 20);
    EXPECT_NEAR(ms(delayed, "ttft_added"), 80, 20);
    EXPECT_LT(ms(delayed, "hold_p95"), 30);
    EXPECT_EQ(blocks.at("verdict").as_string(), "holds");
    EXPECT_LT(ms(blocks, "lag"), 40);
    EXPECT_GT(ms(blocks, "hold_p95"), 150) << "4096 bytes are 16 events of 20 ms";
    EXPECT_GE(blocks.at("pairs").to_number<int>(), 5);
    EXPECT_EQ(summary, report_again());
}

TEST_F(Comparing, SendsTheRequestsOfAPairOneAfterTheOther) {
    const Simulator direct(stream_with({{"--tokens", "10"}})), other(stream_with({{"--tokens", "10"}}));
    const auto finished =
        run_scenario(scenario_of({{"direct", direct.chat_url()}, {"other", other.chat_url()}},
                                 "compare: { base: direct, with: [other] }"));
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    struct Sent {
        std::string target;
        std::int64_t due = 0, end = 0;
    };
    std::map<std::string, std::map<int, Sent>> pairs;
    for (const auto& row : folder().rows()) {
        const auto due = row.at("start_ns").to_number<std::int64_t>();
        pairs[std::string(row.at("pair_id").as_string())][row.at("pair_position").to_number<int>()] = {
            std::string(row.at("target").as_string()), due,
            due + row.at("total_ns").to_number<std::int64_t>()};
    }
    std::map<std::string, int> first;
    for (const auto& [id, pair] : pairs) {
        ASSERT_EQ(pair.size(), 2u) << id;
        EXPECT_NE(pair.at(0).target, pair.at(1).target);
        EXPECT_GE(pair.at(1).due, pair.at(0).end) << id;
        ++first[pair.at(0).target];
    }
    EXPECT_GT(pairs.size(), 20u);
    EXPECT_NEAR(first["direct"], first["other"], 6) << "each user begins with either in turn";
}

TEST_F(Comparing, AKilledRunKeepsItsPairs) {
    const Simulator direct(chat_stream), held(stream_with({{"--buffering", "block:4096"}}));
    const auto file =
        files_.write("scenario.yaml", scenario_of({{"direct", direct.chat_url()}, {"held", held.chat_url()}},
                                                  "compare: { base: direct, with: [held] }", "", "60s"));
    {
        Process running({program(), "run", file.string(), "--out", folder().path().string()});
        const auto has_pairs = [&] {
            return std::filesystem::exists(folder().path() / "requests.jsonl") &&
                   read_text(folder().path() / "requests.jsonl").size() > 24 * 1500;
        };
        while (!has_pairs())
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        running.signal(SIGKILL);
        running.wait();
    }
    EXPECT_EQ(said_of(report_again(), "held").at("verdict").as_string(), "holds");
}

TEST_F(Comparing, NamesTheHopThatHoldsAndTheOneThatIsSlow) {
    const Simulator pod(chat_stream), service(stream_with({{"--ttft", "200ms"}}));
    const Simulator ingress(stream_with({{"--ttft", "200ms"}, {"--buffering", "block:4096"}}));
    const Simulator edge(stream_with({{"--ttft", "210ms"}, {"--buffering", "block:4096"}}));
    const auto finished = run_scenario(scenario_of({{"edge", edge.chat_url()},
                                                    {"ingress", ingress.chat_url()},
                                                    {"service", service.chat_url()},
                                                    {"pod", pod.chat_url()}},
                                                   "hops: [edge, ingress, service, pod]"));
    SCOPED_TRACE(finished.out + finished.err);
    EXPECT_EQ(finished.status, 0);
    EXPECT_THAT(finished.out, HasSubstr("Tokens are held at ingress"));
    const auto hops = folder().summary().at("hops").as_object();
    EXPECT_EQ(hops.at("holds").as_string(), "ingress");
    EXPECT_EQ(hops.at("slows").as_string(), "service");
}

/// Three real hops in a row: the inner nginx streams, the outer one holds blocks.
TEST_F(Comparing, NamesTheNginxThatHolds) {
    if (!Nginx::is_installed()) GTEST_SKIP() << "nginx is not installed";
    const Simulator pod(chat_stream);
    const Nginx service(Nginx::proxy(pod.port(), "proxy_buffering off;"));
    const Nginx edge(Nginx::proxy(service.port()));
    const auto finished =
        run_scenario(scenario_of({{"edge", edge.url()}, {"service", service.url()}, {"pod", pod.chat_url()}},
                                 "hops: [edge, service, pod]"));
    SCOPED_TRACE(finished.out + finished.err);
    const auto summary = folder().summary();
    EXPECT_EQ(summary.at("hops").at("holds").as_string(), "edge");
    EXPECT_EQ(said_of(summary, "service").at("verdict").as_string(), "passes");
}

TEST_F(Comparing, HoldWithoutAPairOrStampsIsNotMeasurable) {
    const Simulator simulator(stream_with({{"--tokens", "10"}}));
    const auto finished =
        run_scenario(scenario_of({{"served", simulator.chat_url()}}, "", "expect: [ hold.p95 < 100ms ]\n"));
    EXPECT_EQ(finished.status, 3);
    EXPECT_THAT(finished.out, HasSubstr("compare two targets"));
}

}  // namespace
}  // namespace streamgauge::system_tests
