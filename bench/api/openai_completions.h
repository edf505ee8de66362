#pragma once

#include "bench/api/openai_dialect.h"

namespace streamgauge::api {

/// OpenAI's older completions API: a prompt in, text out.
class OpenAiCompletions final : public OpenAiDialect {
  public:
    static constexpr std::string_view api_name = "openai-completions";

    std::string_view name() const override { return api_name; }
    std::string request_body(const scenarios::Workload& workload, const Prompt& prompt) const override;

  private:
    JsonError take_choice_member(std::string_view key, Json value, EventMeaning& meaning) override;
};

}  // namespace streamgauge::api
