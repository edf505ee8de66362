#include "report/buffering/bursts.h"

#include "report/model/client_certainty.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

std::vector<std::size_t> events_of_reads(const StreamTimeline& timeline) {
    std::vector<std::size_t> events(timeline.reads.size());
    for (const auto& token : timeline.tokens)
        ++events[token.read];
    return events;
}

/// The usual time between reads that brought tokens: a stream that fills a large socket buffer at once is
/// read in pieces, which are one burst however many events they hold.
nanoseconds usual_read_gap(const StreamTimeline& timeline) {
    std::vector<nanoseconds> gaps;
    gaps.reserve(timeline.tokens.size());
    for (std::size_t i = 1; i < timeline.tokens.size(); ++i) {
        if (timeline.tokens[i].read != timeline.tokens[i - 1].read)
            gaps.push_back(timeline.arrival(i) - timeline.arrival(i - 1));
    }
    if (gaps.empty()) return 0ns;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return *middle;
}

nanoseconds joining_gap(const StreamTimeline& timeline) {
    const auto last = timeline.tokens.size() - 1;
    if (last == 0) return 2ms;
    const auto per_event = (timeline.arrival(last) - timeline.arrival(0)) / static_cast<std::int64_t>(last);
    if (per_event >= 4ms) return 2ms;
    return std::min<nanoseconds>(2ms, std::max(per_event, usual_read_gap(timeline)) / 2);
}

/// The most events that came within `width`, and how far apart the first and last of them were.
void find_largest_group(const std::vector<Moment>& arrivals, nanoseconds width, BurstSignals& signals) {
    std::size_t begin = 0, most = 0;
    for (std::size_t end = 0; end < arrivals.size(); ++end) {
        while (arrivals[end] - arrivals[begin] > width)
            ++begin;
        if (end - begin + 1 <= most) continue;
        most = end - begin + 1;
        signals.largest_span = arrivals[end] - arrivals[begin];
    }
    if (!arrivals.empty()) {
        signals.largest_share = static_cast<double>(most) / static_cast<double>(arrivals.size());
    }
}

std::vector<Moment> certain_arrivals(const StreamTimeline& timeline) {
    const auto events = events_of_reads(timeline);
    std::vector<Moment> arrivals;
    arrivals.reserve(timeline.tokens.size());
    for (const auto& token : timeline.tokens) {
        const auto& read = timeline.reads[token.read];
        if (!is_client_uncertain(read, events[token.read])) arrivals.push_back(read.arrival);
    }
    return arrivals;
}

/// Usual time between two events: the median over bursts, each counted once for every event in it, of the
/// time since the burst before per event. 0 for a stream of one burst.
double usual_ns_per_event(const std::vector<Burst>& bursts) {
    std::vector<std::pair<double, double>> paces;  // ns per event, events
    double events = 0;
    for (std::size_t i = 1; i < bursts.size(); ++i) {
        if (bursts[i].events == 0) continue;
        const auto count = static_cast<double>(bursts[i].events);
        const auto gap = static_cast<double>((bursts[i].first - bursts[i - 1].last).count());
        paces.emplace_back(std::max(0.0, gap) / count, count);
        events += count;
    }
    std::ranges::sort(paces);
    double seen = 0;
    for (const auto& [pace, count] : paces) {
        seen += count;
        if (seen * 2 >= events) return pace;
    }
    return 0;
}

/// A burst of m events that were made in `time` holds its j-th event time * (m - j) / m, if tokens were made
/// evenly.
nanoseconds estimate_hold(const std::vector<Burst>& bursts, nanoseconds time_to_first_token) {
    const auto times = making_times(bursts, time_to_first_token);
    std::vector<double> holds;
    for (std::size_t i = 0; i < bursts.size(); ++i) {
        const auto count = static_cast<double>(bursts[i].events);
        for (std::size_t j = 1; j <= bursts[i].events; ++j) {
            holds.push_back(static_cast<double>(times[i].count()) * (count - static_cast<double>(j)) / count);
        }
    }
    if (holds.empty()) return 0ns;
    const auto rank = (holds.size() - 1) * 95 / 100;
    std::nth_element(holds.begin(), holds.begin() + static_cast<std::ptrdiff_t>(rank), holds.end());
    return nanoseconds(static_cast<std::int64_t>(holds[rank]));
}

/// Fits the rules of release to interior bursts, each with the gap before it.
void fit_rules(const std::vector<Burst>& bursts, BurstSignals& signals) {
    std::vector<double> bytes, counts, gaps;
    double gap_sum = 0, byte_sum = 0, count_sum = 0;
    for (std::size_t i = 1; i + 1 < bursts.size(); ++i) {
        if (bursts[i].uncertain_events + bursts[i - 1].uncertain_events > 0) continue;
        gaps.push_back(static_cast<double>((bursts[i].first - bursts[i - 1].first).count()));
        bytes.push_back(static_cast<double>(bursts[i].wire_bytes));
        counts.push_back(static_cast<double>(bursts[i].events));
        gap_sum += gaps.back();
        byte_sum += bytes.back();
        count_sum += counts.back();
    }
    if (bursts.size() == 2 && bursts[0].uncertain_events + bursts[1].uncertain_events == 0) {
        gap_sum = static_cast<double>((bursts[1].first - bursts[0].first).count());
        byte_sum = static_cast<double>(bursts[1].wire_bytes);
        count_sum = static_cast<double>(bursts[1].events);
    }
    if (count_sum <= 0) return;
    signals.ns_per_event = gap_sum / count_sum;
    signals.bytes_per_event = byte_sum / count_sum;
    // A client wakes, and a path's timer fires, a little early or late.
    constexpr double clock_blur_ns = 5e6;
    signals.window = fit_constant(counts);
    signals.timer = fit_threshold(gaps, signals.ns_per_event, clock_blur_ns);
    signals.size = fit_threshold(bytes, signals.bytes_per_event, 0.1 * signals.bytes_per_event);
}

