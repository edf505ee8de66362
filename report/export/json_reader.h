#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace streamgauge::report {

/// Parses a JSON text; empty when it is not one. Doubles are read to the bit, which Boost.JSON's own parser
/// does not promise.
std::optional<boost::json::value> parse_json(std::string_view text);

/// Reads lines that JsonLine wrote, one after the other. A field that is absent, or of another type, is
/// empty.
class JsonLineReader {
  public:
    JsonLineReader();
    ~JsonLineReader();
    JsonLineReader(const JsonLineReader&) = delete;
    JsonLineReader& operator=(const JsonLineReader&) = delete;

    /// False when `line` is not a JSON object; then no field is there.
    bool parse(std::string_view line);

    std::optional<std::int64_t> integer(std::string_view name);
    std::optional<std::uint64_t> count(std::string_view name);
    std::optional<double> number(std::string_view name);
    std::optional<bool> boolean(std::string_view name);
    /// Valid until the next parse().
    std::optional<std::string_view> text(std::string_view name);
    /// Empty as well when an element is not a whole number.
    std::optional<std::vector<std::int64_t>> integers(std::string_view name);
    std::vector<std::pair<std::string, std::string>> pairs(std::string_view name);
    /// The members of an object that are texts, with their names.
    std::vector<std::pair<std::string, std::string>> texts(std::string_view name);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::report
