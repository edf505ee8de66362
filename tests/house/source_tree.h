#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

/// Checks of the source tree itself: who may include whom, what must have a test, what must not be written
/// down. Every rule is a function of a SourceTree, so that it can be shown to fail on a made-up one.
namespace streamgauge::house {

/// Path from the root, with '/' -> content of the file.
using SourceTree = std::map<std::string, std::string>;

/// Each a sentence that starts with the path it is about; empty when the rule holds.
using Breaches = std::vector<std::string>;

/// Every file that git tracks under `root`, as it is in the work tree. Throws std::runtime_error when git is
/// not there or `root` is no clone.
SourceTree read_source_tree(const std::filesystem::path& root);

/// The folder of a path, without a slash at the end; empty at the top.
std::string folder_of(const std::string& path);

/// The last component of a path, without its extension.
std::string stem_of(const std::string& path);

/// True for C++ sources and headers.
bool is_cpp(const std::string& path);

}  // namespace streamgauge::house
