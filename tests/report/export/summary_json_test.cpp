#include "report/export/summary_json.h"

#include "report/export/json_reader.h"
#include "report/export/run_folder.h"
#include "tests/report/export/temporary_folder.h"

#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;

Summary full_summary() {
    Summary summary;
    summary.run = {"name",
                   "file.yaml",
                   "0.1.0",
                   "host",
                   "Linux",
                   5,
                   1'790'000'000'123'456'789,
                   6s,
                   2,
                   true,
                   2,
                   true,
                   {{"direct", "http://localhost/", "openai-chat"}},
                   {{"steady", "50/s poisson", 1s, 5s, true}},
                   RunInfo::Abort{"errors > 20% for 5s", "direct", 12s, "50%"}};
    summary.verdict.status = RunStatus::failed;
    summary.verdict.exit_code = 1;
    summary.verdict.sentence = "Failed.";
    ExpectationResult result;
    result.expectation.text = "ttft.p95 < 1s";
    result.target = "direct";
    result.judgement = Judgement::missed;
    result.measured = "2s";
    result.measured_value = 2e9;
    result.margin = -1;
    summary.verdict.expectations = {result};
    summary.validity.valid = false;
    summary.validity.checks = {{"rows", ValidityCheck::State::invalid, "1 row lost", "Use another disk."}};
    auto& health = summary.validity.health;
    health.client_lag.record(40us, 7);
    health.core_wait = 7ms;
    health.loop_lag.record(50us, 8);
    health.cpu_time = 1s;
    health.wall_time = 2s;
    health.reads = 3;
    health.reads_without_kernel_stamp = 4;
    health.clock_steps = 5;
    health.unmapped_clock_steps = 6;
    health.rows_lost = 7;
    health.peak_descriptors = 8;
    health.descriptor_limit = 9;
    health.peak_ports = 10;
    health.port_limit = 11;
    health.notes = {"a note"};
    GroupSummary group;
    group.target = "direct";
    group.outcomes[static_cast<std::size_t>(Outcome::reset)] = 3;
    group.errors = {3, 10};
    MetricSummary ttft;
    ttft.count = 7;
    ttft.percentiles = {{0.5, 100ms, 90ms, std::nullopt, true}, {0.99, std::nullopt, {}, {}, false}};
    group.metrics["ttft"] = ttft;
    group.error_examples = {{"reset", "bad \xff byte"}};
    summary.groups = {group};
    WindowSummary window;
    window.target = "direct";
    window.length = 1s;
    window.ttft_p50 = 100ms;
    summary.windows = {window};
    return summary;
}

