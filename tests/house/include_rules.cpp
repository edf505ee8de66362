#include "tests/house/include_rules.h"

#include <algorithm>
#include <regex>

namespace streamgauge::house {
namespace {

/// The rooms that a room may include besides itself. A name that ends in '/' stands for everything below it.
const std::map<std::string, std::vector<std::string>>& allowed_rooms() {
    static const std::map<std::string, std::vector<std::string>> rooms{
        {"scenarios", {}},
        {"report/model", {"scenarios"}},
        {"report/stats", {"scenarios", "report/model"}},
        {"report/buffering", {"scenarios", "report/model", "report/stats"}},
        {"report/summary", {"scenarios", "report/model", "report/stats", "report/buffering"}},
        {"report/comparison",
         {"scenarios", "report/model", "report/stats", "report/buffering", "report/summary"}},
        {"report/web", {"scenarios", "report/model", "report/stats", "report/buffering", "report/summary"}},
        {"report/export", {"scenarios", "report/"}},
        {"bench/wire", {"scenarios", "report/model"}},
        {"bench/api", {"scenarios", "report/model", "bench/wire"}},
        {"bench/net", {"scenarios", "report/model", "bench/wire", "bench/api"}},
        {"bench/load", {"scenarios", "report/model", "bench/wire", "bench/api", "bench/net"}},
        // Code shared with the client would prove nothing about the client.
        {"bench/simulator", {"scenarios"}},
        // The simulator it starts is a process of its own, known by its command line only.
        {"bench/calibrate", {"scenarios", "report/", "bench/load"}},
        {"bench/probe", {"scenarios", "report/", "bench/load"}},
        {"bench/live", {"scenarios", "report/", "bench/load", "bench/probe"}},
        {"bench/micro",
         {"scenarios", "report/", "bench/wire", "bench/api", "bench/net", "bench/load", "bench/simulator",
          "bench/calibrate"}},
        {"bench/cli", {"scenarios", "report/", "bench/"}},
        {"tests/scenarios", {"scenarios", "tests/"}},
        {"tests/report", {"scenarios", "report/", "tests/"}},
        {"tests/bench", {"scenarios", "report/", "bench/", "tests/"}},
        {"tests/system", {"scenarios", "report/", "bench/", "tests/"}},
        {"tests/house", {"scenarios", "tests/"}},
        {"tests", {"scenarios", "report/", "bench/"}},
    };
    return rooms;
}

/// The room that a file stands in: the longest name of the table that its folder starts with; empty for none.
std::string room_of(const std::string& path) {
    for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
        if (allowed_rooms().contains(folder)) {
            return folder;
        }
    }
    return {};
}

bool allows(const std::string& room, const std::string& other) {
    const auto& rooms = allowed_rooms().at(room);
    return room == other || std::any_of(rooms.begin(), rooms.end(), [&other](const std::string& entry) {
               return entry == other || (entry.ends_with('/') && other.starts_with(entry));
           });
}

/// Written by the build into its own folder, e.g. the page as a byte array.
bool is_generated(const std::string& path) {
    return path.starts_with("generated/");
}

void check_include(const std::string& path, const std::string& included, const SourceTree& tree,
                   Breaches& breaches) {
    const std::string says = path + " includes \"" + included + "\"";
    if (is_generated(included)) {
        return;
    }
    if (!tree.contains(included)) {
        breaches.push_back(says + ", which is no file of the tree; write includes from the root");
        return;
    }
    const std::string room = room_of(path);
    const std::string other = room_of(included);
    if (!room.empty() && !allows(room, other)) {
        breaches.push_back(says + ": " + room + " may not know " + (other.empty() ? included : other));
    }
}

}  // namespace

Breaches check_includes(const SourceTree& tree) {
    static const std::regex include(R"re((?:^|\n)[ \t]*#[ \t]*include[ \t]*"([^"\n]+)")re");
    Breaches breaches;
    for (const auto& [path, text] : tree) {
        if (!is_cpp(path)) {
            continue;
        }
        if (room_of(path).empty()) {
            breaches.push_back(path +
                               " stands in no room; add its folder to the table of who may include whom");
        }
        if (path.ends_with(".h") && !text.starts_with("#pragma once\n")) {
            breaches.push_back(path + " does not start with #pragma once");
        }
        for (auto match = std::sregex_iterator(text.begin(), text.end(), include);
             match != std::sregex_iterator(); ++match) {
            check_include(path, (*match)[1], tree, breaches);
        }
    }
    return breaches;
}

}  // namespace streamgauge::house
