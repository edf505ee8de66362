#include "tests/house/layout_rules.h"

#include <algorithm>
#include <array>
#include <regex>
#include <set>
#include <string_view>

namespace streamgauge::house {
namespace {

struct Pattern {
    std::regex expression;
    std::string complaint;
};

/// Written with brackets around a letter where this file would otherwise find itself.
const std::vector<Pattern>& forbidden_patterns() {
    static const std::vector<Pattern> patterns{
        {std::regex(R"((^|[^\w./-])/([h]ome|[r]oot|[U]sers|[w]ork|[w]orkspace|[m]nt)/[\w.-])"),
         "a path of somebody's machine"},
        {std::regex(R"(^(<{7}|>{7}|={7})( |$))"), "a conflict mark"},
        {std::regex(R"(\b([T]ODO|[F]IXME|[X]XX)\b)"), "a note of work left undone; do it or file it"},
        {std::regex(R"(-----BEGIN [A-Z ]*PRIVATE [K]EY-----)"), "a private key; make one when the test runs"},
    };
    return patterns;
}

bool is_text(const std::string& path) {
    constexpr std::array<std::string_view, 5> binary{".png", ".gz", ".ico", ".woff2", ".bin"};
    return std::none_of(binary.begin(), binary.end(),
                        [&path](std::string_view extension) { return path.ends_with(extension); });
}

bool shows(char byte) {
    return static_cast<unsigned char>(byte) >= 0x20 || byte == '\t' || byte == '\n';
}

void check_line(const std::string& where, const std::string& line, Breaches& breaches) {
    if (!std::all_of(line.begin(), line.end(), shows)) {
        breaches.push_back(where + " holds a control character; write it as an escape");
    }
    for (const Pattern& pattern : forbidden_patterns()) {
        if (std::regex_search(line, pattern.expression)) {
            breaches.push_back(where + " holds " + pattern.complaint);
        }
    }
}

void check_lines(const std::string& path, const std::string& text, Breaches& breaches) {
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        check_line(path + ":" + std::to_string(++number), text.substr(begin, end - begin), breaches);
        begin = end + 1;
    }
}

}  // namespace

Breaches check_top_level(const SourceTree& tree) {
    static const std::set<std::string> entries{"scenarios",
                                               "bench",
                                               "report",
                                               "tests",
                                               "ci",
                                               ".ci",
                                               "CMakeLists.txt",
                                               "CMakePresets.json",
                                               "README.md",
                                               "LICENSE",
                                               ".gitignore",
                                               ".gitattributes",
                                               ".clang-format",
                                               ".clang-tidy",
                                               ".editorconfig"};
    std::set<std::string> unexpected;
    for (const auto& [path, text] : tree) {
        const std::string entry = path.substr(0, path.find('/'));
        if (!entries.contains(entry)) {
            unexpected.insert(entry + " does not belong at the top; put it into a stage, tests/ or ci/");
        }
    }
    return {unexpected.begin(), unexpected.end()};
}

Breaches check_text(const SourceTree& tree) {
    Breaches breaches;
    for (const auto& [path, text] : tree) {
        if (!is_text(path)) {
            continue;
        }
        check_lines(path, text, breaches);
        if (path.ends_with("package-lock.json") && text.find("\"resolved\": \"http") != std::string::npos) {
            breaches.push_back(path +
                               " holds download addresses; install with omit-lockfile-registry-resolved");
        }
    }
    return breaches;
}

}  // namespace streamgauge::house
