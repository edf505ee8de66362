#include "bench/load/request_source.h"

#include "bench/load/random.h"

#include <fmt/format.h>

namespace streamgauge::load {

RequestSource::RequestSource(const scenarios::Scenario& scenario, std::uint64_t run_nonce)
    : targets_(make_target_dealer(scenario)), prompts_(make_prompt_source(scenario)), run_nonce_(run_nonce) {}

RequestPlan RequestSource::plan(const RequestKey& key) const {
    RequestPlan plan{targets_->target_for(key), prompts_->prompt(key), make_request_id(run_nonce_, key), {}};
    if (requests_per_arrival() > 1) plan.pair_id = fmt::format("{}-{}-{}", key.phase, key.lane, key.index);
    return plan;
}

std::string make_request_id(std::uint64_t run_nonce, const RequestKey& key) {
    const auto high = combine({run_nonce, 1, key.phase, key.lane, key.index, key.member});
    const auto low = combine({run_nonce, 2, key.phase, key.lane, key.index, key.member});
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff,
                       high & 0xfff, ((low >> 48) & 0x3fff) | 0x8000, low & 0xffff'ffff'ffff);
}

}  // namespace streamgauge::load
