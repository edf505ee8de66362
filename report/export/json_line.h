#pragma once

#include <fmt/format.h>

#include <concepts>
#include <cstdint>
#include <iterator>
#include <span>
#include <string>
#include <string_view>

namespace streamgauge::report {

/// Writes one JSON object on one line, field by field, into a string of its own. Doubles are written so that
/// they read back to the bit.
class JsonLine {
  public:
    JsonLine() : text_("{") {}

    void field(std::string_view name, std::integral auto value) {
        begin(name);
        if constexpr (std::same_as<decltype(value), bool>) {
            text_ += value ? "true" : "false";
        } else {
            fmt::format_to(std::back_inserter(text_), "{}", value);
        }
    }
    /// A number that is not finite is left out: JSON has none.
    void field(std::string_view name, double value);
    /// Well-formed UTF-8 whatever `value` holds.
    void field(std::string_view name, std::string_view value);
    void field(std::string_view name, const char* value) { field(name, std::string_view(value)); }
    void field(std::string_view name, std::span<const std::int64_t> values);
    /// `json` is a JSON value already.
    void raw(std::string_view name, std::string_view json);

    /// The line with its end. Nothing can be added afterwards.
    std::string finish() &&;

  private:
    void begin(std::string_view name);

    std::string text_;
};

/// A JSON string with its quotes, of well-formed UTF-8.
std::string json_string(std::string_view text);

}  // namespace streamgauge::report
