#include "report/export/json_line.h"

#include "report/export/escape.h"

#include <boost/json/serialize.hpp>
#include <boost/json/string_view.hpp>

#include <cmath>

namespace streamgauge::report {

std::string json_string(std::string_view text) {
    const std::string valid = valid_utf8(text);
    return boost::json::serialize(boost::json::string_view(valid.data(), valid.size()));
}

void JsonLine::begin(std::string_view name) {
    if (text_.size() > 1) text_ += ',';
    text_ += '"';
    text_ += name;
    text_ += "\":";
}

void JsonLine::field(std::string_view name, double value) {
    if (!std::isfinite(value)) return;
    begin(name);
    fmt::format_to(std::back_inserter(text_), "{}", value);
}

void JsonLine::field(std::string_view name, std::string_view value) {
    begin(name);
    text_ += json_string(value);
}

void JsonLine::field(std::string_view name, std::span<const std::int64_t> values) {
    begin(name);
    text_ += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (i > 0) text_ += ',';
        fmt::format_to(std::back_inserter(text_), "{}", values[i]);
    }
    text_ += ']';
}

void JsonLine::raw(std::string_view name, std::string_view json) {
    begin(name);
    text_ += json;
}

std::string JsonLine::finish() && {
    text_ += "}\n";
    return std::move(text_);
}

}  // namespace streamgauge::report
