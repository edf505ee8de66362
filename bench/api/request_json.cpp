#include "bench/api/request_json.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace streamgauge::api {

boost::json::array messages_of(const Prompt& prompt) {
    if (!prompt.messages_json.empty()) return boost::json::parse(prompt.messages_json).as_array();
    return {{{"role", "user"}, {"content", prompt.text}}};
}

std::string text_of(const Prompt& prompt) {
    if (prompt.messages_json.empty()) return prompt.text;
    std::string text;
    for (const auto& message : messages_of(prompt)) {
        const auto* object = message.if_object();
        const auto* content = object ? object->if_contains("content") : nullptr;
        const auto* string = content ? content->if_string() : nullptr;
        if (!string) continue;
        if (!text.empty()) text += '\n';
        text.append(string->data(), string->size());
    }
    return text;
}

std::optional<std::uint32_t> max_tokens_of(const scenarios::Workload& workload, const Prompt& prompt) {
    return prompt.max_tokens ? prompt.max_tokens : workload.max_tokens;
}

void merge_patch(boost::json::object& target, const boost::json::object& patch) {
    for (const auto& [key, value] : patch) {
        if (value.is_null()) {
            target.erase(key);
        } else if (const auto* nested = value.if_object()) {
            auto& member = target[key];
            if (!member.is_object()) member.emplace_object();
            merge_patch(member.get_object(), *nested);
        } else {
            target[key] = value;
        }
    }
}

std::string finish_body(boost::json::object body, const scenarios::Workload& workload) {
    merge_patch(body, workload.extra);
    return boost::json::serialize(body);
}

}  // namespace streamgauge::api
