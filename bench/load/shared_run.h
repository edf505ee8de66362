#pragma once

#include "bench/load/phase_plan.h"
#include "bench/load/request_source.h"
#include "bench/net/connection_ledger.h"
#include "bench/net/tls_context.h"
#include "report/model/moment.h"
#include "scenarios/scenario.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace streamgauge::load {

/// What the workers of one run share: what does not change, and the counters. Touched per request, never per
/// token.
struct SharedRun {
    SharedRun(const scenarios::Scenario& what, unsigned worker_count, report::Moment when,
              std::uint64_t run_nonce, std::chrono::nanoseconds nap_before_polls = {});

    const scenarios::Scenario& scenario;
    const unsigned workers;
    report::Moment start;                ///< moved before the workers run, not after
    const std::chrono::nanoseconds nap;  ///< EngineOptions::nap
    const PhasePlan plan;
    const RequestSource source;
    std::vector<std::shared_ptr<const net::TlsContext>> tls;  ///< by target; null for cleartext

    const std::shared_ptr<net::ConnectionLedger> ledger = std::make_shared<net::ConnectionLedger>();

    std::atomic<std::uint64_t> requests_taken{0};
    std::atomic<std::uint64_t> sequence{0};
    std::atomic<std::uint64_t> in_flight{0};
    std::atomic<std::uint64_t> started{0};
    std::atomic<std::uint64_t> done{0};
    std::atomic<std::uint64_t> errors{0};
    std::atomic<std::uint64_t> output_tokens{0};

    /// Takes the requests of one arrival out of those that `limits.requests` allows; false when not all of
    /// them are left.
    bool take_arrival();
    /// Adds the tokens of a finished request; true exactly once, when `limits.output_tokens` is reached.
    bool spend_tokens(std::uint64_t tokens);
};

}  // namespace streamgauge::load
