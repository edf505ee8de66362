#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// `text` with every byte that is no part of well-formed UTF-8 replaced by U+FFFD, cut to at most `most`
/// bytes between characters. JSON has to be UTF-8, and servers send what they like.
std::string valid_utf8(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// `text` safe to show on a terminal, in one line: control characters (C0, DEL, C1), line and paragraph
/// separators and characters that turn the direction of text become `?`, line ends and tabs a space.
std::string terminal_text(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// Columns that `text` takes on a terminal, near enough: one for each character.
std::size_t display_width(std::string_view text);

/// JSON that can stand inside an HTML script element: `<`, `>`, `&`, U+2028 and U+2029 become `\uXXXX`. They
/// occur inside JSON strings only, where that means the same; else `</script` would end the element.
std::string script_json(std::string_view json);

}  // namespace streamgauge::report