TEST(SummaryJsonTest, NamesFieldsAsTheStructsDo) {
    const auto json = to_json(full_summary());
    EXPECT_EQ(json.at("schema").as_string(), "streamgauge.summary");
    EXPECT_EQ(json.at("version").as_int64(), Summary::schema_version);
    EXPECT_EQ(json.at("verdict").at("status").as_string(), "failed");
    EXPECT_EQ(json.at("verdict").at("expectations").at(0).at("judgement").as_string(), "missed");
    EXPECT_EQ(json.at("validity").at("checks").at(0).at("state").as_string(), "invalid");
    const auto& group = json.at("groups").at(0).as_object();
    EXPECT_EQ(boost::json::serialize(group.at("outcomes")), R"({"reset":3})");
    EXPECT_EQ(boost::json::serialize(group.at("errors")), R"({"count":3,"of":10})");
    EXPECT_EQ(group.at("error_examples").at(0).at(1).as_string(), "bad \xef\xbf\xbd byte");
    EXPECT_EQ(json.at("windows").at(0).at("length_ns").as_int64(), 1'000'000'000);
}

TEST(SummaryJsonTest, SaysHowBadlyTokensAreHeldAndWhatCutsStreams) {
    auto summary = full_summary();
    EXPECT_FALSE(to_json(summary).at("groups").at(0).as_object().contains("cut_off"));
    auto& group = summary.groups[0];
    group.buffering.verdict.kind = BufferingKind::block_or_window;
    group.buffering.verdict.severity = BufferingSeverity::severe;
    group.cut_off = CutOff{CutOffKind::idle, 30s, 9, 10, "9 of 10"};
    const auto json = to_json(summary);
    const auto& verdict = json.at("groups").at(0).at("buffering").at("verdict");
    EXPECT_EQ(verdict.at("kind").as_string(), "block_or_window");
    EXPECT_EQ(verdict.at("severity").as_string(), "severe");
    EXPECT_EQ(boost::json::serialize(json.at("groups").at(0).at("cut_off")),
              R"({"kind":"idle","after_ns":30000000000,"streams":9,"of":10,"evidence":"9 of 10"})");
}

TEST(SummaryJsonTest, LeavesOutWhatWasNotMeasured) {
    const auto json = to_json(full_summary());
    const auto& group = json.at("groups").at(0).as_object();
    for (const auto* name : {"jank_mean", "fluidity_mean", "tokens_per_event", "events_per_read"})
        EXPECT_FALSE(group.contains(name)) << name;
    const auto& ttft = group.at("metrics").at("ttft").as_object();
    EXPECT_FALSE(ttft.contains("min_ns"));
    EXPECT_FALSE(ttft.contains("mean_ns"));
    EXPECT_FALSE(ttft.at("percentiles").at(0).as_object().contains("high_ns"));
    EXPECT_FALSE(ttft.at("percentiles").at(1).as_object().contains("value_ns"));
    EXPECT_FALSE(json.at("windows").at(0).as_object().contains("ttft_p99_ns"));
    EXPECT_FALSE(json.at("verdict").at("expectations").at(0).as_object().contains("low"));
}

TEST(SummaryJsonTest, HasLabelsOnlyWhereThereAreSome) {
    Summary summary;
    EXPECT_FALSE(to_json(summary).contains("labels"));
    LabelledGroup hit{"direct", "HIT", 40, {2, 40}, {}};
    hit.metrics["ttft"].count = 38;
    summary.labels = {{"cache", "x-cache", {hit}}};
    EXPECT_EQ(boost::json::serialize(to_json(summary).at("labels")),
              R"([{"name":"cache","header":"x-cache","groups":[{"target":"direct","value":"HIT","due":40,)"
              R"("errors":{"count":2,"of":40},"metrics":{"ttft":{"count":38,"censored":0,"percentiles":[],)"
              R"("interval_method":""}}}]}])");
}

TEST(SummaryJsonTest, TextIsTheSameJsonIndented) {
    const auto summary = full_summary();
    const auto text = summary_text(summary);
    EXPECT_THAT(text,
                AllOf(HasSubstr("\n  \"run\": {\n    \"scenario_name\": \"name\",\n"), EndsWith("}\n")));
    EXPECT_EQ(parse_json(text).value(), parse_json(boost::json::serialize(to_json(summary))).value());
    EXPECT_EQ(summary_text(Summary()), summary_text(Summary()));
    EXPECT_TRUE(parse_json(summary_text(Summary())));
}

TEST(SummaryJsonTest, KeepsRunAndHealth) {
    const auto summary = full_summary();
    const auto stored = stored_run(parse_json(summary_text(summary)).value().as_object());
    EXPECT_EQ(to_json(stored.run), to_json(summary.run));
    EXPECT_EQ(stored.run.scenario_file, "file.yaml");
    EXPECT_EQ(stored.run.start_unix_ns, 1'790'000'000'123'456'789);
    EXPECT_TRUE(stored.run.interrupted && stored.run.partial);
    EXPECT_EQ(stored.run.signal, 2);
    ASSERT_TRUE(stored.run.aborted);
    EXPECT_EQ(stored.run.aborted->condition, "errors > 20% for 5s");
    EXPECT_EQ(stored.run.aborted->at, 12s);
    ASSERT_EQ(stored.run.phases.size(), 1U);
    EXPECT_EQ(stored.run.phases[0].duration, 5s);
    const auto& health = stored.health;
    EXPECT_EQ(health.client_lag.count(), 7U);
    EXPECT_EQ(health.client_lag.max(), 40us);
    EXPECT_EQ(health.loop_lag.count(), 8U);
    EXPECT_EQ(health.core_wait, 7ms);
    EXPECT_EQ(health.cpu_time, 1s);
    EXPECT_EQ(health.wall_time, 2s);
    EXPECT_EQ(health.reads, 3U);
    EXPECT_EQ(health.reads_without_kernel_stamp, 4U);
    EXPECT_EQ(health.clock_steps, 5U);
    EXPECT_EQ(health.unmapped_clock_steps, 6U);
    EXPECT_EQ(health.rows_lost, 7U);
    EXPECT_EQ(health.peak_descriptors, 8U);
    EXPECT_EQ(health.descriptor_limit, 9U);
    EXPECT_EQ(health.peak_ports, 10U);
    EXPECT_EQ(health.port_limit, 11U);
    EXPECT_THAT(health.notes, ElementsAre("a note"));
}

TEST(SummaryJsonTest, RefusesAnotherSchema) {
    auto json = to_json(full_summary());
    json["version"] = 2;
    EXPECT_THAT(message_of<RunFolderError>([&] { stored_run(json); }),
                AllOf(HasSubstr("version 2"), HasSubstr("version 1"), HasSubstr("use the release")));
    EXPECT_THAT(message_of<RunFolderError>([&] {
                    stored_run({{"schema", "x\x1b[0m"}});
                }),
                HasSubstr("schema x?[0m"));
    EXPECT_THAT(message_of<RunFolderError>([&] { stored_run({}); }), HasSubstr("(none)"));
}

}  // namespace
}  // namespace streamgauge::report
