#include "bench/api/openai_dialect.h"

#include "bench/api/request_json.h"

#include <algorithm>

namespace streamgauge::api {
namespace {

JsonError take_usage(Json usage, EventMeaning& meaning) {
    return for_each_member(usage, [&](std::string_view key, Json value) {
        if (key == "prompt_tokens") meaning.input_tokens = number_of(value);
        if (key == "completion_tokens") meaning.output_tokens = number_of(value);
        if (key != "completion_tokens_details") return simdjson::SUCCESS;
        return for_each_member(value, [&](std::string_view detail, Json count) {
            if (detail == "reasoning_tokens") meaning.reasoning_tokens = number_of(count);
            return simdjson::SUCCESS;
        });
    });
}

/// Chat lists the tokens of a choice as `content` and `refusal`, completions as `tokens`.
JsonError count_logprobs(Json logprobs, std::uint32_t& tokens) {
    return for_each_member(logprobs, [&](std::string_view key, Json value) {
        const bool lists_tokens = key == "content" || key == "refusal" || key == "tokens";
        return lists_tokens ? add_size(value, tokens) : simdjson::SUCCESS;
    });
}

}  // namespace

bool OpenAiDialect::take_event(const wire::StreamEvent& event, EventMeaning& meaning) {
    meaning.ping = event.type == "ping";
    meaning.end = event.data == "[DONE]";
    meaning.error = event.type == "error";
    return meaning.end || meaning.ping;
}

JsonError OpenAiDialect::take_member(std::string_view key, Json value, EventMeaning& meaning) {
    if (key == "choices") {
        return for_each_element(value, [&](Json choice) { return take_choice(choice, meaning); });
    }
    if (key == "usage") return take_usage(value, meaning);
    // Some servers report an error as {"object":"error","message":...}.
    if (key == "object" && text_of(value) == "error") meaning.error = true;
    if (key == "message" && has_text(value)) set_detail(text_of(value), meaning);
    return simdjson::SUCCESS;
}

JsonError OpenAiDialect::take_choice(Json choice, EventMeaning& meaning) {
    std::uint32_t listed_logprobs = 0;
    std::uint32_t listed_ids = 0;
    const auto error = for_each_member(choice, [&](std::string_view key, Json value) {
        if (key == "finish_reason") {
            set_finish_reason(value, meaning);
            return simdjson::SUCCESS;
        }
        if (key == "logprobs") return count_logprobs(value, listed_logprobs);
        if (key == "token_ids") return add_size(value, listed_ids);
        return take_choice_member(key, value, meaning);
    });
    meaning.tokens += std::max(listed_logprobs, listed_ids);
    return error;
}

void ask_for_stream(boost::json::object& body, const scenarios::Workload& workload, const Prompt& prompt) {
    body["stream"] = true;
    if (workload.usage) body["stream_options"] = {{"include_usage", true}};
    if (const auto max_tokens = max_tokens_of(workload, prompt)) body["max_tokens"] = *max_tokens;
}

}  // namespace streamgauge::api
