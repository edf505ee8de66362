#include "bench/api/clean_text.h"

namespace streamgauge::api {
namespace {

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// The size of the UTF-8 character at the beginning of `text`, or 0 when there is none.
std::size_t character_size(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(0) < 0x80) return 1;
    if (byte(0) < 0xC2 || byte(0) > 0xF4) return 0;
    const std::size_t size = byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    if (text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return 0;
    }
    // Overlong forms, surrogates, and what lies beyond U+10FFFF.
    const bool overlong = (byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xF0 && byte(1) < 0x90);
    const bool outside = (byte(0) == 0xED && byte(1) > 0x9F) || (byte(0) == 0xF4 && byte(1) > 0x8F);
    return overlong || outside ? 0 : size;
}

/// C0, DEL, and the C1 controls U+0080 to U+009F, which UTF-8 writes as C2 80 to C2 9F.
bool is_control(std::string_view character) {
    const auto byte = static_cast<unsigned char>(character[0]);
    if (character.size() == 1) return byte < 0x20 || byte == 0x7F;
    return byte == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
}

}  // namespace

std::string clean_text(std::string_view text, std::size_t max_bytes) {
    std::string result;
    bool space = false;
    while (!text.empty()) {
        const auto size = character_size(text);
        const auto character = text.substr(0, size);
        text.remove_prefix(size > 0 ? size : 1);
        if (size == 0) continue;
        if (is_space(character[0])) {
            space = true;
            continue;
        }
        if (is_control(character)) continue;
        const bool gap = space && !result.empty();
        if (result.size() + gap + size > max_bytes) break;
        if (gap) result += ' ';
        result += character;
        space = false;
    }
    return result;
}

}  // namespace streamgauge::api
