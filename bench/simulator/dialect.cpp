#include "bench/simulator/dialect.h"

#include <fmt/format.h>

namespace streamgauge::simulator {

std::unique_ptr<Dialect> make_dialect(Api api, AnswerFacts facts) {
    switch (api) {
        case Api::chat_completions:
            return make_chat_dialect(std::move(facts));
        case Api::completions:
            return make_completions_dialect(std::move(facts));
        case Api::messages:
            break;
    }
    return make_messages_dialect(std::move(facts));
}

std::string json_quoted(std::string_view text) {
    std::string quoted = "\"";
    for (const char character : text) {
        const auto code = static_cast<unsigned char>(character);
        if (character == '"' || character == '\\') {
            quoted += '\\';
            quoted += character;
        } else if (code < 0x20) {
            quoted += fmt::format("\\u{:04x}", code);
        } else {
            quoted += character;
        }
    }
    return quoted += '"';
}

std::string error_body(Api api, std::string_view type, std::string_view message) {
    if (api == Api::messages) {
        return fmt::format(R"({{"type":"error","error":{{"type":{},"message":{}}}}})", json_quoted(type),
                           json_quoted(message));
    }
    return fmt::format(R"({{"error":{{"message":{},"type":{},"param":null,"code":null}}}})",
                       json_quoted(message), json_quoted(type));
}

}  // namespace streamgauge::simulator
