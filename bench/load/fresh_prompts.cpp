#include "bench/load/fresh_prompts.h"

#include "bench/load/random.h"
#include "bench/load/synthetic_prompt.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>
#include <utility>

namespace streamgauge::load {
namespace {

namespace json = boost::json;

/// Sets apart the openings from the words of synthetic prompts.
constexpr std::uint64_t opening_salt = 4;

/// The text that a message begins with: its content, or the first part of it that is a text.
json::string* text_of(json::value& message) {
    auto* object = message.if_object();
    auto* content = object ? object->if_contains("content") : nullptr;
    if (!content) return nullptr;
    if (auto* text = content->if_string()) return text;
    if (!content->is_array()) return nullptr;
    for (auto& part : content->get_array()) {
        auto* fields = part.if_object();
        auto* text = fields ? fields->if_contains("text") : nullptr;
        if (text && text->is_string()) return &text->get_string();
    }
    return nullptr;
}

std::string begin_messages(std::string_view messages_json, const std::string& opening) {
    auto messages = json::parse(json::string_view(messages_json.data(), messages_json.size()));
    for (auto& message : messages.as_array()) {
        if (auto* text = text_of(message)) {
            text->insert(0, opening);
            break;
        }
    }
    return json::serialize(messages);
}

}  // namespace

FreshPrompts::FreshPrompts(std::unique_ptr<const PromptSource> prompts, std::uint64_t seed)
    : prompts_(std::move(prompts)), seed_(seed) {}

api::Prompt FreshPrompts::prompt(const RequestKey& key) const {
    auto prompt = prompts_->prompt(key);
    const auto seed = combine({seed_, opening_salt, key.phase, key.lane, key.index, key.member});
    const auto opening = opening_words(seed) + ".\n";
    if (prompt.messages_json.empty()) {
        prompt.text.insert(0, opening);
    } else {
        prompt.messages_json = begin_messages(prompt.messages_json, opening);
    }
    return prompt;
}

}  // namespace streamgauge::load
