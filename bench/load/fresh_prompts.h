#pragma once

#include "bench/load/prompt_source.h"

#include <cstdint>
#include <memory>

namespace streamgauge::load {

/// The prompts of another source, each begun by words of its own: the requests of one arrival ask the same
/// at the same length, but none finds the beginning of its text in a cache. Where a prompt is made of
/// messages, the first text among them begins so.
class FreshPrompts final : public PromptSource {
  public:
    FreshPrompts(std::unique_ptr<const PromptSource> prompts, std::uint64_t seed);

    api::Prompt prompt(const RequestKey& key) const override;

  private:
    std::unique_ptr<const PromptSource> prompts_;
    std::uint64_t seed_;
};

}  // namespace streamgauge::load
