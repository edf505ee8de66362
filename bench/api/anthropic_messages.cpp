#include "bench/api/anthropic_messages.h"

#include "bench/api/request_json.h"

namespace streamgauge::api {
namespace {

using report::TokenKind;

/// What the type of an event says by itself. It stands in the data and, unless a gateway dropped it, in the
/// event's own type.
void take_type(std::string_view type, EventMeaning& meaning) {
    if (type == "ping") meaning.ping = true;
    if (type == "message_stop") meaning.end = true;
    if (type == "error") meaning.error = true;
}

/// Text, or the name of a tool, that a content block begins with. A block's `id` and a result the server adds
/// are not generated.
JsonError take_content_block(Json block, EventMeaning& meaning) {
    return for_each_member(block, [&](std::string_view key, Json value) {
        if (key == "text") take_text(value, TokenKind::answer, meaning);
        if (key == "thinking") take_text(value, TokenKind::reasoning, meaning);
        if (key == "name") take_text(value, TokenKind::tool_call, meaning);
        return simdjson::SUCCESS;
    });
}

JsonError take_usage(Json usage, EventMeaning& meaning) {
    return for_each_member(usage, [&](std::string_view key, Json value) {
        if (key == "input_tokens") meaning.input_tokens = number_of(value);
        if (key == "output_tokens") meaning.output_tokens = number_of(value);
        return simdjson::SUCCESS;
    });
}

/// The API takes instructions apart from the messages: those that come as a message move there.
boost::json::array move_system_messages(boost::json::array messages, boost::json::object& body) {
    boost::json::array others;
    std::string system;
    for (auto& message : messages) {
        const auto* object = message.if_object();
        const auto* role = object ? object->if_contains("role") : nullptr;
        const auto* content = object ? object->if_contains("content") : nullptr;
        if (!role || *role != "system" || !content || !content->is_string()) {
            others.push_back(std::move(message));
            continue;
        }
        if (!system.empty()) system += '\n';
        system += content->get_string().c_str();
    }
    if (!system.empty()) body["system"] = system;
    return others;
}

}  // namespace

AnthropicMessages::AnthropicMessages() : headers_{{"anthropic-version", "2023-06-01"}} {}

std::string AnthropicMessages::request_body(const scenarios::Workload& workload, const Prompt& prompt) const {
    boost::json::object body{{"model", workload.model}};
    body["messages"] = move_system_messages(messages_of(prompt), body);
    body["max_tokens"] = max_tokens_of(workload, prompt).value_or(default_max_tokens);
    body["stream"] = true;
    return finish_body(std::move(body), workload);
}

bool AnthropicMessages::take_event(const wire::StreamEvent& event, EventMeaning& meaning) {
    take_type(event.type, meaning);
    // Some gateways close every stream the way OpenAI does; here it says nothing.
    return event.data == "[DONE]";
}

JsonError AnthropicMessages::take_member(std::string_view key, Json value, EventMeaning& meaning) {
    if (key == "delta") return take_delta(value, meaning);
    if (key == "type") take_type(text_of(value), meaning);
    if (key == "content_block") return take_content_block(value, meaning);
    if (key == "usage") return take_usage(value, meaning);
    if (key != "message") return simdjson::SUCCESS;
    return for_each_member(value, [&](std::string_view member, Json part) {
        return member == "usage" ? take_usage(part, meaning) : simdjson::SUCCESS;
    });
}

/// Each kind of delta has a member of its own: text, thinking, partial_json. A `signature` or `citation` is
/// no generated text.
JsonError AnthropicMessages::take_delta(Json delta, EventMeaning& meaning) {
    return for_each_member(delta, [&](std::string_view key, Json value) {
        if (key == "text") take_text(value, TokenKind::answer, meaning);
        if (key == "thinking") take_text(value, TokenKind::reasoning, meaning);
        if (key == "partial_json") take_text(value, TokenKind::tool_call, meaning);
        if (key == "stop_reason") set_finish_reason(value, meaning);
        return simdjson::SUCCESS;
    });
}

}  // namespace streamgauge::api
