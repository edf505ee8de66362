#include "report/summary/group_counts.h"

#include "report/summary/metric.h"

#include <algorithm>
#include <cmath>

namespace streamgauge::report {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

void NielsenBands::add(nanoseconds wait) {
    ++counts[wait <= 100ms ? 0 : wait <= 1s ? 1 : wait <= 10s ? 2 : 3];
}

void NielsenBands::merge(const NielsenBands& other) {
    for (std::size_t i = 0; i < counts.size(); ++i)
        counts[i] += other.counts[i];
}

void ExactMean::add(double value, std::uint64_t weight) {
    billionths_ +=
        static_cast<decltype(billionths_)>(std::llround(std::clamp(value, -1e9, 1e9) * 1e9)) * weight;
    weight_ += weight;
}

void ExactMean::merge(const ExactMean& other) {
    billionths_ += other.billionths_;
    weight_ += other.weight_;
}

std::optional<double> ExactMean::mean() const {
    if (weight_ == 0) return std::nullopt;
    return static_cast<double>(billionths_) / 1e9 / static_cast<double>(weight_);
}

void GroupCounts::add(const RequestMetrics& request, std::span<const GoodputLimits> limits, bool ours) {
    outcomes_.add(request, ours);
    for (std::size_t i = 0; i < limits.size(); ++i) {
        if (meets(request, limits[i])) ++goodputs_[i];
    }
    add_tokens(request);
    add_waits(request);
    if (request.token_events > 0) buffering_.add(request.buffering);
    add_ending(request);
}

void GroupCounts::add_ending(const RequestMetrics& request) {
    constexpr int gateway_timeout = 504;
    if (!request.age || !request.silence || !request.longest_silence) return;
    const bool failed_early =
        request.outcome == Outcome::http_error && request.http_status == gateway_timeout;
    if (request.outcome == Outcome::http_error && !failed_early) return;
    // What names a reason to finish was finished, though its end mark is missing.
    const bool broken = request.outcome == Outcome::truncated || request.outcome == Outcome::reset ||
                        request.outcome == Outcome::malformed;
    endings_.add({.cut = failed_early || (broken && request.finish_reason.empty()),
                  .age = *request.age,
                  .silence = *request.silence,
                  .longest_silence = *request.longest_silence,
                  .tokens = request.token_events});
}

void GroupCounts::add_tokens(const RequestMetrics& request) {
    if (request.token_events == 0) return;
    token_events_ += request.token_events;
    output_tokens_ += request.output_tokens.value_or(request.token_events);
    uncertain_events_ += request.uncertain_events;
    stalls_ += request.stalls;
    if (!request.tokens_from_usage) ++streams_without_usage_;
    if (request.tokens_per_event) tokens_per_event_.add(*request.tokens_per_event, request.token_events);
    if (request.events_per_read) reads_per_event_.add(1 / *request.events_per_read, request.token_events);
}

void GroupCounts::add_waits(const RequestMetrics& request) {
    const Sample ttft = sample_of(Metric::ttft, request);
    // A request that was cut waited for longer than it was given.
    if (ttft.kind == Sample::Kind::measured) ttft_bands_.add(ttft.value);
    if (ttft.kind == Sample::Kind::censored) ttft_bands_.add(ttft.value + 1ns);
    if (request.max_gap) max_gap_bands_.add(*request.max_gap);
    if (request.jank) jank_.add(*request.jank);
    if (request.fluidity) fluidity_.add(*request.fluidity);
    if (request.hold_max) longest_hold_ = std::max(longest_hold_, *request.hold_max);
}

void GroupCounts::merge(const GroupCounts& other) {
    outcomes_.merge(other.outcomes_);
    for (std::size_t i = 0; i < goodputs_.size(); ++i)
        goodputs_[i] += other.goodputs_[i];
    token_events_ += other.token_events_;
    output_tokens_ += other.output_tokens_;
    uncertain_events_ += other.uncertain_events_;
    stalls_ += other.stalls_;
    streams_without_usage_ += other.streams_without_usage_;
    longest_hold_ = std::max(longest_hold_, other.longest_hold_);
    jank_.merge(other.jank_);
    fluidity_.merge(other.fluidity_);
    tokens_per_event_.merge(other.tokens_per_event_);
    reads_per_event_.merge(other.reads_per_event_);
    ttft_bands_.merge(other.ttft_bands_);
    max_gap_bands_.merge(other.max_gap_bands_);
    buffering_.merge(other.buffering_);
    endings_.merge(other.endings_);
}

void GroupCounts::summarize(GroupSummary& into) const {
    into.due = outcomes_.due();
    into.outcomes = outcomes_.counts();
    into.rate_limited = outcomes_.rate_limited();
    into.answered = outcomes_.answered();
    into.undelivered = outcomes_.undelivered();
    into.error_examples = outcomes_.error_examples();
    into.errors = {outcomes_.errors(), into.due};
    for (const auto count : goodputs_)
        into.goodputs.push_back({count, into.due});
    if (!into.goodputs.empty()) into.goodput = into.goodputs.front();
    into.token_events = token_events_;
    into.output_tokens = output_tokens_;
    into.uncertain_events = uncertain_events_;
    into.stalls = stalls_;
    into.tokens_from_usage = token_events_ > 0 && streams_without_usage_ == 0;
    into.jank_mean = jank_.mean();
    into.fluidity_mean = fluidity_.mean();
    into.tokens_per_event = tokens_per_event_.mean();
    if (const auto reads = reads_per_event_.mean()) into.events_per_read = 1 / *reads;
    into.ttft_bands = ttft_bands_.counts;
    into.max_gap_bands = max_gap_bands_.counts;
    into.cut_off = endings_.cut_off();
    into.buffering.verdict = buffering_.pooled();
    for (std::size_t i = 0; i < buffering_names.size(); ++i) {
        const auto streams = buffering_.count(static_cast<BufferingKind>(i));
        if (streams > 0) into.buffering.streams.emplace(buffering_names[i], streams);
    }
}

}  // namespace streamgauge::report
