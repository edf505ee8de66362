#include "bench/load/prompt_source.h"

#include "bench/load/fresh_prompts.h"
#include "bench/load/prompt_file.h"
#include "bench/load/random.h"
#include "bench/load/synthetic_prompt.h"

#include <utility>
#include <variant>
#include <vector>

namespace streamgauge::load {

namespace {

class TextSource final : public PromptSource {
  public:
    explicit TextSource(std::string text) : prompt_{std::move(text), {}, std::nullopt} {}
    api::Prompt prompt(const RequestKey&) const override { return prompt_; }

  private:
    api::Prompt prompt_;
};

class FileSource final : public PromptSource {
  public:
    explicit FileSource(std::vector<api::Prompt> prompts) : prompts_(std::move(prompts)) {}
    api::Prompt prompt(const RequestKey& key) const override {
        return prompts_[dealt_item(key.turn(), prompts_.size())];
    }

  private:
    std::vector<api::Prompt> prompts_;
};

class SyntheticSource final : public PromptSource {
  public:
    SyntheticSource(const scenarios::SyntheticPrompts& shape, std::uint64_t seed)
        : shape_(shape), seed_(seed) {}
    api::Prompt prompt(const RequestKey& key) const override {
        const auto own_seed = combine({seed_, key.phase, key.lane, key.index});
        return {synthetic_prompt(shape_, seed_, own_seed), {}, std::nullopt};
    }

  private:
    scenarios::SyntheticPrompts shape_;
    std::uint64_t seed_;
};

struct Maker {
    const scenarios::Scenario& scenario;

    std::unique_ptr<const PromptSource> operator()(const scenarios::TextPrompt& prompt) const {
        return std::make_unique<TextSource>(prompt.text);
    }
    std::unique_ptr<const PromptSource> operator()(const scenarios::FilePrompts& prompts) const {
        const auto folder = scenario.file.parent_path();
        return std::make_unique<FileSource>(read_prompt_file(folder / prompts.file));
    }
    std::unique_ptr<const PromptSource> operator()(const scenarios::SyntheticPrompts& prompts) const {
        return std::make_unique<SyntheticSource>(prompts, scenario.seed);
    }
};

}  // namespace

std::unique_ptr<const PromptSource> make_prompt_source(const scenarios::Scenario& scenario) {
    auto prompts = std::visit(Maker{scenario}, scenario.workload.prompts);
    const auto& comparison = scenario.comparison;
    if (!comparison || comparison->prompts == scenarios::PairPrompts::identical) return prompts;
    return std::make_unique<FreshPrompts>(std::move(prompts), scenario.seed);
}

std::uint64_t dealt_item(std::uint64_t turn, std::uint64_t size) {
    return (turn + turn / size) % size;
}

}  // namespace streamgauge::load
