#pragma once

#include "bench/api/json_dialect.h"

namespace streamgauge::api {

/// Anthropic's Messages API.
class AnthropicMessages final : public JsonDialect {
  public:
    static constexpr std::string_view api_name = "anthropic-messages";
    /// The API insists on max_tokens; used when neither workload nor prompt says.
    static constexpr std::uint32_t default_max_tokens = 1024;

    AnthropicMessages();

    std::string_view name() const override { return api_name; }
    std::string request_body(const scenarios::Workload& workload, const Prompt& prompt) const override;
    std::span<const scenarios::Header> request_headers() const override { return headers_; }

  private:
    bool take_event(const wire::StreamEvent& event, EventMeaning& meaning) override;
    JsonError take_member(std::string_view key, Json value, EventMeaning& meaning) override;
    JsonError take_delta(Json delta, EventMeaning& meaning);

    std::vector<scenarios::Header> headers_;
};

}  // namespace streamgauge::api
