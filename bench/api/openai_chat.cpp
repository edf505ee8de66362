#include "bench/api/openai_chat.h"

#include "bench/api/request_json.h"

namespace streamgauge::api {
namespace {

using report::TokenKind;

/// A function's name is generated text as its arguments are.
JsonError take_function(Json function, EventMeaning& meaning) {
    return for_each_member(function, [&](std::string_view key, Json value) {
        if (key == "name" || key == "arguments") take_text(value, TokenKind::tool_call, meaning);
        return simdjson::SUCCESS;
    });
}

JsonError take_tool_call(Json call, EventMeaning& meaning) {
    return for_each_member(call, [&](std::string_view key, Json value) {
        return key == "function" ? take_function(value, meaning) : simdjson::SUCCESS;
    });
}

/// A part of content that is a list: `{"type":"text","text":...}` or `{"type":"thinking","thinking":[...]}`.
JsonError take_part(Json part, TokenKind kind, EventMeaning& meaning) {
    return for_each_member(part, [&](std::string_view key, Json value) {
        if (key == "text") take_text(value, kind, meaning);
        if (key != "thinking" || kind == TokenKind::reasoning) return simdjson::SUCCESS;
        take_text(value, TokenKind::reasoning, meaning);
        return for_each_element(
            value, [&](Json thought) { return take_part(thought, TokenKind::reasoning, meaning); });
    });
}

JsonError take_delta_member(std::string_view key, Json value, EventMeaning& meaning) {
    if (key == "content") {
        take_text(value, TokenKind::answer, meaning);
        return for_each_element(value,
                                [&](Json part) { return take_part(part, TokenKind::answer, meaning); });
    }
    if (key == "reasoning_content" || key == "reasoning") {
        take_text(value, TokenKind::reasoning, meaning);
    } else if (key == "refusal") {
        take_text(value, TokenKind::refusal, meaning);
    } else if (key == "tool_calls") {
        return for_each_element(value, [&](Json call) { return take_tool_call(call, meaning); });
    } else if (key == "function_call") {
        return take_function(value, meaning);
    }
    return simdjson::SUCCESS;
}

}  // namespace

std::string OpenAiChat::request_body(const scenarios::Workload& workload, const Prompt& prompt) const {
    boost::json::object body{{"model", workload.model}, {"messages", messages_of(prompt)}};
    ask_for_stream(body, workload, prompt);
    return finish_body(std::move(body), workload);
}

JsonError OpenAiChat::take_choice_member(std::string_view key, Json value, EventMeaning& meaning) {
    if (key != "delta") return simdjson::SUCCESS;
    return for_each_member(
        value, [&](std::string_view member, Json part) { return take_delta_member(member, part, meaning); });
}

}  // namespace streamgauge::api
