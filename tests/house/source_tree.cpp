#include "tests/house/source_tree.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>

namespace streamgauge::house {
namespace {

/// The paths that `git ls-files` prints, each ended by a zero byte.
std::string tracked_paths(const std::filesystem::path& root) {
    // The clone may belong to somebody else, as in a container.
    const std::string command = "git -c 'safe.directory=*' -C '" + root.string() + "' ls-files -z";
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), &pclose);
    if (!pipe) {
        throw std::runtime_error("cannot run git");
    }
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t size = std::fread(buffer.data(), 1, buffer.size(), pipe.get())) {
        output.append(buffer.data(), size);
    }
    if (output.empty()) {
        throw std::runtime_error("git lists no file under " + root.string());
    }
    return output;
}

}  // namespace

SourceTree read_source_tree(const std::filesystem::path& root) {
    SourceTree tree;
    const std::string paths = tracked_paths(root);
    for (std::size_t begin = 0, end; (end = paths.find('\0', begin)) != std::string::npos; begin = end + 1) {
        const std::string path = paths.substr(begin, end - begin);
        if (!std::filesystem::is_regular_file(root / path)) {
            continue;  // deleted in the work tree, not committed yet
        }
        std::ifstream file(root / path, std::ios::binary);
        tree.emplace(path, std::string(std::istreambuf_iterator<char>(file), {}));
    }
    return tree;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string stem_of(const std::string& path) {
    return std::filesystem::path(path).stem().string();
}

bool is_cpp(const std::string& path) {
    return path.ends_with(".cpp") || path.ends_with(".h");
}

}  // namespace streamgauge::house