void measure_interior(const std::vector<Burst>& bursts, BurstSignals& signals) {
    std::vector<double> bytes, counts, gaps;
    for (std::size_t i = 1; i < bursts.size(); ++i) {
        const bool blurred = bursts[i].uncertain_events + bursts[i - 1].uncertain_events > 0;
        if (!blurred) gaps.push_back(static_cast<double>((bursts[i].first - bursts[i - 1].first).count()));
        if (i + 1 == bursts.size() || blurred) continue;
        bytes.push_back(static_cast<double>(bursts[i].wire_bytes));
        counts.push_back(static_cast<double>(bursts[i].events));
    }
    if (!bursts.empty()) {
        signals.first_bytes = bursts.front().wire_bytes;
        if (bursts.front().uncertain_events == 0) signals.first_events = bursts.front().events;
    }
    // The last burst is what was left over, so the gap before it says nothing about a timer or a size.
    if (gaps.size() > 1) gaps.pop_back();
    signals.interior = bytes.size();
    signals.bytes = variation_of(std::move(bytes));
    signals.counts = variation_of(std::move(counts));
    signals.gap_ns = variation_of(std::move(gaps));
}

void measure_chunks(const StreamTimeline& timeline, BurstSignals& signals) {
    if (timeline.http_chunks.empty()) return;
    std::vector<double> sizes(timeline.http_chunks.begin(), timeline.http_chunks.end());
    signals.events_per_chunk =
        static_cast<double>(timeline.tokens.size()) / static_cast<double>(timeline.http_chunks.size());
    signals.chunk_bytes = variation_of(std::move(sizes)).median;
}

}  // namespace

std::vector<Burst> find_bursts(const StreamTimeline& timeline) {
    std::vector<Burst> bursts;
    if (timeline.tokens.empty()) return bursts;
    const auto events = events_of_reads(timeline);
    const auto joins = joining_gap(timeline);
    for (std::size_t i = 0; i <= timeline.tokens.back().read; ++i) {
        const auto& read = timeline.reads[i];
        if (bursts.empty() || read.arrival - bursts.back().last >= joins) {
            bursts.push_back({.first = read.arrival});
        }
        auto& burst = bursts.back();
        burst.last = read.arrival;
        burst.wire_bytes += read.wire_bytes;
        (is_client_uncertain(read, events[i]) ? burst.uncertain_events : burst.events) += events[i];
        burst.ends_inside_event = read.ends_inside_event;
    }
    // Response headers, a compressor's first bytes or a line end on its own are no burst of tokens.
    std::erase_if(bursts, [](const Burst& burst) { return burst.events + burst.uncertain_events == 0; });
    return bursts;
}

std::vector<nanoseconds> making_times(const std::vector<Burst>& bursts, nanoseconds time_to_first_token) {
    const double usual = usual_ns_per_event(bursts);
    const auto wait = static_cast<double>(std::max(0ns, time_to_first_token).count());
    std::vector<nanoseconds> times(bursts.size());
    for (std::size_t i = 0; i < bursts.size(); ++i) {
        if (bursts[i].events == 0) continue;
        const double expected = usual * static_cast<double>(bursts[i].events);
        const double time =
            i == 0
                ? std::min(expected, wait)
                : std::min(static_cast<double>((bursts[i].first - bursts[i - 1].last).count()), 2 * expected);
        times[i] = nanoseconds(static_cast<std::int64_t>(std::max(0.0, time)));
    }
    return times;
}

Variation variation_of(std::vector<double> values) {
    if (values.empty()) return {};
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    Variation variation{.median = *middle};
    const auto count = static_cast<double>(values.size());
    double sum = 0, near = 0;
    for (const double value : values) {
        sum += value;
        if (std::abs(value - variation.median) <= 0.1 * variation.median) ++near;
    }
    variation.near_median = near / count;
    const double mean = sum / count;
    if (values.size() < 2 || mean <= 0) return variation;
    double squares = 0;
    for (const double value : values)
        squares += (value - mean) * (value - mean);
    variation.coefficient = std::sqrt(squares / count) / mean;
    return variation;
}

BurstSignals measure_bursts(const StreamTimeline& timeline) {
    BurstSignals signals;
    const auto arrivals = certain_arrivals(timeline);
    signals.events = arrivals.size();
    signals.uncertain_events = timeline.tokens.size() - arrivals.size();
    if (arrivals.empty()) return signals;

    const auto begin = timeline.sent.value_or(timeline.intended);
    const auto width =
        std::max<nanoseconds>(10ms, (timeline.arrival(timeline.tokens.size() - 1) - begin) / 50);
    find_largest_group(arrivals, width, signals);

    const auto bursts = find_bursts(timeline);
    for (std::size_t i = 0; i < bursts.size(); ++i) {
        if (bursts[i].events > 0) ++signals.bursts;
        if (i + 1 == bursts.size() || bursts[i].uncertain_events > 0) continue;
        ++signals.blocks;
        if (bursts[i].ends_inside_event) ++signals.ends_inside;
    }
    signals.events_per_burst =
        static_cast<double>(signals.events) / static_cast<double>(std::max<std::size_t>(1, signals.bursts));
    signals.hold_p95 = estimate_hold(bursts, timeline.arrival(0) - begin);
    measure_interior(bursts, signals);
    if (signals.events_per_burst >= 1.5) fit_rules(bursts, signals);
    measure_chunks(timeline, signals);
    return signals;
}

}  // namespace streamgauge::report
