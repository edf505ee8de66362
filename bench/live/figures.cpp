#include "bench/live/figures.h"

#include "report/summary/validity.h"

#include <algorithm>
#include <utility>

namespace streamgauge::live {

namespace {

using namespace std::chrono_literals;
using report::Histogram;

constexpr std::size_t seconds_of_lately = 10;

std::optional<nanoseconds> quantile_of(const Histogram& histogram, double quantile) {
    if (histogram.empty()) return std::nullopt;
    return histogram.quantile(quantile);
}

std::optional<double> value_of(const Histogram& histogram, double quantile) {
    if (histogram.empty()) return std::nullopt;
    return static_cast<double>(histogram.quantile(quantile).count());
}

double share(std::uint64_t count, std::uint64_t of) {
    return of == 0 ? 0 : static_cast<double>(count) / static_cast<double>(of);
}

}  // namespace

Figures::Figures(const scenarios::Scenario& scenario, unsigned workers, nanoseconds rate_span)
    : scenario_(scenario),
      workers_(workers),
      requests_rate_(rate_span),
      tokens_rate_(rate_span),
      cpu_rate_(rate_span),
      targets_(scenario.targets.size()) {}

void Figures::add(nanoseconds elapsed, const EndedRequests& ended, const load::Progress& progress,
                  nanoseconds cpu_time) {
    elapsed_ = std::max(elapsed, 0ns);
    progress_ = progress;
    requests_per_second_ = requests_rate_.sample(elapsed_, progress.requests_done);
    tokens_per_second_ = tokens_rate_.sample(elapsed_, progress.token_events);
    const double cpu_ns_per_second =
        cpu_rate_.sample(elapsed_, static_cast<std::uint64_t>(std::max<std::int64_t>(cpu_time.count(), 0)));
    busy_share_ = cpu_ns_per_second / 1e9 / std::max(workers_, 1u);
    begin_seconds(progress);
    add_outcomes(ended);
    for (const auto& request : ended.requests)
        add_request(request);
}

/// Once a second: closes the one that was open. One that was slept through stays empty.
void Figures::begin_seconds(const load::Progress& progress) {
    const auto now = elapsed_ / 1s;
    if (now == second_) return;
    if (second_ >= 0) finish_second(progress, static_cast<double>(now - second_));
    const auto first = std::max(second_ + 1, now - static_cast<std::int64_t>(longest_series));
    for (auto second = first; second <= now; ++second) {
        seconds_.emplace_back();
        seconds_.back().ttft.assign(targets_.size(), Histogram(figure_error));
    }
    while (seconds_.size() > longest_series + 1)
        seconds_.pop_front();
    if (second_ >= 0) at_second_ = progress;
    second_ = now;
    judge_buffering();
}

/// What grew in `seconds` seconds, as the rate of the one that was open.
void Figures::finish_second(const load::Progress& progress, double seconds) {
    const auto growth = [seconds](std::uint64_t now, std::uint64_t before) {
        return static_cast<double>(now - std::min(before, now)) / seconds;
    };
    Second& second = seconds_.back();
    second.open = static_cast<double>(progress.streams_open);
    second.requests = growth(progress.requests_done, at_second_.requests_done);
    second.tokens = growth(progress.token_events, at_second_.token_events);
    second.errors = growth(progress.errors, at_second_.errors);
    const auto ttft = ttft_of(second);
    second.ttft_p50 = value_of(ttft, 0.5);
    second.ttft_p95 = value_of(ttft, 0.95);
}

void Figures::add_outcomes(const EndedRequests& ended) {
    for (std::size_t target = 0; target < std::min(targets_.size(), ended.outcomes.size()); ++target) {
        for (std::size_t outcome = 0; outcome < report::outcome_count; ++outcome) {
            const auto count = ended.outcomes[target][outcome];
            outcomes_[outcome] += count;
            targets_[target].ended += count;
            if (report::is_error(static_cast<report::Outcome>(outcome))) targets_[target].errors += count;
        }
    }
}

void Figures::add_request(const EndedRequest& request) {
    if (request.target >= targets_.size() || request.phase >= scenario_.load.size()) return;
    Second& second = seconds_.back();
    if (request.ttft) second.ttft[request.target].record(*request.ttft);
    if (request.send_lag) second.send_lag.record(*request.send_lag);
    second.token_events += request.token_events;
    second.uncertain_events += request.uncertain_events;

    const bool warmup = scenario_.load[request.phase].warmup;
    if (warmup && measured_) return;
    if (!warmup && !measured_) {
        measured_ = true;
        for (auto& target : targets_)
            target.streams = {};
    }
    targets_[request.target].streams.add(request.buffering);
    targets_[request.target].to_judge = true;
}

/// Takes a moment with many streams in bursts, so not in every turn.
void Figures::judge_buffering() {
    for (auto& target : targets_) {
        if (!std::exchange(target.to_judge, false)) continue;
        target.buffering = target.streams.pooled();
        target.buffering.evidence.clear();
    }
}

Snapshot Figures::snapshot() const {
    Snapshot shown;
    shown.scenario = scenario_.name;
    for (const auto& phase : scenario_.load)
        shown.phases.push_back({phase.name, phase.duration, phase.warmup});
    shown.phase = progress_.phase;
    shown.stage = progress_.draining ? Stage::draining : Stage::running;
    shown.elapsed = elapsed_;
    shown.streams_open = progress_.streams_open;
    shown.requests_done = progress_.requests_done;
    shown.errors = progress_.errors;
    shown.request_limit = scenario_.limits.requests;
    shown.requests_per_second = requests_per_second_;
    shown.tokens_per_second = tokens_per_second_;
    shown.outcomes = outcomes_;
    shown.client.busy_share = busy_share_;
    show_series(shown);
    show_lately(shown);
    show_targets(shown);
    return shown;
}

Histogram Figures::ttft_of(const Second& second) const {
    Histogram ttft(figure_error);
    for (const auto& target : second.ttft)
        ttft.merge(target);
    return ttft;
}

void Figures::show_series(Snapshot& into) const {
    for (std::size_t i = 0; i + 1 < seconds_.size(); ++i) {
        const Second& second = seconds_[i];
        into.open_series.emplace_back(second.open);
        into.requests_series.emplace_back(second.requests);
        into.tokens_series.emplace_back(second.tokens);
        into.errors_series.emplace_back(second.errors);
        into.ttft_p50_series.push_back(second.ttft_p50);
        into.ttft_p95_series.push_back(second.ttft_p95);
    }
}

/// Index of the first second that belongs to the last few.
std::size_t Figures::first_lately() const {
    return seconds_.size() - std::min(seconds_.size(), seconds_of_lately);
}

void Figures::show_lately(Snapshot& into) const {
    Histogram ttft(figure_error), send_lag(figure_error);
    std::uint64_t token_events = 0, uncertain_events = 0;
    for (std::size_t i = first_lately(); i < seconds_.size(); ++i) {
        ttft.merge(ttft_of(seconds_[i]));
        send_lag.merge(seconds_[i].send_lag);
        token_events += seconds_[i].token_events;
        uncertain_events += seconds_[i].uncertain_events;
    }
    into.ttft_p50 = quantile_of(ttft, 0.5);
    into.ttft_p95 = quantile_of(ttft, 0.95);
    into.client.send_lag_p99 = quantile_of(send_lag, 0.99);
    into.client.send_lag_limit = report::send_lag_limit(into.ttft_p50);
    into.client.uncertain_share = share(uncertain_events, token_events);
}

void Figures::show_targets(Snapshot& into) const {
    for (std::size_t i = 0; i < targets_.size(); ++i) {
        Histogram ttft(figure_error);
        for (std::size_t second = first_lately(); second < seconds_.size(); ++second)
            ttft.merge(seconds_[second].ttft[i]);
        const Target& target = targets_[i];
        into.targets.push_back({scenario_.targets[i].name, target.ended, target.errors,
                                quantile_of(ttft, 0.95), target.buffering});
    }
}

}  // namespace streamgauge::live
