#include "report/export/masker.h"

#include <algorithm>
#include <cstdint>

namespace streamgauge::report {
namespace {

/// Shorter text would turn every output into stars and hide nothing.
constexpr std::size_t shortest_needle = 4;

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

/// RFC 3986, every character but the unreserved ones; `digits` are the hexadecimal ones to use.
std::string percent_encode(std::string_view text, std::string_view digits, bool plus_for_space) {
    std::string encoded;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c)) {
            encoded += c;
        } else if (c == ' ' && plus_for_space) {
            encoded += '+';
        } else {
            encoded += {'%', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return encoded;
}

std::string json_escape(std::string_view text, bool slashes) {
    std::string escaped;
    for (const char c : text) {
        if (c == '"' || c == '\\' || (c == '/' && slashes)) escaped += '\\';
        escaped += c;
    }
    return escaped;
}

/// The part of a base64 text (RFC 4648) that `text` alone decides when `before` bytes (0..2) stand before it
/// in its group of three and anything after it.
std::string base64_core(std::string_view text, std::size_t before, std::string_view alphabet) {
    std::string padded(before, '\0');
    padded += text;
    std::string encoded;
    for (std::size_t i = 0; i < padded.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j) {
            group = (group << 8) | (i + j < padded.size() ? static_cast<unsigned char>(padded[i + j]) : 0U);
        }
        for (int shift = 18; shift >= 0; shift -= 6)
            encoded += alphabet[(group >> shift) & 63];
    }
    const std::size_t first = (before * 8 + 5) / 6, end = padded.size() * 8 / 6;
    return encoded.substr(first, end - first);
}

void add_base64(std::string_view secret, std::vector<std::string>& needles) {
    constexpr std::string_view standard = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    constexpr std::string_view for_urls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    for (const auto alphabet : {standard, for_urls}) {
        for (std::size_t before = 0; before < 3; ++before) {
            auto core = base64_core(secret, before, alphabet);
            // The core of a short secret could stand in any text.
            if (core.size() >= 6) needles.push_back(std::move(core));
        }
    }
}

}  // namespace

Masker::Masker(const std::vector<std::string>& secrets) {
    for (const auto& secret : secrets) {
        if (secret.size() < shortest_needle) continue;
        needles_.push_back(secret);
        for (const std::string_view digits : {"0123456789ABCDEF", "0123456789abcdef"}) {
            needles_.push_back(percent_encode(secret, digits, false));
            needles_.push_back(percent_encode(secret, digits, true));
        }
        needles_.push_back(json_escape(secret, false));
        needles_.push_back(json_escape(secret, true));
        add_base64(secret, needles_);
        // A scheme in front is sent along with the token, but echoed without it.
        const auto space = secret.find(' ');
        if (space != std::string::npos && secret.size() - space - 1 >= 8) {
            needles_.push_back(secret.substr(space + 1));
        }
        // The password of `user:password`.
        const auto colon = secret.find(':');
        if (colon != std::string::npos && secret.size() - colon - 1 >= shortest_needle) {
            needles_.push_back(secret.substr(colon + 1));
        }
    }
    std::ranges::sort(needles_, [](const auto& a, const auto& b) {
        return a.size() != b.size() ? a.size() > b.size() : a < b;
    });
    needles_.erase(std::unique(needles_.begin(), needles_.end()), needles_.end());
}

std::string Masker::mask(std::string_view text) const {
    std::string masked(text);
    for (const auto& needle : needles_) {
        for (auto at = masked.find(needle); at != std::string::npos; at = masked.find(needle, at + 3)) {
            masked.replace(at, needle.size(), "***");
        }
    }
    return masked;
}

}  // namespace streamgauge::report
