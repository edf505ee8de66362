#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

/// The proxy configurations of scenarios/proxies: what the list says and what the templates need.
namespace streamgauge::scenarios {
namespace {

namespace fs = std::filesystem;

const fs::path folder = fs::path(STREAMGAUGE_SOURCE_DIR) / "scenarios/proxies";

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

using Row = std::vector<std::string>;

std::vector<Row> listed() {
    std::vector<Row> rows;
    std::istringstream lines(text_of(folder / "configurations.tsv"));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) continue;
        Row row;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '\t');)
            row.push_back(cell);
        rows.push_back(row);
    }
    return rows;
}

std::set<std::string> templates() {
    std::set<std::string> names;
    for (const auto& file : fs::recursive_directory_iterator(folder)) {
        if (file.is_regular_file() && file.path().parent_path() != folder)
            names.insert(fs::relative(file.path(), folder).string());
    }
    return names;
}

TEST(ProxyConfigurations, AreListedOnceEach) {
    std::set<std::string> names;
    for (const auto& row : listed()) {
        ASSERT_EQ(row.size(), 4U) << row.front();
        EXPECT_TRUE(names.insert(row[0]).second) << row[0];
    }
    EXPECT_EQ(names, templates());
}

TEST(ProxyConfigurations, SayWhatTheyShow) {
    const std::regex kind("none|full|compression|block(:[0-9]+)?|timer:[0-9]+ms|-");
    for (const auto& row : listed()) {
        EXPECT_TRUE(row[1] == "identity" || row[1] == "gzip") << row[0];
        EXPECT_TRUE(std::regex_match(row[2], kind)) << row[2];
        EXPECT_TRUE(std::regex_match(row[3], kind)) << row[3];
    }
}

TEST(ProxyConfigurations, HaveOneThatHoldsAndOneThatStreamsOfEachProxy) {
    std::map<std::string, std::set<bool>> streams;
    for (const auto& row : listed())
        streams[row[0].substr(0, row[0].find('/'))].insert(row[2] == "none");
    EXPECT_EQ(streams.size(), 6U);
    for (const auto& [proxy, both] : streams)
        EXPECT_EQ(both.size(), 2U) << proxy;
}

TEST(ProxyConfigurations, NeedNothingButTheDocumentedPlaceholders) {
    const auto readme = text_of(folder / "README.md");
    const std::regex placeholder("@[A-Z_]+@");
    for (const auto& name : templates()) {
        const auto text = text_of(folder / name);
        EXPECT_NE(text.find("@UPSTREAM_PORT@"), std::string::npos) << name;
        for (std::sregex_iterator each(text.begin(), text.end(), placeholder), end; each != end; ++each)
            EXPECT_NE(readme.find('`' + each->str() + '`'), std::string::npos) << name << ' ' << each->str();
    }
}

}  // namespace
}  // namespace streamgauge::scenarios
