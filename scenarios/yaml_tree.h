#pragma once

#include "scenarios/diagnostic.h"
#include "scenarios/diagnostic_collector.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::scenarios {

/// One value of a YAML document, with its place. Aliases are copies of what they name.
struct YamlNode {
    enum class Kind { null, scalar, sequence, mapping };

    Kind kind = Kind::null;
    SourcePosition where;
    std::string key;           ///< under which it stands in its mapping; empty elsewhere
    SourcePosition key_where;  ///< place of the key; of the value where there is none
    bool quoted = false;       ///< written in quotes or as a block, so text even if it looks like a number

    std::string raw;                     ///< a scalar as written
    std::string text;                    ///< a scalar after interpolation
    bool interpolated = false;           ///< `text` came out of at least one `${env:...}`
    std::vector<std::string> variables;  ///< what the environment contributed to `text`; defaults are not
                                         ///< in it
    bool unusable = false;               ///< an error was reported already; readers pass over it in silence

    std::vector<YamlNode> children;  ///< of a sequence in order, of a mapping with their keys

    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_sequence() const { return kind == Kind::sequence; }
    bool is_mapping() const { return kind == Kind::mapping; }
    bool is_null() const { return kind == Kind::null; }

    /// The value under `key`, or null.
    const YamlNode* find(std::string_view key) const;
    YamlNode* find(std::string_view key);
};

/// What a plain scalar stands for by the core schema of YAML 1.2.
enum class ScalarType { text, boolean, whole_number, number };
ScalarType scalar_type(const YamlNode& node);

/// Bounds on what a document may unfold to, aliases included.
inline constexpr std::size_t most_yaml_nodes = 20'000;
inline constexpr std::size_t deepest_yaml_nesting = 64;

/// Reads one YAML document. Duplicate keys, tags, aliases that contain themselves and documents beyond the
/// bounds are errors. Empty when the text is not YAML at all; `file` is the name shown in diagnostics.
std::optional<YamlNode> parse_yaml(std::string_view text, const std::string& file,
                                   DiagnosticCollector& diagnostics);

}  // namespace streamgauge::scenarios
