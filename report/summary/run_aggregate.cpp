#include "report/summary/run_aggregate.h"

#include "report/buffering/remedies/find_remedies.h"
#include "report/buffering/remedies/product_headers.h"
#include "report/summary/comparison_tally.h"
#include "report/summary/concurrency.h"
#include "report/summary/goodput.h"
#include "report/summary/group_counts.h"
#include "report/summary/label_tally.h"
#include "report/summary/metric.h"
#include "report/summary/metric_series.h"
#include "report/summary/phase_time.h"
#include "report/summary/throughput.h"
#include "report/summary/windowed_expectations.h"
#include "report/summary/windows.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

namespace {

/// Blocks of time a phase is cut into for the bootstrap: neighbours in time are alike, so a block lasts at
/// least a second, and more than twenty would be too short to be independent.
constexpr nanoseconds shortest_block = std::chrono::seconds{1};
constexpr std::int64_t most_blocks = 20;

struct PhasePlan {
    std::string name;
    bool warmup = false;
    bool scenario_may_refuse = false;  ///< its requests may go unsent because the scenario caps them
    PhaseTime time;

    std::size_t blocks() const {
        return static_cast<std::size_t>(
            std::clamp<std::int64_t>(time.duration() / shortest_block, 1, most_blocks));
    }
    std::size_t block_of(nanoseconds moment) const {
        if (moment <= time.begin || blocks() == 1) return 0;
        const nanoseconds block = time.duration() / static_cast<std::int64_t>(blocks());
        return std::min(static_cast<std::size_t>((moment - time.begin) / block), blocks() - 1);
    }
};

std::vector<PhasePlan> plan_phases(const scenarios::Scenario& scenario) {
    std::vector<PhasePlan> plans;
    const auto times = phase_times(scenario);
    for (std::size_t i = 0; i < scenario.load.size(); ++i) {
        const auto& phase = scenario.load[i];
        const auto* open_loop = std::get_if<scenarios::OpenLoop>(&phase.shape);
        const bool capped = scenario.connections.max || (open_loop != nullptr && open_loop->max_in_flight);
        plans.push_back({phase.name, phase.warmup, capped, times[i]});
    }
    return plans;
}

std::vector<std::size_t> blocks_of(const std::vector<PhasePlan>& plans) {
    std::vector<std::size_t> blocks;
    blocks.reserve(plans.size());
    for (const auto& plan : plans)
        blocks.push_back(plan.blocks());
    return blocks;
}

/// One target in one phase.
struct GroupTally {
    GroupCounts counts;
    std::vector<MetricSeries> metrics;  ///< by Metric
    Throughput throughput;

    GroupTally(const PhasePlan& phase, std::size_t goodputs)
        : counts(goodputs), metrics(metric_count, MetricSeries(phase.blocks())) {}

    MetricSeries& metric(Metric metric) { return metrics[static_cast<std::size_t>(metric)]; }

    void merge(const GroupTally& other) {
        counts.merge(other.counts);
        for (std::size_t i = 0; i < metrics.size(); ++i)
            metrics[i].merge(other.metrics[i]);
        throughput.merge(other.throughput);
    }
};

struct TargetTally {
    std::string name;
    bool tls = false;
    std::vector<GroupTally> phases;
    HeaderSets headers;
    Concurrency concurrency;
    Windows windows;

    void merge(const TargetTally& other) {
        for (std::size_t i = 0; i < phases.size(); ++i)
            phases[i].merge(other.phases[i]);
        headers.merge(other.headers);
        concurrency.merge(other.concurrency);
        windows.merge(other.windows);
    }
};

/// A seed of its own for every metric (the finalizer of splitmix64).
std::uint64_t mix(std::uint64_t seed, std::uint64_t salt) {
    std::uint64_t z = seed + (salt + 1) * 0x9e3779b97f4a7c15;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

std::vector<Remedy> remedies_for(const TargetTally& target, const BufferingVerdict& verdict) {
    const auto responses = target.headers.all();
    const auto encoded = [](const HeaderFields& fields) {
        return std::ranges::any_of(fields,
                                   [](const auto& field) { return is_content_encoding(field.first); });
    };
    const TargetFacts facts{target.tls, std::ranges::any_of(responses, encoded)};
    return find_remedies(remedy_catalogue(), responses, verdict, facts);
}

/// One target over the phases with the numbers given, as one group.
class GroupSummarizer {
  public:
    GroupSummarizer(const TargetTally& target, const std::vector<PhasePlan>& plans, nanoseconds run_end)
        : target_(target), plans_(plans), run_end_(run_end) {}

    GroupSummary summarize(const std::vector<std::size_t>& phases, std::size_t goodputs,
                           std::uint64_t seed) const {
        GroupSummary summary;
        summary.target = target_.name;
        GroupCounts counts(goodputs);
        for (const auto phase : phases)
            counts.merge(target_.phases[phase].counts);
        counts.summarize(summary);
        add_rates(phases, summary);
        add_metrics(phases, seed, summary);
        const auto hold = summary.metrics.find("hold");
        if (hold != summary.metrics.end()) hold->second.max = counts.longest_hold();
        return summary;
    }

  private:
    void add_rates(const std::vector<std::size_t>& phases, GroupSummary& into) const {
        Throughput throughput;
        for (const auto phase : phases) {
            const PhaseTime time = plans_[phase].time.until(run_end_);
            throughput.merge(target_.phases[phase].throughput);
            into.duration += time.duration();
            into.concurrency_max = std::max(into.concurrency_max, target_.concurrency.maximum(time));
        }
        if (into.duration <= nanoseconds{0}) return;
        const auto ns = static_cast<double>(into.duration.count());
        const auto completed = into.outcomes[static_cast<std::size_t>(Outcome::completed)];
        into.requests_per_second = static_cast<double>(completed) * 1e9 / ns;
        into.events_per_second = static_cast<double>(throughput.token_events) * 1e9 / ns;
        into.tokens_per_second = static_cast<double>(throughput.tokens) * 1e9 / ns;
        into.concurrency_mean = static_cast<double>(throughput.open_ns) / ns;
    }

    void add_metrics(const std::vector<std::size_t>& phases, std::uint64_t seed, GroupSummary& into) const {
        for (std::size_t i = 0; i < metric_count; ++i) {
            std::vector<const MetricSeries*> series;
            series.reserve(phases.size());
            for (const auto phase : phases)
                series.push_back(&target_.phases[phase].metrics[i]);
            auto summary = summarize_metric(series, mix(seed, i));
            if (summary.count + summary.censored > 0) {
                into.metrics.emplace(metric_names[i], std::move(summary));
            }
        }
    }

    const TargetTally& target_;
    const std::vector<PhasePlan>& plans_;
    nanoseconds run_end_;
};

}  // namespace

struct RunAggregate::State {
    std::vector<PhasePlan> plans;
    std::vector<GoodputLimits> goodputs;
    std::vector<TargetTally> targets;
    ComparisonTally comparison;
    WindowedExpectations windowed;
    LabelTally labels;

