#pragma once

#include "scenarios/yaml_tree.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::scenarios {

/// Gathers the values that must never be shown, and hides those that stand in the scenario's own text.
class SecretCollector {
  public:
    /// `source` is the scenario as read; it outlives the collector.
    explicit SecretCollector(std::string_view source) : source_(source) {}

    /// Adds a value for masking. Values under four characters are left out: masking them would riddle
    /// every output with stars and hide nothing.
    void add(std::string_view value);

    /// Hides `part` of a scalar in masked_source(). False when the scalar is not written out in the source as
    /// it is (escapes, folded lines), so that it cannot be found there.
    [[nodiscard]] bool hide(const YamlNode& node, std::string_view part);

    /// The source with every hidden part replaced by `***`.
    std::string masked_source() const;
    /// The values, longest first, so that none is masked in part only.
    std::vector<std::string> take_values();

  private:
    std::string_view source_;
    std::vector<std::pair<std::size_t, std::size_t>> hidden_;  ///< (offset, length) in the source
    std::vector<std::string> values_;
};

}  // namespace streamgauge::scenarios
