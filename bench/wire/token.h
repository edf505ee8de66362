#pragma once

#include <string_view>

namespace streamgauge::wire {

/// `text` without spaces and tabs at both ends (optional white space, RFC 9110 section 5.6.3).
constexpr std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Compares two ASCII tokens without regard to case.
constexpr bool equal_ignoring_case(std::string_view left, std::string_view right) {
    constexpr auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (left.size() != right.size()) return false;
    for (std::size_t i = 0; i < left.size(); ++i) {
        if (lower(left[i]) != lower(right[i])) return false;
    }
    return true;
}

/// Calls `visit` with each element of a comma-separated header value, white space trimmed, empty ones left
/// out.
template <class Visit>
constexpr void for_each_token(std::string_view list, Visit visit) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        const auto token = trim(list.substr(0, comma));
        if (!token.empty()) visit(token);
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace streamgauge::wire
