#include "report/export/scenario_json.h"

#include "report/export/json_reader.h"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

#include <limits>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using namespace scenarios;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

Scenario full_scenario() {
    Scenario scenario;
    scenario.name = "full";
    scenario.seed = 18'446'744'073'709'551'615U;
    Target target;
    target.name = "gateway";
    target.url = {"https://[::1]:8443/v1?x=1", true, "::1", 8443, "/v1?x=1", "user:hunter22"};
    target.connect_to = HostPort{"127.0.0.1", 9000};
    target.api = "anthropic";
    target.headers = {{"X-Plain", "plain", false}, {"Authorization", "Bearer sk-0123456789", true}};
    target.accept_encoding = {"gzip", "identity"};
    target.share = 0.1;
    scenario.targets = {target, Target{}};
    scenario.comparison = {
        .base = 1, .with = {0}, .chain = true, .prompts = PairPrompts::identical, .where = {}};
    scenario.workload.model = "small";
    scenario.workload.prompts = TextPrompt{"a private prompt"};
    scenario.workload.max_tokens = 64;
    scenario.workload.usage = false;
    scenario.load = {{"ramp", ClosedLoop{{1, 50, 3s}, 20ms}, 7s, true},
                     {"open", OpenLoop{{2, 3.5, 4s}, Arrivals::poisson, 99}, 8s, false}};
    scenario.drain = 11s;
    scenario.limits = {12, 13};
    scenario.connections = {false, 14, 15.5, {"127.0.0.2"}};
    scenario.timeouts = {15s, 16s, 17s, 18s, 19s};
    scenario.budgets = {20ms, 21ms, 22ms};
    scenario.labels = {{"cache", "x-cache"}};
    Expectation gate;
    gate.text = "goodput(ttft.p95 < 1s) >= 99%";
    gate.condition = {"goodput", "", Comparator::greater_or_equal, 0.99, Unit::ratio, ""};
    gate.goodput_limits = {{"ttft", "p95", Comparator::less, 1e9, Unit::duration, ""}};
    gate.target = "gateway";
    gate.phase = "open";
    gate.where = {"full.yaml", 23, 24};
    Expectation word;
    word.text = "buffering != full";
    word.condition = {"buffering", "", Comparator::not_equal, 0, Unit::word, "full"};
    word.implied = true;
    word.window = 25s;
    Expectation delta;
    delta.text = "delta(ttft.p95, gateway, direct) < 30ms";
    delta.condition = {"ttft", "p95", Comparator::less, 3e7, Unit::duration, ""};
    delta.delta = {"gateway", "direct"};
    scenario.expect = {gate, word, delta};
    scenario.baseline = Baseline{.runs = {{"runs/1", "/scenarios/runs/1"}},
                                 .gate = {"e2e.p50"},
                                 .floor = {0.1, 3ms, 0.02},
                                 .where = {"full.yaml", 30, 1}};
    scenario.file = "/scenarios/full.yaml";
    scenario.secrets = {"sk-0123456789", "hunter22"};
    return scenario;
}

std::string text_of(const Scenario& scenario) {
    return boost::json::serialize(scenario_to_json(scenario));
}

TEST(ScenarioJsonTest, KeepsWhatAReportNeeds) {
    const auto scenario = full_scenario();
    const auto text = text_of(scenario);
    const auto same = scenario_from_json(parse_json(text).value().as_object());
    EXPECT_EQ(same.name, "full");
    EXPECT_EQ(same.seed, scenario.seed);
    ASSERT_EQ(same.targets.size(), 2U);
    EXPECT_EQ(same.targets[0].url.port, 8443);
    EXPECT_TRUE(same.targets[0].url.tls);
    EXPECT_EQ(same.targets[0].connect_to.value().port, 9000);
    EXPECT_EQ(same.targets[0].api, "anthropic");
    EXPECT_THAT(same.targets[0].accept_encoding, ElementsAre("gzip", "identity"));
    EXPECT_EQ(same.targets[0].share, 0.1);
    EXPECT_FALSE(same.targets[1].connect_to);
    ASSERT_TRUE(same.comparison);
    EXPECT_EQ(same.comparison->base, 1U);
    EXPECT_THAT(same.comparison->with, ElementsAre(0));
    EXPECT_TRUE(same.comparison->chain);
    EXPECT_EQ(same.comparison->prompts, PairPrompts::identical);
    EXPECT_EQ(same.workload.max_tokens, 64U);
    EXPECT_FALSE(same.workload.usage);
    ASSERT_EQ(same.load.size(), 2U);
    const auto& closed = std::get<ClosedLoop>(same.load[0].shape);
    EXPECT_EQ(closed.users.from, 1);
    EXPECT_EQ(closed.users.to, 50);
    EXPECT_EQ(closed.users.over, 3s);
    EXPECT_EQ(closed.think, 20ms);
    EXPECT_TRUE(same.load[0].warmup);
    const auto& open = std::get<OpenLoop>(same.load[1].shape);
    EXPECT_EQ(open.rate.to, 3.5);
    EXPECT_EQ(open.arrivals, Arrivals::poisson);
    EXPECT_EQ(open.max_in_flight, 99U);
    EXPECT_EQ(same.load[1].duration, 8s);
    EXPECT_EQ(same.drain, 11s);
    EXPECT_EQ(same.limits.requests, 12U);
    EXPECT_EQ(same.limits.output_tokens, 13U);
    EXPECT_FALSE(same.connections.reuse);
    EXPECT_EQ(same.connections.max, 14U);
    EXPECT_EQ(same.connections.max_rate, 15.5);
    EXPECT_EQ(same.connections.source_addresses, std::vector<std::string>{"127.0.0.2"});
    EXPECT_EQ(same.timeouts.connect, 15s);
    EXPECT_EQ(same.timeouts.first_token, 16s);
    EXPECT_EQ(same.timeouts.idle, 17s);
    EXPECT_EQ(same.timeouts.stall, 18s);
    EXPECT_EQ(same.timeouts.total, 19s);
    EXPECT_EQ(same.budgets.ttft, 20ms);
    EXPECT_EQ(same.budgets.gap, 21ms);
    EXPECT_EQ(same.budgets.stall, 22ms);
    ASSERT_EQ(same.labels.size(), 1U);
    EXPECT_EQ(same.labels[0].name, "cache");
    EXPECT_EQ(same.labels[0].header, "x-cache");
    ASSERT_TRUE(same.baseline);
    EXPECT_EQ(same.baseline->runs.at(0).folder, "/scenarios/runs/1");
    EXPECT_EQ(same.baseline->floor.time, 3ms);
    EXPECT_EQ(same.baseline->where.line, 30);
    EXPECT_EQ(same.file, scenario.file);
    // And what was read back says the same again, names of fields included.
    EXPECT_EQ(text_of(same), text);
}

