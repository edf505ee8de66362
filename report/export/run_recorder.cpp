#include "report/export/run_recorder.h"

#include "report/buffering/remedies/product_headers.h"
#include "report/export/baseline.h"
#include "report/export/label_registry.h"
#include "report/export/run_writer.h"
#include "report/export/summary_json.h"
#include "report/summary/run_aggregate.h"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <map>
#include <utility>
#include <vector>

namespace streamgauge::report {
namespace {

constexpr std::size_t most_rows_waiting = 16'384;  ///< of one worker
constexpr std::uint32_t timelines_of_outcome = 5;

/// What all workers share while they record.
struct Shared {
    const scenarios::Scenario& scenario;
    Moment start;
    std::int64_t start_unix_ns;
    Masker masker;
    std::array<std::atomic<std::uint32_t>, outcome_count> outcomes{};
    std::atomic<std::uint64_t> requests{0}, errors{0};
    LabelRegistry labels;
    RunWriter* writer = nullptr;
};

class WorkerSink final : public TimelineSink {
  public:
    explicit WorkerSink(Shared& shared)
        : shared_(shared), aggregate_(shared.scenario), log_(shared.scenario.seed, most_rows_waiting) {}

    void on_timeline(const StreamTimeline& timeline) override {
        auto request = measure_request(timeline, shared_.scenario, shared_.start, shared_.start_unix_ns);
        if (request.token_events > 0) {
            request.product_headers = product_headers(timeline.response_headers, remedy_catalogue());
        }
        clean_request(request, shared_.masker);
        shared_.labels.admit(request.labels);
        if (observer_ != nullptr) observer_->on_request(request);
        if (!headers_[request.target].add(request.product_headers)) request.product_headers.clear();
        aggregate_.add(request);
        shared_.requests.fetch_add(1, std::memory_order_relaxed);
        if (is_error(request.outcome)) shared_.errors.fetch_add(1, std::memory_order_relaxed);
        auto& seen = shared_.outcomes[static_cast<std::size_t>(request.outcome)];
        const bool first = seen.load(std::memory_order_relaxed) < timelines_of_outcome &&
                           seen.fetch_add(1, std::memory_order_relaxed) < timelines_of_outcome;
        if (log_.add(timeline, std::move(request), first) == most_rows_waiting / 2) shared_.writer->hurry();
    }

    void observe(RequestObserver& observer) { observer_ = &observer; }
    RunAggregate& aggregate() { return aggregate_; }
    WorkerLog& log() { return log_; }

  private:
    Shared& shared_;
    RequestObserver* observer_ = nullptr;
    RunAggregate aggregate_;
    WorkerLog log_;
    std::map<std::uint32_t, HeaderSets> headers_;  ///< by target: sets that are in a row already
};

}  // namespace

struct RunRecorder::State {
    RunFolder folder;
    RunInfo info;
    Shared shared;
    std::vector<std::unique_ptr<WorkerSink>> sinks;
    std::unique_ptr<RunWriter> writer;

    Summary summarize(const ClientHealth& health, const RunComparer* baseline);
};

RunRecorder::RunRecorder(const scenarios::Scenario& scenario, RunFolder folder, RunInfo info,
                         unsigned workers, Moment run_start, std::int64_t start_unix_ns)
    : state_(new State{.folder = folder,
                       .info = info,
                       .shared = {.scenario = scenario,
                                  .start = run_start,
                                  .start_unix_ns = start_unix_ns,
                                  .masker = Masker(scenario.secrets),
                                  .labels = LabelRegistry(scenario.labels.size())},
                       .sinks = {},
                       .writer = nullptr}) {
    std::vector<WorkerLog*> logs;
    for (unsigned i = 0; i < workers; ++i) {
        state_->sinks.push_back(std::make_unique<WorkerSink>(state_->shared));
        logs.push_back(&state_->sinks.back()->log());
    }
    state_->writer = std::make_unique<RunWriter>(
        RunWriter::Run{scenario, std::move(folder), std::move(info), run_start}, std::move(logs));
    state_->shared.writer = state_->writer.get();
}

RunRecorder::~RunRecorder() = default;

TimelineSink& RunRecorder::sink(unsigned worker) {
    return *state_->sinks.at(worker);
}

void RunRecorder::observe(unsigned worker, RequestObserver& observer) {
    state_->sinks.at(worker)->observe(observer);
}

RunRecorder::Live RunRecorder::live() const {
    return {.requests = state_->shared.requests.load(std::memory_order_relaxed),
            .errors = state_->shared.errors.load(std::memory_order_relaxed),
            .rows_lost = state_->writer->rows_lost(),
            .trouble = state_->writer->trouble()};
}

/// Into the first worker's aggregate, which nobody needs any more: another copy would be the run's peak of
/// memory.
Summary RunRecorder::State::summarize(const ClientHealth& health, const RunComparer* baseline) {
    Summary summary;
    summary.run = info;
    RunAggregate& whole = sinks.front()->aggregate();
    for (std::size_t i = 1; i < sinks.size(); ++i)
        whole.merge(sinks[i]->aggregate());
    whole.merge(writer->gaps());
    whole.summarize(summary, info.seed);
    summary.validity = judge_validity(health, summary);
    if (baseline != nullptr) summary.baseline = compare_with_baseline(*baseline, shared.scenario, folder);
    summary.verdict = judge(shared.scenario, summary);
    return summary;
}

Summary RunRecorder::finish(const ClientHealth& health, std::chrono::nanoseconds duration, int signal,
                            std::optional<RunInfo::Abort> aborted, const RunComparer* baseline) {
    auto& writer = *state_->writer;
    writer.finish();
    auto whole_health = health;
    whole_health.rows_lost += writer.rows_lost();
    if (const auto trouble = writer.trouble()) whole_health.notes.push_back(*trouble);
    state_->info.duration = duration;
    state_->info.signal = signal;
    state_->info.interrupted = signal != 0;
    state_->info.aborted = std::move(aborted);
    auto summary = state_->summarize(whole_health, baseline);
    try {
        write_file(state_->folder.summary(), summary_text(summary));
    } catch (const RunFolderError& error) {
        summary.validity.health.notes.emplace_back(error.what());
    }
    return summary;
}

}  // namespace streamgauge::report