    explicit State(const scenarios::Scenario& scenario)
        : plans(plan_phases(scenario)),
          comparison(scenario),
          windowed(scenario),
          labels(scenario, blocks_of(plans)) {}

    bool knows(std::uint32_t target, std::uint32_t phase) const {
        return target < targets.size() && phase < plans.size();
    }
};

RunAggregate::RunAggregate(const scenarios::Scenario& scenario) : state_(std::make_unique<State>(scenario)) {
    state_->goodputs = goodput_limits(scenario);
    for (const auto& target : scenario.targets) {
        auto& tally = state_->targets.emplace_back();
        tally.name = target.name;
        tally.tls = target.url.tls;
        for (const auto& plan : state_->plans)
            tally.phases.emplace_back(plan, state_->goodputs.size());
    }
}

RunAggregate::~RunAggregate() = default;
RunAggregate::RunAggregate(RunAggregate&&) noexcept = default;
RunAggregate& RunAggregate::operator=(RunAggregate&&) noexcept = default;

void RunAggregate::add(const RequestMetrics& request) {
    if (!state_->knows(request.target, request.phase)) return;
    TargetTally& target = state_->targets[request.target];
    const PhasePlan& plan = state_->plans[request.phase];
    GroupTally& group = target.phases[request.phase];
    group.counts.add(request, state_->goodputs, !plan.scenario_may_refuse);
    const std::size_t block = plan.block_of(request.start);
    for (std::size_t i = 0; i < metric_count; ++i) {
        group.metrics[i].record(block, sample_of(static_cast<Metric>(i), request));
    }
    for (std::size_t i = 0; i < state_->plans.size(); ++i) {
        target.phases[i].throughput.add(request, state_->plans[i].time);
    }
    target.headers.add(request.product_headers);
    target.concurrency.add(request);
    target.windows.add(request);
    state_->comparison.add(request);
    state_->windowed.add(request);
    state_->labels.add(request, block);
}

void RunAggregate::add_gap(std::uint32_t target, std::uint32_t phase, nanoseconds start, nanoseconds gap) {
    if (!state_->knows(target, phase)) return;
    const std::size_t block = state_->plans[phase].block_of(start);
    state_->targets[target].phases[phase].metric(Metric::itl).record(block, {Sample::Kind::measured, gap});
}

void RunAggregate::add_gaps(std::uint32_t target, std::uint32_t phase, nanoseconds start,
                            const Histogram& gaps) {
    if (!state_->knows(target, phase)) return;
    const std::size_t block = state_->plans[phase].block_of(start);
    state_->targets[target].phases[phase].metric(Metric::itl).record_values(block, gaps);
}

void RunAggregate::merge(const RunAggregate& other) {
    for (std::size_t i = 0; i < state_->targets.size(); ++i)
        state_->targets[i].merge(other.state_->targets[i]);
    state_->comparison.merge(other.state_->comparison);
    state_->windowed.merge(other.state_->windowed);
    state_->labels.merge(other.state_->labels);
}

void RunAggregate::summarize(Summary& into, std::uint64_t seed) const {
    into.groups.clear();
    into.windows.clear();
    const auto& plans = state_->plans;
    const nanoseconds run_end = into.run.duration > nanoseconds{0} ? into.run.duration : nanoseconds::max();
    std::vector<std::size_t> measured;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        if (!plans[i].warmup) measured.push_back(i);
    }
    std::uint64_t number = 0;
    for (const TargetTally& target : state_->targets) {
        const GroupSummarizer summarizer(target, plans, run_end);
        const std::size_t goodputs = state_->goodputs.size();
        auto all = summarizer.summarize(measured, goodputs, mix(seed, number++));
        all.remedies = remedies_for(target, all.buffering.verdict);
        into.groups.push_back(std::move(all));
        for (std::size_t i = 0; i < plans.size(); ++i) {
            auto group = summarizer.summarize({i}, goodputs, mix(seed, number++));
            group.phase = plans[i].name;
            group.warmup = plans[i].warmup;
            into.groups.push_back(std::move(group));
        }
        auto windows = target.windows.summarize(target.name);
        std::move(windows.begin(), windows.end(), std::back_inserter(into.windows));
    }
    state_->comparison.summarize(into, mix(seed, number++));
    state_->labels.summarize(into, mix(seed, number));
    state_->windowed.summarize(into, run_end);
}

}  // namespace streamgauge::report
