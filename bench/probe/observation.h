#pragma once

#include "bench/probe/experiment.h"
#include "bench/probe/prober.h"
#include "report/buffering/remedies/remedy.h"
#include "report/model/buffering_verdict.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace streamgauge::probe {

/// What the requests of one variant showed, or of several together. Times are medians over the requests that
/// brought tokens, counted from `sent`, so without the time to connect.
struct Observation {
    Variant variant = Variant::plain;
    std::uint64_t requests = 0;
    std::uint64_t answered = 0;  ///< brought at least one token
    std::uint64_t cut = 0;       ///< of those: cut by our own timeout in mid-answer
    std::uint64_t broken = 0;    ///< of those: broken off by the other side
    std::string failure;  ///< why the first request that brought nothing, or broke, did; without a full stop
    report::Outcome failed_as = report::Outcome::completed;
    int failed_status = 0;     ///< HTTP status of that request; 0: no response
    std::string content_type;  ///< of the first response, lower case

    report::BufferingVerdict verdict;  ///< its evidence is that of one typical stream
    std::string content_encoding;      ///< of the answers; empty: none
    std::optional<nanoseconds> ttft, ttfb, e2e;
    std::optional<nanoseconds> connect;      ///< name, TCP and TLS of the first request
    std::optional<nanoseconds> ttft_reused;  ///< of requests over a connection used before
    double token_events = 0;
    double event_bytes = 0;
    double tokens_per_second = 0;  ///< token events over the whole answer, from `sent`
    double pace = 0;               ///< token events a second from the first token to the last
    double events_per_burst = 0;
    double events_per_chunk = 0;  ///< 0 without chunked framing
    double chunk_bytes = 0;
    std::uint64_t uncertain_events = 0, all_events = 0;  ///< over all requests

    std::vector<nanoseconds> arrivals;          ///< of one typical stream's token events, from `sent`
    std::vector<report::HeaderFields> headers;  ///< the different sets of headers that tell products apart

    bool is_encoded() const { return !content_encoding.empty() && content_encoding != "identity"; }
    bool is_held() const { return verdict.is_buffered(); }
};

/// Sums the trials of `variant` up. Empty where there are none. No clock, no I/O.
std::optional<Observation> observe(std::span<const Trial> trials, Variant variant);

/// One verdict over the trials of all given variants that came without a content coding: streams of different
/// event sizes and speeds decide together what one cannot.
report::BufferingVerdict pooled_verdict(std::span<const Trial> trials, std::span<const Variant> variants);

}  // namespace streamgauge::probe
