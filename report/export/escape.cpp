#include "report/export/escape.h"

#include <array>
#include <cstdint>

namespace streamgauge::report {
namespace {

struct Character {
    char32_t code = 0;
    std::size_t bytes = 1;
    bool valid = false;
};

/// The character that `text` begins with (RFC 3629): no surrogates, no overlong forms, nothing over U+10FFFF.
Character first_character(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    std::size_t length = 0;
    if (lead >= 0xc2 && lead <= 0xdf) length = 2;
    if (lead >= 0xe0 && lead <= 0xef) length = 3;
    if (lead >= 0xf0 && lead <= 0xf4) length = 4;
    if (length == 0 || text.size() < length) return {};
    char32_t code = lead & (0xff >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {};
        code = (code << 6) | (byte(i) & 0x3f);
    }
    constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
    const bool valid = code >= smallest[length] && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return valid ? Character{code, length, true} : Character{};
}

bool is_control(char32_t code) {
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

/// Characters that turn, hide or break text where it is shown (Unicode TR36): marks and overrides of
/// direction, zero-width ones, separators of lines and paragraphs.
bool is_treacherous(char32_t code) {
    return (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0x061c || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe007f);
}

constexpr std::string_view replacement = "\xef\xbf\xbd";

}  // namespace

std::string valid_utf8(std::string_view text, std::size_t most) {
    std::string safe;
    safe.reserve(std::min(text.size(), most));
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto piece = character.valid ? text.substr(0, character.bytes) : replacement;
        if (piece.size() > most - safe.size()) break;
        safe += piece;
        text.remove_prefix(character.bytes);
    }
    return safe;
}

std::string terminal_text(std::string_view text, std::size_t most) {
    std::string safe;
    while (!text.empty()) {
        const auto character = first_character(text);
        std::string_view piece = text.substr(0, character.bytes);
        if (character.code == '\n' || character.code == '\t' || character.code == '\r') {
            piece = " ";
        } else if (!character.valid || is_control(character.code) || is_treacherous(character.code)) {
            piece = "?";
        }
        if (piece.size() > most - safe.size()) break;
        safe += piece;
        text.remove_prefix(character.bytes);
    }
    return safe;
}

std::size_t display_width(std::string_view text) {
    std::size_t width = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) ++width;
    }
    return width;
}

std::string script_json(std::string_view json) {
    std::string safe;
    safe.reserve(json.size() + json.size() / 16);
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = json.substr(i);
        if (json[i] == '<') {
            safe += "\\u003c";
        } else if (json[i] == '>') {
            safe += "\\u003e";
        } else if (json[i] == '&') {
            safe += "\\u0026";
        } else if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9")) {
            safe += rest[2] == '\xa8' ? "\\u2028" : "\\u2029";
            i += 2;
        } else {
            safe += json[i];
        }
    }
    return safe;
}

}  // namespace streamgauge::report
