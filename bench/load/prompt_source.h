#pragma once

#include "bench/api/api_dialect.h"
#include "bench/load/request_key.h"
#include "scenarios/scenario.h"

#include <cstdint>
#include <memory>

namespace streamgauge::load {

/// What to ask. The prompt of a request follows from the seed and the request's key alone. Thread-safe.
class PromptSource {
  public:
    virtual ~PromptSource() = default;
    virtual api::Prompt prompt(const RequestKey& key) const = 0;
};

/// The source a scenario asks for. The requests of one arrival ask the same unless the scenario wants fresh
/// prompts. Reads its prompt file, if it has one, once. Throws std::runtime_error with
/// one sentence when that file cannot be used.
std::unique_ptr<const PromptSource> make_prompt_source(const scenarios::Scenario& scenario);

/// The position in a list of `size` items dealt round and round, each round starting one item later than the
/// one before. Without that shift a list and a split of even lengths would always meet in the same way, and a
/// target would see only a part of the list.
std::uint64_t dealt_item(std::uint64_t turn, std::uint64_t size);

}  // namespace streamgauge::load
