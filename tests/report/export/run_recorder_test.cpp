#include "report/export/run_recorder.h"

#include "report/export/baseline.h"
#include "report/export/run_reader.h"
#include "report/export/summary_json.h"
#include "tests/report/export/file_size_limit.h"
#include "tests/report/export/recording_fixture.h"
#include "tests/report/export/temporary_folder.h"
#include "tests/report/export/written_run.h"

#include <gmock/gmock.h>

#include <sys/stat.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <thread>

namespace streamgauge::report {
namespace {

using namespace testing;
using namespace std::chrono_literals;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::uint64_t requests = 400;

class RunRecorderTest : public ::testing::Test {
  protected:
    RunRecorder recorder(unsigned workers) const {
        return RunRecorder(scenario_, RunFolder::create(path_),
                           describe_run(scenario_, workers, recorded_start_unix_ns), workers,
                           TimelineBuilder::run_start, recorded_start_unix_ns);
    }

    /// Requests `begin` to `end`, each worker on a thread of its own.
    static void record(RunRecorder& recorder, std::uint64_t begin, std::uint64_t end, unsigned workers) {
        std::vector<std::jthread> threads;
        for (unsigned worker = 0; worker < workers; ++worker) {
            threads.emplace_back([&recorder, begin, end, worker, workers] {
                for (auto number = begin + worker; number < end; number += workers)
                    recorder.sink(worker).on_timeline(recorded_timeline(number));
            });
        }
    }

    /// Requests in their file, which begins with a line of its own.
    std::size_t whole_rows() const { return lines_of(read_text(path_ / "requests.jsonl")).size() - 1; }

    static std::uint64_t requests_in(const Summary& summary) {
        std::uint64_t all = 0;
        for (const auto& group : summary.groups)
            if (!group.phase.empty()) all += std::reduce(group.outcomes.begin(), group.outcomes.end());
        return all;
    }

    static ValidityCheck check_of(const Summary& summary, std::string_view name) {
        const auto found = std::ranges::find(summary.validity.checks, name, &ValidityCheck::name);
        return found == summary.validity.checks.end() ? ValidityCheck{} : *found;
    }

