#include "tests/house/coverage_rules.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace streamgauge::house {
namespace {

bool starts_with_any(const std::string& path, const auto& prefixes) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&path](std::string_view prefix) { return path.starts_with(prefix); });
}

/// Sources that the rule of a test of the same name holds for: all rooms but the benchmark programs.
bool wants_test(const std::string& path) {
    constexpr std::array<std::string_view, 3> stages{"scenarios/", "report/", "bench/"};
    return path.ends_with(".cpp") && starts_with_any(path, stages) && !path.starts_with("bench/micro/");
}

std::string test_of(const std::string& source) {
    return "tests/" + folder_of(source) + "/" + stem_of(source) + "_test.cpp";
}

/// True when the word stands in the text as a whole file name.
bool names_file(const std::string& text, const std::string& name) {
    const auto is_part = [](char byte) {
        return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '_' || byte == '-' ||
               byte == '.';
    };
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at + 1)) {
        const std::size_t after = at + name.size();
        if ((at == 0 || !is_part(text[at - 1])) && (after == text.size() || !is_part(text[after]))) {
            return true;
        }
    }
    return false;
}

/// True when a CMakeLists.txt in the file's folder or above names it by its path from there.
bool is_built(const SourceTree& tree, const std::string& path) {
    for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
        const auto list = tree.find(folder + "/CMakeLists.txt");
        if (list != tree.end() && names_file(list->second, path.substr(folder.size() + 1))) {
            return true;
        }
    }
    return false;
}

}  // namespace

Breaches check_tests(const SourceTree& tree, const Exceptions& exceptions) {
    Breaches breaches;
    for (const auto& [path, text] : tree) {
        if (wants_test(path) && !tree.contains(test_of(path)) && !exceptions.contains(path)) {
            breaches.push_back(path + " has no test; write " + test_of(path));
        }
    }
    for (const auto& [path, exception] : exceptions) {
        if (!tree.contains(path)) {
            breaches.push_back(path + " is excepted from having a test, but is gone");
        } else if (tree.contains(test_of(path))) {
            breaches.push_back(path + " is excepted from having a test, but has one");
        } else if (!exception.covered_by.empty() && !tree.contains(exception.covered_by)) {
            breaches.push_back(path + " is said to be covered by " + exception.covered_by +
                               ", which is gone");
        }
    }
    return breaches;
}

Breaches check_build_lists(const SourceTree& tree) {
    Breaches breaches;
    for (const auto& [path, text] : tree) {
        if (path.ends_with(".cpp") && !is_built(tree, path)) {
            breaches.push_back(path + " is in no CMakeLists.txt, so it is never built");
        }
    }
    return breaches;
}

Breaches check_sample_scenarios(const SourceTree& tree) {
    Breaches breaches;
    for (const auto& [sample, unused] : tree) {
        if (!sample.starts_with("scenarios/") || !(sample.ends_with(".yaml") || sample.ends_with(".yml"))) {
            continue;
        }
        const std::string name = sample.substr(sample.rfind('/') + 1);
        const std::string quoted = '"' + stem_of(sample) + '"';
        const bool named = std::any_of(tree.begin(), tree.end(), [&name, &quoted](const auto& file) {
            const auto& [path, text] = file;
            return (path.starts_with("tests/") || path.starts_with("ci/")) &&
                   (names_file(text, name) || text.find(quoted) != std::string::npos);
        });
        if (!named) {
            breaches.push_back(sample + " is run by no test; name it in one under tests/");
        }
    }
    return breaches;
}

}  // namespace streamgauge::house
