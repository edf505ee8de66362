#include "bench/api/openai_completions.h"

#include "bench/api/request_json.h"

namespace streamgauge::api {

using report::TokenKind;

std::string OpenAiCompletions::request_body(const scenarios::Workload& workload, const Prompt& prompt) const {
    boost::json::object body{{"model", workload.model}, {"prompt", text_of(prompt)}};
    ask_for_stream(body, workload, prompt);
    return finish_body(std::move(body), workload);
}

JsonError OpenAiCompletions::take_choice_member(std::string_view key, Json value, EventMeaning& meaning) {
    if (key == "text") take_text(value, TokenKind::answer, meaning);
    if (key == "reasoning_content" || key == "reasoning") take_text(value, TokenKind::reasoning, meaning);
    return simdjson::SUCCESS;
}

}  // namespace streamgauge::api