    TemporaryFolder temporary_;
    std::filesystem::path path_ = temporary_ / "run";
    scenarios::Scenario scenario_ = recorded_scenario();
};

TEST_F(RunRecorderTest, SaysTheSameAsTheFolderItLeaves) {
    auto recorder = this->recorder(2);
    record(recorder, 0, requests, 2);
    const auto live = recorder.finish(recorded_health(), 20s, 0);
    const auto rebuilt = load_run(path_);

    std::uint64_t due = 0;
    for (const auto& group : live.groups)
        due += group.phase.empty() ? 0 : group.due;
    EXPECT_EQ(due, requests);
    ASSERT_EQ(live.groups.size(), 6U);
    EXPECT_GT(live.groups.front().metrics.at("itl").count, 1'000U);
    EXPECT_GT(live.groups.front().metrics.at("ttft").censored, 0U);
    EXPECT_EQ(summary_text(live), summary_text(rebuilt));
    EXPECT_EQ(summary_text(live), read_text(path_ / "summary.json"));
}

/// Pairs of which the second is the gateway's turn every other time; it holds tokens back. Each ninth pair
/// fails.
StreamTimeline paired_timeline(std::uint64_t number) {
    const auto pair = number / 2;
    const bool gateway = number % 2 == pair % 2;
    TimelineBuilder builder;
    const auto due = 10s + number * 20ms;
    builder.raw().request_id = fmt::format("00000000-0000-4000-8000-{:012}", number);
    builder.raw().pair_id = fmt::format("1-0-{}", pair);
    builder.raw().pair_position = static_cast<std::uint32_t>(number % 2);
    builder.target(gateway ? 1 : 0).phase(1).sequence(number).intended(due).sent(due + 100us);
    if (pair % 9 == 4) return builder.outcome(Outcome::truncated).end(due + 1s).build();
    for (int i = 0; i < 40; ++i) {
        const auto made = 100ms + nanoseconds(pair * 1'000'003) + i * 20ms;
        builder.token(due + (gateway ? 200ms * (made / 200ms + 1) : made));
    }
    return builder.build();
}

TEST_F(RunRecorderTest, ComparesPairsAsTheFolderItLeavesDoes) {
    scenario_.comparison = {.base = 0, .with = {1}, .chain = true, .prompts = {}, .where = {}};
    const auto make = [&](const std::filesystem::path& path, unsigned workers) {
        RunRecorder recorder(scenario_, RunFolder::create(path),
                             describe_run(scenario_, 2, recorded_start_unix_ns), workers,
                             TimelineBuilder::run_start, recorded_start_unix_ns);
        for (std::uint64_t number = 0; number < 90; ++number)
            recorder.sink(number / 2 % workers).on_timeline(paired_timeline(number));
        return recorder.finish(recorded_health(), 20s, 0);
    };
    const auto live = make(path_, 2);
    ASSERT_EQ(live.comparisons.size(), 3U);
    const auto& gateway = live.comparisons.front();
    EXPECT_EQ(gateway.target, "gateway");
    EXPECT_EQ(gateway.pairs, 40U);
    EXPECT_EQ(gateway.pairs_failed, 5U);
    EXPECT_EQ(gateway.verdict, PairVerdict::holds);
    EXPECT_EQ(live.hops.value().holds, "gateway");
    const auto text = summary_text(live);
    EXPECT_THAT(text, HasSubstr(R"("comparisons": [)"));
    EXPECT_EQ(text, summary_text(load_run(path_)));
    EXPECT_EQ(text, summary_text(make(temporary_ / "other", 1))) << "whatever the workers";
    std::filesystem::remove(path_ / "summary.json");
    const auto killed = load_run(path_);
    EXPECT_EQ(killed.comparisons.front().hold_p95->low, gateway.hold_p95->low);
    EXPECT_EQ(killed.comparisons.front().ttft_added->value, gateway.ttft_added->value);
    EXPECT_EQ(killed.hops->sentence, live.hops->sentence);
}

/// A server that says something else each time, in every way that could do harm.
TEST_F(RunRecorderTest, TellsTwentyValuesOfALabelApartAsTheFolderItLeavesDoes) {
    scenario_.labels = {{"cache", "x-cache"}, {"request", "x-noise"}};
    auto recorder = this->recorder(2);
    std::vector<std::jthread> threads;
    for (std::uint64_t worker = 0; worker < 2; ++worker) {
        threads.emplace_back([&recorder, worker] {
            for (auto number = worker; number < 1'000; number += 2) {
                auto timeline = recorded_timeline(200 + number % 200);
                timeline.response_headers = {
                    {"X-Noise", fmt::format("{}</script>\x1b[31m\n::error::{}{}", number, recorded_secret,
                                            std::string(300, 'x'))}};
                if (number % 3 != 0)
                    timeline.response_headers.emplace_back("X-Cache", number % 3 == 1 ? "HIT" : "MISS");
                recorder.sink(static_cast<unsigned>(worker)).on_timeline(timeline);
            }
        });
    }
    threads.clear();
    const auto live = recorder.finish(recorded_health(), 20s, 0);
    ASSERT_EQ(live.labels.size(), 2U);
    std::map<std::string, std::uint64_t> cache, noise;
    for (const auto& group : live.labels[0].groups)
        cache[group.value] += group.due;
    for (const auto& group : live.labels[1].groups) {
        noise[group.value] += group.due;
        EXPECT_LE(group.value.size(), 64U);
        EXPECT_THAT(group.value, Not(HasSubstr("sk-live")));
        EXPECT_THAT(group.value, Not(HasSubstr("\x1b")));
        EXPECT_THAT(group.value, Not(HasSubstr("\n")));
    }
    using Counts = std::map<std::string, std::uint64_t>;
    EXPECT_EQ(cache, (Counts{{"(none)", 334}, {"HIT", 333}, {"MISS", 333}}));
    EXPECT_EQ(noise.size(), 21U) << "twenty and the rest";
    EXPECT_EQ(noise["(other)"], 980U);
    EXPECT_EQ(summary_text(live), summary_text(load_run(path_)));
    std::filesystem::remove(path_ / "summary.json");
    const auto killed = load_run(path_);
    ASSERT_EQ(killed.labels.size(), 2U);
    EXPECT_EQ(killed.labels[0].groups.front().metrics.at("ttft").percentiles.front().low,
              live.labels[0].groups.front().metrics.at("ttft").percentiles.front().low);
}

/// The header that names the product is in one row only; a killed run has no summary.
TEST_F(RunRecorderTest, KnowsTheRemedyFromTheRowsAlone) {
    auto recorder = this->recorder(2);
    for (std::uint64_t number = 0; number < 40; ++number) {
        TimelineBuilder builder;
        builder.raw().request_id = fmt::format("00000000-0000-4000-8000-{:012}", number);
        const auto due = 10s + number * 50ms;
        builder.target(1).phase(1).sequence(number).intended(due).sent(due + 100us);
        builder.raw().response_headers = {{"Server", "lighttpd/1.4.69"},
                                          {"Content-Type", "text/event-stream"},
                                          {"Via", "1.1 " + std::string(recorded_secret)},
                                          {"X-Request-Id", std::to_string(number)}};
        builder.steady_tokens(40, due + 2s, 0s);
        recorder.sink(number % 2).on_timeline(builder.build());
    }
    const auto live = recorder.finish(recorded_health(), 20s, 0);
    const auto gateway = std::ranges::find(live.groups, "gateway", &GroupSummary::target);
    ASSERT_NE(gateway, live.groups.end());
    ASSERT_FALSE(gateway->remedies.empty()) << gateway->buffering.verdict.evidence;
    EXPECT_EQ(gateway->remedies.front().product, "lighttpd");
    EXPECT_EQ(gateway->remedies.front().why, "Server: lighttpd/1.4.69");

    std::filesystem::remove(path_ / "summary.json");
    const auto rebuilt = load_run(path_);
    EXPECT_TRUE(rebuilt.run.partial);
    const auto same = std::ranges::find(rebuilt.groups, "gateway", &GroupSummary::target);
    ASSERT_FALSE(same->remedies.empty());
    EXPECT_EQ(same->remedies.front().snippet, "server.stream-response-body = 2");
    const auto rows = read_text(path_ / "requests.jsonl");
    EXPECT_THAT(rows, Not(HasSubstr(std::string(recorded_secret))));
    std::size_t with_headers = 0;
    for (auto at = rows.find("product_headers"); at != std::string::npos;
         at = rows.find("product_headers", at + 1))
        ++with_headers;
    EXPECT_EQ(with_headers, 2U) << "one a worker";
}

TEST_F(RunRecorderTest, SaysTheSameForAnyNumberOfWorkers) {
    auto one = recorder(1);
    record(one, 0, requests, 1);
    path_ = temporary_ / "another";
    auto three = recorder(3);
    record(three, 0, requests, 3);
    auto first = one.finish(recorded_health(), 20s, 0), second = three.finish(recorded_health(), 20s, 0);
    first.run.workers = second.run.workers;
    // Sums of squares are kept as doubles for each second that was written, and seconds are written in as
    // many pieces as there were turns, so the last bit may differ.
    for (std::size_t i = 0; i < first.groups.size(); ++i) {
        auto &itl = first.groups[i].metrics.at("itl"), &same = second.groups.at(i).metrics.at("itl");
        EXPECT_DOUBLE_EQ(itl.stddev_ns.value_or(0), same.stddev_ns.value_or(1));
        itl.stddev_ns = same.stddev_ns;
    }
    EXPECT_EQ(summary_text(first), summary_text(second));
}

TEST_F(RunRecorderTest, CountsWhileItRuns) {
    auto recorder = this->recorder(2);
    record(recorder, 0, 20, 2);
    const auto live = recorder.live();
    EXPECT_EQ(live.requests, 20U);
    EXPECT_EQ(live.errors, 4U);  // 3, 14, 5 and 18
    EXPECT_EQ(live.rows_lost, 0U);
    EXPECT_FALSE(live.trouble);
    recorder.finish(ClientHealth(), 1s, 0);
}

TEST_F(RunRecorderTest, NotesTheSignalThatEndedTheRun) {
    auto recorder = this->recorder(1);
    record(recorder, 0, 20, 1);
    const auto summary = recorder.finish(ClientHealth(), 1s, 2);
    EXPECT_TRUE(summary.run.interrupted);
    EXPECT_EQ(summary.run.signal, 2);
    EXPECT_EQ(summary.verdict.exit_code, 130);
    EXPECT_EQ(load_run(path_).run.signal, 2);
}

TEST_F(RunRecorderTest, LeavesNoSecretInAnyFile) {
    auto recorder = this->recorder(2);
    record(recorder, 0, requests, 2);
    const auto summary = recorder.finish(recorded_health(), 20s, 0);
    EXPECT_THAT(summary_text(summary), HasSubstr("bad key ***"));
    int files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) {
        EXPECT_THAT(read_text(entry.path()), Not(HasSubstr(recorded_secret))) << entry.path();
        ++files;
    }
    EXPECT_EQ(files, 5);
    const auto timelines = read_text(path_ / "timelines.jsonl");
    EXPECT_THAT(timelines, HasSubstr(R"(["via","1.1 ***"])"));
    EXPECT_THAT(timelines, Not(HasSubstr("ookie")));
    EXPECT_THAT(read_text(path_ / "scenario.yaml"), HasSubstr("# ***"));
}

TEST_F(RunRecorderTest, LeavesWhatItHasWhenTheRunNeverEnds) {
    {
        auto recorder = this->recorder(2);
        record(recorder, 0, 50, 2);
    }
    EXPECT_FALSE(std::filesystem::exists(path_ / "summary.json"));
    EXPECT_EQ(lines_of(read_text(path_ / "requests.jsonl")).size(), 51U);
    EXPECT_THAT(read_text(path_ / "requests.jsonl"), EndsWith("}\n"));
}

TEST_F(RunRecorderTest, SaysWhenTheSummaryCannotBeWritten) {
    auto recorder = this->recorder(1);
    record(recorder, 0, 20, 1);
    std::filesystem::create_directory(path_ / "summary.json");
    const auto summary = recorder.finish(ClientHealth(), 1s, 0);
    EXPECT_THAT(summary.validity.health.notes, Contains(HasSubstr("summary.json")));
}

/// A disk that stands still: the writer hangs in opening a pipe that nobody reads, in place of a file.
TEST_F(RunRecorderTest, SaysThatTheDiskWasTooSlowAndNeverHoldsAWorker) {
    auto recorder = this->recorder(1);
    const auto pipe = path_ / "timelines.jsonl.new";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::uint64_t handed_over = 0;
    constexpr std::uint64_t far_too_many = 1'000'000;
    while (recorder.live().rows_lost < 100 && handed_over < far_too_many)
        recorder.sink(0).on_timeline(recorded_timeline(handed_over++));
    ASSERT_LT(handed_over, far_too_many) << "the writer does not hang";

    std::jthread reader([&pipe] { read_text(pipe); });
    const auto summary = recorder.finish(recorded_health(), 20s, 0);
    EXPECT_FALSE(summary.validity.valid);
    EXPECT_EQ(summary.validity.health.rows_lost, recorder.live().rows_lost);
    const auto rows = check_of(summary, "rows");
    EXPECT_EQ(rows.state, ValidityCheck::State::invalid);
    EXPECT_THAT(rows.figure, HasSubstr(fmt::format("{} rows lost", recorder.live().rows_lost)));
    EXPECT_THAT(rows.remedy, HasSubstr("The disk was too slow for the rows of requests, or full"));
    EXPECT_EQ(whole_rows() + recorder.live().rows_lost, handed_over)
        << "a row is in the file or counted as lost";
    EXPECT_EQ(read_run(path_).damaged_lines, 0U);
}

TEST_F(RunRecorderTest, SaysThatTheDiskIsFullAndKeepsTheRowsBefore) {
    auto recorder = this->recorder(2);
    constexpr std::uint64_t before = 100;
    record(recorder, 0, before, 2);
    while (whole_rows() < before)
        std::this_thread::yield();
    std::optional<Summary> summary;
    {
        const FileSizeLimit limit(std::filesystem::file_size(path_ / "requests.jsonl") + 1'000);
        record(recorder, before, requests, 2);
        summary = recorder.finish(recorded_health(), 20s, 0);
    }
    EXPECT_FALSE(summary->validity.valid);
    EXPECT_EQ(check_of(*summary, "rows").state, ValidityCheck::State::invalid);
    EXPECT_THAT(summary->validity.health.notes,
                Contains(AllOf(HasSubstr(".jsonl"), HasSubstr(": File too large"))));
    EXPECT_EQ(whole_rows(), before);
    EXPECT_GE(summary->validity.health.rows_lost, requests - before);
    const auto again = read_run(path_);
    EXPECT_EQ(again.damaged_lines, 0U);
    EXPECT_EQ(requests_in(again.summary), before);
}

TEST_F(RunRecorderTest, RefusesAFolderItCannotWriteInto) {
    const auto folder = RunFolder::create(path_);
    std::filesystem::create_symlink("/dev/full", path_ / "requests.jsonl");
    const auto message = message_of<RunFolderError>([&] {
        RunRecorder(scenario_, folder, describe_run(scenario_, 1, 0), 1, TimelineBuilder::run_start, 0);
    });
    EXPECT_THAT(message, HasSubstr("requests.jsonl: No space left on device"));
}

/// As one of a scenario with a baseline: what was compared stands in the folder, and stays when the baseline
/// goes.
TEST_F(RunRecorderTest, ComparesWithTheBaselineAndKeepsWhatItSaid) {
    const auto before = temporary_ / "before";
    write_run(before, scenario_of({"gateway"}), varied_requests(200ms, 1));
    scenario_.baseline.emplace();
    scenario_.baseline->runs = {{"runs/before", before}};
    scenario_.baseline->where = {"chat.yaml", 9, 1};
    const auto baseline = read_baseline(scenario_);
    ASSERT_TRUE(baseline);
    auto recorder = this->recorder(2);
    record(recorder, 0, requests, 2);
    const auto live = recorder.finish(recorded_health(), 20s, 0, std::nullopt, &*baseline);
    ASSERT_TRUE(live.baseline);
    EXPECT_GT(live.baseline->rows.size(), 3U);
    EXPECT_TRUE(live.baseline->regressed()) << "it fails far more often, and is slower";
    EXPECT_THAT(live.verdict.sentence, HasSubstr("worse than the baseline"));

    std::filesystem::remove_all(before);
    const auto rebuilt = load_run(path_);
    ASSERT_TRUE(rebuilt.baseline);
    EXPECT_EQ(rebuilt.baseline->where.line, 9);
    EXPECT_EQ(summary_text(live), summary_text(rebuilt));
    EXPECT_EQ(summary_text(live), read_text(path_ / "summary.json"));
}

TEST_F(RunRecorderTest, AKilledRunIsComparedLaterIfItsBaselineIsStillThere) {
    const auto before = temporary_ / "before";
    write_run(before, scenario_of({"gateway"}), varied_requests(200ms, 1));
    scenario_.baseline.emplace();
    scenario_.baseline->runs = {{"runs/before", before}};
    {
        auto recorder = this->recorder(1);
        record(recorder, 0, requests, 1);
    }
    EXPECT_TRUE(read_run(path_).summary.baseline);
    std::filesystem::remove_all(before);
    const auto run = read_run(path_);
    EXPECT_FALSE(run.summary.baseline);
    EXPECT_THAT(run.notes,
                Contains(HasSubstr("not compared with its baseline: there is no baseline runs/before")));
}

}  // namespace
}  // namespace streamgauge::report
