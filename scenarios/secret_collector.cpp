#include "scenarios/secret_collector.h"

#include <algorithm>

namespace streamgauge::scenarios {
namespace {

constexpr std::size_t shortest_secret = 4;

/// Offset of a line and column (both from 1, columns in bytes); npos beyond the end.
std::size_t offset_of(std::string_view text, int line, int column) {
    std::size_t start = 0;
    for (int i = 1; i < line; ++i) {
        start = text.find('\n', start);
        if (start == std::string_view::npos) return start;
        ++start;
    }
    const std::size_t offset = start + static_cast<std::size_t>(column - 1);
    return offset <= text.size() ? offset : std::string_view::npos;
}

}  // namespace

void SecretCollector::add(std::string_view value) {
    if (value.size() < shortest_secret) return;
    if (std::find(values_.begin(), values_.end(), value) == values_.end()) values_.emplace_back(value);
}

bool SecretCollector::hide(const YamlNode& node, std::string_view part) {
    if (node.where.line == 0) return true;  // came by `--set`: not in the source
    const std::size_t start = offset_of(source_, node.where.line, node.where.column);
    const std::size_t inside = std::string_view(node.raw).find(part);
    if (start == std::string_view::npos || inside == std::string_view::npos) return false;
    const std::size_t scalar = start + (node.quoted ? 1 : 0);
    if (source_.substr(std::min(scalar, source_.size()), node.raw.size()) != node.raw) return false;
    hidden_.emplace_back(scalar + inside, part.size());
    return true;
}

std::string SecretCollector::masked_source() const {
    auto hidden = hidden_;
    std::sort(hidden.begin(), hidden.end());
    std::string masked;
    std::size_t done = 0;
    for (const auto& [offset, length] : hidden) {
        if (offset >= done) {
            masked += source_.substr(done, offset - done);
            masked += "***";
        }
        done = std::max(done, offset + length);
    }
    masked += source_.substr(done);
    return masked;
}

std::vector<std::string> SecretCollector::take_values() {
    std::stable_sort(values_.begin(), values_.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    return std::move(values_);
}

}  // namespace streamgauge::scenarios