TEST(ScenarioJsonTest, KeepsExpectations) {
    const auto same = scenario_from_json(scenario_to_json(full_scenario()));
    ASSERT_EQ(same.expect.size(), 3U);
    ASSERT_TRUE(same.expect[2].delta);
    EXPECT_EQ(same.expect[2].delta->target, "gateway");
    EXPECT_EQ(same.expect[2].delta->base, "direct");
    EXPECT_FALSE(same.expect[1].delta);
    const auto& gate = same.expect[0];
    EXPECT_EQ(gate.text, "goodput(ttft.p95 < 1s) >= 99%");
    EXPECT_EQ(gate.condition.metric, "goodput");
    EXPECT_EQ(gate.condition.comparator, Comparator::greater_or_equal);
    EXPECT_EQ(gate.condition.value, 0.99);
    EXPECT_EQ(gate.condition.unit, Unit::ratio);
    ASSERT_EQ(gate.goodput_limits.size(), 1U);
    EXPECT_EQ(gate.goodput_limits[0].statistic, "p95");
    EXPECT_EQ(gate.goodput_limits[0].unit, Unit::duration);
    EXPECT_EQ(gate.target, "gateway");
    EXPECT_EQ(gate.phase, "open");
    EXPECT_EQ(gate.where.line, 23);
    EXPECT_EQ(gate.where.column, 24);
    EXPECT_EQ(same.expect[1].condition.word, "full");
    EXPECT_EQ(same.expect[1].condition.comparator, Comparator::not_equal);
    EXPECT_TRUE(same.expect[1].implied);
    EXPECT_EQ(same.expect[1].window, 25s);
    EXPECT_EQ(same.expect[0].window, std::nullopt);
    EXPECT_FALSE(same.expect[1].target);
}

TEST(ScenarioJsonTest, LeavesOutSecretsAndPrompts) {
    auto scenario = full_scenario();
    scenario.targets[0].url.text += "&key=sk-0123456789";
    scenario.targets[0].url.path_and_query += "&key=sk-0123456789";
    scenario.targets[0].url.host = "sk-0123456789.localhost";
    scenario.targets[0].connect_to->host = "sk-0123456789.localhost";
    scenario.targets[0].headers[0].value = "has sk-0123456789";
    scenario.workload.model = "sk-0123456789";
    scenario.name = "sk-0123456789";
    const auto text = text_of(scenario);
    EXPECT_THAT(text, Not(HasSubstr("sk-0123456789")));
    EXPECT_THAT(text, Not(HasSubstr("hunter22")));
    EXPECT_THAT(text, Not(HasSubstr("private prompt")));
    const auto same = scenario_from_json(scenario_to_json(scenario));
    EXPECT_EQ(same.targets[0].headers[1].name, "Authorization");
    EXPECT_EQ(same.targets[0].headers[1].value, "***");
    EXPECT_TRUE(same.targets[0].headers[1].secret);
}

TEST(ScenarioJsonTest, KeepsThatConnectionsWereNotPaced) {
    Scenario scenario;
    scenario.connections.max_rate = std::numeric_limits<double>::infinity();
    EXPECT_EQ(scenario_from_json(scenario_to_json(scenario)).connections.max_rate,
              std::numeric_limits<double>::infinity());
}

TEST(ScenarioJsonTest, HasDefaultsForWhatIsAbsent) {
    const auto same = scenario_from_json({});
    const Scenario defaults;
    EXPECT_EQ(text_of(same), text_of(defaults));
    EXPECT_FALSE(same.limits.requests);
    EXPECT_FALSE(same.workload.max_tokens);
}

}  // namespace
}  // namespace streamgauge::report
