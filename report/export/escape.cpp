#include "report/export/escape.h"

#include <algorithm>
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
/// direction, zero-width ones, separators of lines and paragraphs, and what is no character at all.
bool is_treacherous(char32_t code) {
    return (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0x061c || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || (code >= 0xe0000 && code <= 0xe007f) ||
           (code & 0xfffe) == 0xfffe;
}

constexpr std::string_view replacement = "\xef\xbf\xbd";

/// `text` in one line, what does not show replaced by `bad`, cut to at most `most` bytes between characters.
std::string clean(std::string_view text, std::string_view bad, std::size_t most) {
    std::string safe;
    while (!text.empty()) {
        const auto character = first_character(text);
        std::string_view piece = text.substr(0, character.bytes);
        if (character.code == '\n' || character.code == '\t' || character.code == '\r') {
            piece = " ";
        } else if (!character.valid || is_control(character.code) || is_treacherous(character.code)) {
            piece = bad;
        }
        if (piece.size() > most - safe.size()) break;
        safe += piece;
        text.remove_prefix(character.bytes);
    }
    return safe;
}

/// Puts a space behind each `##` that begins `##[` or `##word[`, the orders of GitHub's, Azure's and
/// TeamCity's build servers.
std::string without_orders(std::string text) {
    for (auto at = text.find("##"); at != std::string::npos; at = text.find("##", at + 1)) {
        auto end = at + 2;
        while (end < text.size() && ((text[end] | 0x20) >= 'a' && (text[end] | 0x20) <= 'z'))
            ++end;
        if (end < text.size() && text[end] == '[') text.insert(at + 2, " ");
    }
    return text;
}

/// XML 1.0, production 2 leaves out controls and U+FFFE and U+FFFF; the rest serves readers.
bool is_xml_character(const Character& character) {
    return character.valid && !is_control(character.code) && !is_treacherous(character.code);
}

/// True for what has a meaning in the midst of a line of GitHub's Markdown and loses it behind a backslash.
/// `www.` and `https://` become links by themselves.
bool is_markdown_mark(char before, char c, char after) {
    if (c == '.') return before == 'w' || before == 'W';
    if (c == ':') return after == '/';
    return std::string_view("\\`*_{}[]<>#!~&$").find(c) != std::string_view::npos;
}

std::size_t longest_run(std::string_view text, char of) {
    std::size_t longest = 0, run = 0;
    for (const char c : text) {
        run = c == of ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    return longest;
}

/// `text` with each of some characters written as `replace` says; empty: as it is.
template <typename Replace>
std::string each_replaced(std::string_view text, Replace&& replace) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        const std::string_view other = replace(c);
        if (other.empty()) {
            out += c;
        } else {
            out += other;
        }
    }
    return out;
}

std::string_view xml_entity(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        default:
            return {};
    }
}

/// Spreadsheets take these for the start of a formula, some the full-width forms too.
bool begins_formula(std::string_view text) {
    constexpr std::array<std::string_view, 8> marks{"=",      "+",      "-",      "@",
                                                    "\uff1d", "\uff0b", "\uff0d", "\uff20"};
    const auto first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return false;
    text.remove_prefix(first);
    return std::any_of(marks.begin(), marks.end(), [&](auto mark) { return text.starts_with(mark); });
}

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

std::string one_line(std::string_view text, std::size_t most) {
    return clean(text, replacement, most);
}

std::string terminal_text(std::string_view text, std::size_t most) {
    return without_orders(clean(text, "?", most));
}

std::string disarm_lines(std::string text) {
    for (std::size_t begin = 0; begin < text.size();) {
        const auto first = text.find_first_not_of(' ', begin);
        if (first == std::string::npos) break;
        if (std::string_view(text).substr(first).starts_with("::")) text.insert(first + 1, " ");
        const auto end = text.find('\n', begin);
        if (end == std::string::npos) break;
        begin = end + 1;
    }
    return text;
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

std::string xml_text(std::string_view text) {
    std::string safe;
    while (!text.empty()) {
        const auto character = first_character(text);
        const auto piece = text.substr(0, character.bytes);
        const bool kept = is_xml_character(character) || character.code == '\n' || character.code == '\t';
        if (!kept) {
            safe += replacement;
        } else if (const auto entity = xml_entity(piece.front()); !entity.empty()) {
            safe += entity;
        } else {
            safe += piece;
        }
        text.remove_prefix(character.bytes);
    }
    return safe;
}

std::string xml_attribute(std::string_view text) {
    return xml_text(one_line(text));
}

std::string markdown_text(std::string_view text, std::size_t most) {
    const std::string line = one_line(text, most);
    std::string safe;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (c == '|') {
            safe += "&#124;";  // a backslash before it means something else inside a table
        } else if (c == '@') {
            safe += "`@`";  // a mention is looked for after backslashes and entities are gone
        } else {
            const char after = i + 1 < line.size() ? line[i + 1] : ' ';
            if (is_markdown_mark(i > 0 ? line[i - 1] : ' ', c, after)) safe += '\\';
            safe += c;
        }
    }
    return safe;
}

std::string markdown_code(std::string_view text, bool in_table, std::size_t most) {
    const std::string inside = one_line(text, most);
    if (inside.find_first_not_of(' ') == std::string::npos) return {};
    const std::string fence(longest_run(inside, '`') + 1, '`');
    // One space on either side is taken off again; it keeps backticks apart.
    const bool padded =
        inside.front() == '`' || inside.back() == '`' || inside.front() == ' ' || inside.back() == ' ';
    const std::string space = padded ? " " : "";
    const auto cell = [in_table](char c) { return std::string_view(in_table && c == '|' ? "\u00a6" : ""); };
    return fence + space + each_replaced(inside, cell) + space + fence;
}

std::string workflow_message(std::string_view text) {
    return each_replaced(one_line(text), [](char c) { return std::string_view(c == '%' ? "%25" : ""); });
}

std::string workflow_property(std::string_view text) {
    return each_replaced(workflow_message(text), [](char c) {
        return std::string_view(c == ':' ? "%3A" : c == ',' ? "%2C" : "");
    });
}

std::string openmetrics_label(std::string_view text) {
    return each_replaced(one_line(text), [](char c) {
        return std::string_view(c == '\\' ? "\\\\" : c == '"' ? "\\\"" : "");
    });
}

std::string csv_field(std::string_view text) {
    std::string field = one_line(text);
    if (begins_formula(field)) field.insert(0, "'");
    if (field.find_first_of(",\"\r\n") == std::string::npos && !field.starts_with(' ') &&
        !field.ends_with(' ')) {
        return field;
    }
    return '"' + each_replaced(field, [](char c) { return std::string_view(c == '"' ? "\"\"" : ""); }) + '"';
}

}  // namespace streamgauge::report
