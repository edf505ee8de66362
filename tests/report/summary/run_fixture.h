#pragma once

#include "report/summary/request_metrics.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report::testing {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;

/// A scenario of 100 requests/s with the targets and measured phases named, each phase 10 s long.
inline scenarios::Scenario scenario_of(const std::vector<std::string>& targets,
                                       const std::vector<std::string>& phases = {"steady"}) {
    scenarios::Scenario scenario;
    for (const auto& name : targets) {
        scenarios::Target target;
        target.name = name;
        target.share = 1.0 / static_cast<double>(targets.size());
        scenario.targets.push_back(target);
    }
    for (const auto& name : phases) {
        scenarios::OpenLoop loop;
        loop.rate.to = 100;
        scenario.load.push_back({name, loop, 10s, false});
    }
    return scenario;
}

/// A completed request: due at `start`, first token after `ttft`, ten more events `gap` apart.
inline RequestMetrics completed_request(nanoseconds start = 0ns, nanoseconds ttft = 200ms,
                                        nanoseconds gap = 20ms) {
    RequestMetrics request;
    request.start = start;
    request.outcome = Outcome::completed;
    request.http_status = 200;
    request.ttft = request.ttft_sent = request.ttfa = ttft;
    request.ttfb = request.headers = ttft / 2;
    request.schedule_lag = 0ns;
    request.token_events = 11;
    request.e2e = request.last_token_sent = request.total = ttft + 10 * gap;
    request.tpot = request.max_gap = gap;
    request.jank = 0;
    request.fluidity = 1;
    request.events_per_read = 1;
    request.buffering.kind = BufferingKind::none;
    return request;
}

/// A request that ended with `outcome` after `total`, without a token.
inline RequestMetrics failed_request(Outcome outcome, nanoseconds total = 50ms, int http_status = 0) {
    RequestMetrics request;
    request.outcome = outcome;
    request.http_status = http_status;
    request.total = total;
    if (outcome != Outcome::not_started && outcome != Outcome::connect_failed) request.schedule_lag = 0ns;
    if (outcome == Outcome::not_started) request.total.reset();
    if (http_status > 0) request.headers = request.ttfb = total / 2;
    return request;
}

}  // namespace streamgauge::report::testing
