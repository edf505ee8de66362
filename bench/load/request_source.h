#pragma once

#include "bench/api/api_dialect.h"
#include "bench/load/prompt_source.h"
#include "bench/load/request_key.h"
#include "bench/load/target_dealer.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <memory>
#include <string>

namespace streamgauge::load {

/// What one request is: whom it asks, and what.
struct RequestPlan {
    std::uint32_t target = 0;  ///< index into Scenario::targets
    api::Prompt prompt;
    std::string request_id;  ///< a UUID, unique among all runs
    std::string pair_id;     ///< the same for all requests of one arrival, where it sends several; else empty
};

/// Plans every request of a run. Target and prompt follow from the scenario's seed and the request's key
/// alone, whatever the number of workers; the id follows from the run's nonce and the key.
class RequestSource {
  public:
    /// `run_nonce` is random for each run. Keeps nothing of `scenario`. Throws std::runtime_error with one
    /// sentence when a prompt file cannot be used.
    RequestSource(const scenarios::Scenario& scenario, std::uint64_t run_nonce);

    std::uint32_t requests_per_arrival() const { return targets_->requests_per_arrival(); }

    /// Thread-safe.
    RequestPlan plan(const RequestKey& key) const;

  private:
    std::unique_ptr<const TargetDealer> targets_;
    std::unique_ptr<const PromptSource> prompts_;
    std::uint64_t run_nonce_;
};

/// A version 4 UUID (RFC 9562, section 5.4) whose 122 free bits follow from the nonce and the key.
std::string make_request_id(std::uint64_t run_nonce, const RequestKey& key);

}  // namespace streamgauge::load
