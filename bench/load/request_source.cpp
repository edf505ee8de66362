#include "bench/load/request_source.h"

#include "bench/load/random.h"

#include <fmt/format.h>

#include <vector>

namespace streamgauge::load {

namespace {

std::vector<double> shares_of(const scenarios::Scenario& scenario) {
    std::vector<double> shares;
    for (const auto& target : scenario.targets)
        shares.push_back(target.share);
    return shares;
}

}  // namespace

RequestSource::RequestSource(const scenarios::Scenario& scenario, std::uint64_t run_nonce)
    : split_(shares_of(scenario)), prompts_(make_prompt_source(scenario)), run_nonce_(run_nonce) {}

RequestPlan RequestSource::plan(const RequestKey& key) const {
    return {split_.target_for(key.turn()), prompts_->prompt(key), make_request_id(run_nonce_, key)};
}

std::string make_request_id(std::uint64_t run_nonce, const RequestKey& key) {
    const auto high = combine({run_nonce, 1, key.phase, key.lane, key.index});
    const auto low = combine({run_nonce, 2, key.phase, key.lane, key.index});
    return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xffff,
                       high & 0xfff, ((low >> 48) & 0x3fff) | 0x8000, low & 0xffff'ffff'ffff);
}

}  // namespace streamgauge::load
