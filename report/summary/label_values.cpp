#include "report/summary/label_values.h"

#include "scenarios/header_reader.h"

namespace streamgauge::report {

namespace {

std::string label_value(const StreamTimeline& timeline, const scenarios::Label& label) {
    std::string value;
    bool found = false;
    for (const auto& [name, text] : timeline.response_headers) {
        if (!scenarios::same_header_name(name, label.header)) continue;
        if (found) value += ", ";
        value += text;
        found = true;
    }
    if (!found) return std::string(no_label_value);
    return value.empty() ? "(empty)" : value;
}

}  // namespace

std::vector<std::string> label_values(const StreamTimeline& timeline,
                                      const std::vector<scenarios::Label>& labels) {
    std::vector<std::string> values;
    values.reserve(labels.size());
    for (const auto& label : labels)
        values.push_back(label_value(timeline, label));
    return values;
}

}  // namespace streamgauge::report
