#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// `text` with every byte that is no part of well-formed UTF-8 replaced by U+FFFD, cut to at most `most`
/// bytes between characters. JSON has to be UTF-8, and servers send what they like.
std::string valid_utf8(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// `text` in one line that shows what it says: line ends and tabs become a space; other control characters
/// (C0, DEL, C1), line and paragraph separators, characters that turn or hide text and bytes that are no
/// UTF-8 become U+FFFD.
std::string one_line(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// The same for a terminal, with `?` for U+FFFD. Terminals of build servers take orders from what is printed
/// on them: `##[command]`, `##vso[command]` and the like are broken up here; `::command::` counts at the
/// start of a line only, see disarm_lines().
std::string terminal_text(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// Breaks up what a GitHub runner would take for a command (`::error::...`) at the start of a line of
/// finished terminal text, where wrapping may have put it.
std::string disarm_lines(std::string text);

/// Columns that `text` takes on a terminal, near enough: one for each character.
std::size_t display_width(std::string_view text);

/// JSON that can stand inside an HTML script element: `<`, `>`, `&`, U+2028 and U+2029 become `\uXXXX`. They
/// occur inside JSON strings only, where that means the same; else `</script` would end the element.
std::string script_json(std::string_view json);

/// Text of an XML 1.0 element, line ends kept. Also `]]>` is harmless in it. What XML has no way to write,
/// such as most control characters, becomes U+FFFD.
std::string xml_text(std::string_view text);

/// Value of an XML attribute between double quotes, in one line.
std::string xml_attribute(std::string_view text);

/// Text of GitHub's Markdown that reads as written, in one line: no markup, no HTML, no table cell, no link,
/// no mention of a user.
std::string markdown_text(std::string_view text, std::size_t most = static_cast<std::size_t>(-1));

/// `text` as a code span of GitHub's Markdown, in one line. In a cell of a table `in_table` has to be set:
/// `|` is shown as a broken bar there, as a code span has no escape for it that holds behind a backslash too.
std::string markdown_code(std::string_view text, bool in_table,
                          std::size_t most = static_cast<std::size_t>(-1));

/// Message of a GitHub workflow command, in one line.
std::string workflow_message(std::string_view text);

/// Value of a property of a GitHub workflow command (`file=`, `title=`).
std::string workflow_property(std::string_view text);

/// Value of an OpenMetrics label between double quotes, in one line.
std::string openmetrics_label(std::string_view text);

/// A field of CSV (RFC 4180), in one line. A text that a spreadsheet would take for a formula gets a `'`
/// before it, which spreadsheets do not show (OWASP, CSV Injection).
std::string csv_field(std::string_view text);

}  // namespace streamgauge::report
