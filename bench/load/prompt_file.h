#pragma once

#include "bench/api/api_dialect.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

namespace streamgauge::load {

inline constexpr std::uintmax_t max_prompt_file_bytes = 64 * 1024 * 1024;
inline constexpr std::size_t max_prompt_line_bytes = 1024 * 1024;

/// Reads a JSONL file of prompts, at most 64 MiB. Throws std::runtime_error with one sentence that names the
/// file, and the line where there is one, when it cannot be used.
std::vector<api::Prompt> read_prompt_file(const std::filesystem::path& file);

/// The same for text in hand; `name` stands in messages. Each line is a JSON string, or an object with
/// `prompt` or `messages` and optionally `max_tokens`, and at most 1 MiB long. Blank lines are skipped; there
/// must be at least one prompt.
std::vector<api::Prompt> parse_prompts(std::string_view text, std::string_view name);

}  // namespace streamgauge::load
