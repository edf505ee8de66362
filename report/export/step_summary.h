#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

namespace streamgauge::report {

/// What GitHub takes for one step (1 MiB); a longer summary is not shown at all.
inline constexpr std::size_t most_step_summary_bytes = std::size_t{1} << 20;

/// Appends Markdown to the file that GITHUB_STEP_SUMMARY names, cut so that the whole stays within the limit.
/// Throws RunFolderError when it cannot be written.
void append_step_summary(const std::filesystem::path& file, const std::string& markdown);

}  // namespace streamgauge::report
