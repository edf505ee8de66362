#include "bench/load/shared_run.h"

namespace streamgauge::load {

SharedRun::SharedRun(const scenarios::Scenario& what, unsigned worker_count, report::Moment when,
                     std::uint64_t run_nonce, std::chrono::nanoseconds nap_before_polls)
    : scenario{what},
      workers{worker_count},
      start{when},
      nap{nap_before_polls},
      plan{what},
      source{what, run_nonce} {
    for (const auto& target : scenario.targets) {
        tls.push_back(target.url.tls ? std::make_shared<const net::TlsContext>(target.tls) : nullptr);
    }
}

bool SharedRun::take_arrival() {
    const auto& limit = scenario.limits.requests;
    const std::uint64_t count = source.requests_per_arrival();
    return !limit || requests_taken.fetch_add(count, std::memory_order_relaxed) + count <= *limit;
}

bool SharedRun::spend_tokens(std::uint64_t tokens) {
    const auto& limit = scenario.limits.output_tokens;
    if (!limit) return false;
    const auto before = output_tokens.fetch_add(tokens, std::memory_order_relaxed);
    return before < *limit && before + tokens >= *limit;
}

}  // namespace streamgauge::load
