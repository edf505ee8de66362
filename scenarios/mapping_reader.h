#pragma once

#include "scenarios/diagnostic_collector.h"
#include "scenarios/scalar_reader.h"
#include "scenarios/yaml_tree.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// Reads the keys of one mapping. A key that nobody asked for by the end is unknown, and those that were
/// asked for are what can be suggested instead.
class MappingReader {
  public:
    /// `path` is the mapping's place in the language, such as `load.peak`; empty for the scenario as a whole.
    /// Reports a node that is no mapping; nothing is found in it then.
    MappingReader(const YamlNode& node, std::string path, DiagnosticCollector& diagnostics);

    bool is_mapping() const { return node_.is_mapping(); }
    const YamlNode& node() const { return node_; }
    const std::string& path() const { return path_; }

    /// The value under `key`, or null when the key is not there.
    const YamlNode* find(std::string_view key);
    /// The same, and reports a key that is not there. `example` shows how to write it.
    const YamlNode* require(std::string_view key, std::string_view example);
    /// `load.peak` and `for` make `load.peak.for`.
    std::string path_of(std::string_view key) const;

    /// Each leaves `into` as it is when the key is not there or its value is wrong.
    void text(std::string_view key, std::string& into);
    void flag(std::string_view key, bool& into);
    void duration(std::string_view key, std::chrono::nanoseconds& into, Zero zero);
    void count(std::string_view key, std::optional<std::uint64_t>& into);
    void percentage(std::string_view key, double& into);

    /// Call last.
    void reject_unknown_keys();

  private:
    const YamlNode& node_;
    std::string path_;
    DiagnosticCollector& diagnostics_;
    std::vector<std::string_view> known_;
};

}  // namespace streamgauge::scenarios
