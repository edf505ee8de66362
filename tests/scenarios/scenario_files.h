#pragma once

#include <filesystem>
#include <string>
#include <vector>

/// Scenarios as files, for tests.
namespace streamgauge::scenarios {

inline const std::filesystem::path source_folder = STREAMGAUGE_SOURCE_DIR;

/// The .yaml files of a folder by name. Fails the test when there is none.
std::vector<std::filesystem::path> yaml_files(const std::filesystem::path& folder);

std::string read_file(const std::filesystem::path& file);

}  // namespace streamgauge::scenarios
