#include "bench/load/prompt_file.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

namespace streamgauge::load {

namespace {

namespace json = boost::json;

/// What is wrong with a line; the caller adds where.
struct LineError {
    std::string message;
};

std::uint32_t read_max_tokens(const json::value& value) {
    // Of a string, say, the conversion is an error too; it takes numbers that are whole and fit.
    const auto number = json::try_value_to<std::uint32_t>(value);
    if (!number || *number == 0) {
        throw LineError{fmt::format("`max_tokens` must be a whole number from 1 to {}",
                                    std::numeric_limits<std::uint32_t>::max())};
    }
    return *number;
}

api::Prompt read_object(const json::object& object) {
    api::Prompt prompt;
    for (const auto& [key, value] : object) {
        if (key == "prompt") {
            if (!value.is_string()) throw LineError{"`prompt` must be a string"};
            prompt.text = value.get_string();
        } else if (key == "messages") {
            if (!value.is_array() || value.get_array().empty()) {
                throw LineError{"`messages` must be a list with at least one message"};
            }
            prompt.messages_json = json::serialize(value);
        } else if (key == "max_tokens") {
            prompt.max_tokens = read_max_tokens(value);
        } else {
            throw LineError{fmt::format("unknown key `{}`; known are `prompt`, `messages` and `max_tokens`",
                                        std::string_view(key.data(), std::min<std::size_t>(key.size(), 80)))};
        }
    }
    const bool has_text = object.contains("prompt");
    if (has_text == object.contains("messages")) {
        throw LineError{"an object needs either `prompt` or `messages`"};
    }
    return prompt;
}

api::Prompt read_line(std::string_view line) {
    if (line.size() > max_prompt_line_bytes) throw LineError{"the line is longer than 1 MiB"};
    boost::system::error_code error;
    const auto value = json::parse(line, error);
    if (error) throw LineError{fmt::format("the line is not JSON ({})", error.message())};
    if (value.is_string()) return {std::string(value.get_string()), {}, std::nullopt};
    if (value.is_object()) return read_object(value.get_object());
    throw LineError{"a line must be a string or an object"};
}

bool is_blank(std::string_view line) {
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

}  // namespace

std::vector<api::Prompt> read_prompt_file(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        throw std::runtime_error(
            fmt::format("prompt file {} is not there or is no regular file", file.string()));
    }
    std::ifstream input(file, std::ios::binary);
    if (!input) {
        throw std::runtime_error(
            fmt::format("prompt file {} cannot be read: {}", file.string(), std::strerror(errno)));
    }
    if (std::filesystem::file_size(file, error) > max_prompt_file_bytes) {
        throw std::runtime_error(fmt::format("prompt file {} is larger than 64 MiB", file.string()));
    }
    const std::string text{std::istreambuf_iterator<char>(input), {}};
    return parse_prompts(text, file.string());
}

std::vector<api::Prompt> parse_prompts(std::string_view text, std::string_view name) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
    std::vector<api::Prompt> prompts;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const auto length = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, length);
        text.remove_prefix(std::min(length + 1, text.size()));
        if (is_blank(line)) continue;
        try {
            prompts.push_back(read_line(line));
        } catch (const LineError& error) {
            throw std::runtime_error(fmt::format("{}:{}: {}", name, number, error.message));
        }
    }
    if (prompts.empty()) throw std::runtime_error(fmt::format("prompt file {} holds no prompt", name));
    return prompts;
}

}  // namespace streamgauge::load
