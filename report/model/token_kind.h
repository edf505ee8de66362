#pragma once

#include <cstdint>
#include <string_view>

namespace streamgauge::report {

/// What sort of generated text a token event carried.
enum class TokenKind : std::uint8_t { answer, reasoning, tool_call, refusal };

constexpr std::string_view to_string(TokenKind kind) {
    switch (kind) {
        case TokenKind::answer:
            return "answer";
        case TokenKind::reasoning:
            return "reasoning";
        case TokenKind::tool_call:
            return "tool_call";
        case TokenKind::refusal:
            return "refusal";
    }
    return "answer";
}

}  // namespace streamgauge::report
