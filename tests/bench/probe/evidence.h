#pragma once

#include "bench/probe/diagnosis.h"

#include <chrono>
#include <cstdint>
#include <utility>
#include <vector>

namespace streamgauge::probe {

inline report::BufferingVerdict verdict_of(report::BufferingKind kind) {
    using namespace std::chrono_literals;
    report::BufferingVerdict verdict;
    verdict.kind = kind;
    verdict.confidence = 0.9;
    verdict.evidence = "128 events came in some bursts";
    if (verdict.is_buffered()) verdict.estimated_hold = 400ms;
    if (kind == report::BufferingKind::block) verdict.block_bytes = 4096;
    return verdict;
}

/// 128 tokens in 2.7 s, held in this way or not at all.
inline Observation answered(Variant variant, report::BufferingKind kind = report::BufferingKind::none) {
    using namespace std::chrono_literals;
    Observation seen;
    seen.variant = variant;
    seen.requests = seen.answered = 2;
    seen.verdict = verdict_of(kind);
    seen.ttft = 200ms;
    seen.ttfb = 2ms;
    seen.e2e = 2'740ms;
    seen.token_events = variant == Variant::short_answer ? 32 : 128;
    seen.event_bytes = variant == Variant::large_events ? 868 : 217;
    seen.tokens_per_second = 46.7;
    seen.events_per_burst = seen.events_per_chunk = 1;
    seen.all_events = 256;
    for (int i = 0; i < 128; ++i)
        seen.arrivals.emplace_back(200ms + i * 20ms);
    seen.headers = {{{"Server", "nginx/1.22.1"}, {"Content-Type", ""}}};
    return seen;
}

inline Observation refused(Variant variant, std::string why = "HTTP 401: no key", int status = 401) {
    Observation seen;
    seen.variant = variant;
    seen.requests = 1;
    seen.failed_as = report::Outcome::http_error;
    seen.failure = std::move(why);
    seen.failed_status = status;
    return seen;
}

/// The verdict over all of them is that of the first.
inline Evidence evidence_of(std::vector<Observation> observations) {
    Evidence evidence;
    evidence.usual = evidence.all = observations.front().verdict;
    evidence.observations = std::move(observations);
    return evidence;
}

}  // namespace streamgauge::probe
