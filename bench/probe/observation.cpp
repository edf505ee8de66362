#include "bench/probe/observation.h"

#include "report/buffering/bursts.h"
#include "report/buffering/detector.h"
#include "report/buffering/remedies/product_headers.h"
#include "report/buffering/tally.h"
#include "report/model/client_certainty.h"

#include <boost/algorithm/string/case_conv.hpp>
#include <boost/algorithm/string/classification.hpp>
#include <boost/algorithm/string/predicate.hpp>
#include <boost/algorithm/string/trim.hpp>

#include <algorithm>
#include <utility>

namespace streamgauge::probe {

namespace {

using report::Outcome;
using report::StreamTimeline;
using Seconds = std::chrono::duration<double>;

template <typename Value>
std::optional<Value> median(std::vector<Value> values) {
    if (values.empty()) return std::nullopt;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>((values.size() - 1) / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

bool is_timeout(Outcome outcome) {
    return outcome == Outcome::timeout_total || outcome == Outcome::timeout_first_token ||
           outcome == Outcome::timeout_idle || outcome == Outcome::timeout_stall;
}

bool is_answered(const StreamTimeline& timeline) {
    return timeline.sent && !timeline.tokens.empty();
}

/// What we cut off ourselves has not ended: more may have followed.
report::BufferingVerdict judge(const StreamTimeline& timeline) {
    if (!is_timeout(timeline.outcome) && timeline.outcome != Outcome::aborted)
        return report::detect_buffering(timeline);
    StreamTimeline open = timeline;
    open.end.reset();
    return report::detect_buffering(open);
}

std::vector<const StreamTimeline*> timelines_of(std::span<const Trial> trials, Variant variant) {
    std::vector<const StreamTimeline*> found;
    for (const auto& trial : trials) {
        if (trial.variant == variant) found.push_back(&trial.timeline);
    }
    return found;
}

/// Figures of the answered streams of one variant, before the medians are taken.
struct Figures {
    std::vector<nanoseconds> ttft, ttfb, e2e, ttft_reused;
    std::vector<double> token_events, event_bytes, tokens_per_second, pace, events_per_burst,
        events_per_chunk, chunk_bytes;

    void add(const StreamTimeline& timeline);
    void write(Observation& observation) const;
};

double per_second(double count, nanoseconds time) {
    return time > nanoseconds{0} ? count / Seconds{time}.count() : 0;
}

void Figures::add(const StreamTimeline& timeline) {
    const auto since_sent = [&](report::Moment moment) { return moment - *timeline.sent; };
    const auto first = since_sent(timeline.arrival(0));
    const auto last = since_sent(timeline.arrival(timeline.tokens.size() - 1));
    const auto events = static_cast<double>(timeline.tokens.size());
    ttft.push_back(first);
    if (timeline.headers) ttfb.push_back(since_sent(*timeline.headers));
    if (timeline.end) e2e.push_back(since_sent(*timeline.end));
    if (!timeline.new_connection) ttft_reused.push_back(first);
    token_events.push_back(events);
    tokens_per_second.push_back(per_second(events, last));
    pace.push_back(per_second(events - 1, last - first));
    std::vector<double> sizes;
    for (const auto& token : timeline.tokens)
        sizes.push_back(token.bytes);
    event_bytes.push_back(median(sizes).value_or(0));
    const auto signals = report::measure_bursts(timeline);
    events_per_burst.push_back(signals.events_per_burst);
    events_per_chunk.push_back(signals.events_per_chunk);
    chunk_bytes.push_back(signals.chunk_bytes);
}

void Figures::write(Observation& observation) const {
    observation.ttft = median(ttft);
    observation.ttfb = median(ttfb);
    observation.e2e = median(e2e);
    observation.ttft_reused = median(ttft_reused);
    observation.token_events = median(token_events).value_or(0);
    observation.event_bytes = median(event_bytes).value_or(0);
    observation.tokens_per_second = median(tokens_per_second).value_or(0);
    observation.pace = median(pace).value_or(0);
    observation.events_per_burst = median(events_per_burst).value_or(0);
    observation.events_per_chunk = median(events_per_chunk).value_or(0);
    observation.chunk_bytes = median(chunk_bytes).value_or(0);
}

void note_failure(const StreamTimeline& timeline, Observation& observation) {
    if (!report::is_error(timeline.outcome)) return;
    const bool answered = is_answered(timeline);
    if (answered && is_timeout(timeline.outcome)) {
        ++observation.cut;
        return;
    }
    if (answered) ++observation.broken;
    if (observation.failed_as != Outcome::completed) return;
    observation.failed_as = timeline.outcome;
    observation.failure = boost::algorithm::trim_right_copy_if(timeline.detail, boost::is_any_of(" .:"));
    observation.failed_status = timeline.http_status;
}

void note_certainty(const StreamTimeline& timeline, Observation& observation) {
    observation.all_events += timeline.tokens.size();
    report::for_each_token_read(timeline, [&](std::size_t first, std::size_t end, bool uncertain) {
        if (uncertain) observation.uncertain_events += end - first;
    });
}

std::string content_type_of(const StreamTimeline& timeline) {
    const auto field = std::ranges::find_if(timeline.response_headers, [](const auto& each) {
        return boost::algorithm::iequals(each.first, "content-type");
    });
    if (field == timeline.response_headers.end()) return {};
    return boost::algorithm::to_lower_copy(field->second);
}

std::optional<nanoseconds> connecting_time(const StreamTimeline& timeline) {
    const auto done = timeline.tls_done ? timeline.tls_done : timeline.connected;
    if (!timeline.connect_start || !done) return std::nullopt;
    return *done - *timeline.connect_start;
}

std::vector<nanoseconds> arrivals_of(const StreamTimeline& timeline) {
    std::vector<nanoseconds> arrivals;
    for (std::size_t i = 0; i < timeline.tokens.size(); ++i)
        arrivals.push_back(timeline.arrival(i) - *timeline.sent);
    return arrivals;
}

/// The pooled verdict in the words of the first stream that has its kind.
report::BufferingVerdict pool(const std::vector<report::BufferingVerdict>& verdicts) {
    report::BufferingTally tally;
    for (const auto& verdict : verdicts)
        tally.add(verdict);
    auto pooled = tally.pooled();
    const auto typical = std::ranges::find(verdicts, pooled.kind, &report::BufferingVerdict::kind);
    if (typical == verdicts.end()) return pooled;
    pooled.evidence = typical->evidence;
    if (!pooled.estimated_hold) pooled.estimated_hold = typical->estimated_hold;
    if (!pooled.rhythm) pooled.rhythm = typical->rhythm;
    return pooled;
}

}  // namespace

std::optional<Observation> observe(std::span<const Trial> trials, Variant variant) {
    const auto timelines = timelines_of(trials, variant);
    if (timelines.empty()) return std::nullopt;
    Observation observation;
    observation.variant = variant;
    observation.requests = timelines.size();
    observation.connect = connecting_time(*timelines.front());
    observation.content_type = content_type_of(*timelines.front());
    Figures figures;
    report::HeaderSets headers;
    std::vector<report::BufferingVerdict> verdicts;
    for (const auto* timeline : timelines) {
        note_failure(*timeline, observation);
        headers.add(report::product_headers(timeline->response_headers, report::remedy_catalogue()));
        if (!is_answered(*timeline)) continue;
        ++observation.answered;
        note_certainty(*timeline, observation);
        figures.add(*timeline);
        verdicts.push_back(judge(*timeline));
        if (observation.arrivals.empty()) {
            observation.arrivals = arrivals_of(*timeline);
            observation.content_encoding = timeline->content_encoding;
        }
    }
    figures.write(observation);
    if (!verdicts.empty()) observation.verdict = pool(verdicts);
    observation.headers = headers.all();
    return observation;
}

report::BufferingVerdict pooled_verdict(std::span<const Trial> trials, std::span<const Variant> variants) {
    std::vector<report::BufferingVerdict> verdicts;
    for (const auto& trial : trials) {
        const auto& coding = trial.timeline.content_encoding;
        if (!is_answered(trial.timeline) || (!coding.empty() && coding != "identity")) continue;
        if (std::ranges::find(variants, trial.variant) != variants.end())
            verdicts.push_back(judge(trial.timeline));
    }
    return pool(verdicts);
}

}  // namespace streamgauge::probe
