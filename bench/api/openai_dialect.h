#pragma once

#include "bench/api/json_dialect.h"

namespace streamgauge::api {

/// What the chunks of OpenAI's chat and completions APIs have in common: the end mark `[DONE]`, `choices`,
/// `usage`, and errors inside a stream.
class OpenAiDialect : public JsonDialect {
  public:
    std::span<const scenarios::Header> request_headers() const final { return {}; }

  protected:
    bool take_event(const wire::StreamEvent& event, EventMeaning& meaning) final;
    JsonError take_member(std::string_view key, Json value, EventMeaning& meaning) final;

    /// Takes a member of a choice that the two APIs do not share.
    virtual JsonError take_choice_member(std::string_view key, Json value, EventMeaning& meaning) = 0;

  private:
    JsonError take_choice(Json choice, EventMeaning& meaning);
};

/// Asks for the stream and, if the workload wants it, for usage in its last chunk.
void ask_for_stream(boost::json::object& body, const scenarios::Workload& workload, const Prompt& prompt);

}  // namespace streamgauge::api
