#include "report/summary/outcome_tally.h"

#include <numeric>

namespace streamgauge::report {

void OutcomeTally::add(const RequestMetrics& request, bool ours) {
    const auto index = static_cast<std::size_t>(request.outcome);
    if (is_error(request.outcome) && (counts_[index] == 0 || request.sequence < examples_[index].sequence)) {
        examples_[index] = {request.sequence, request.detail};
    }
    ++counts_[index];
    if (request.outcome == Outcome::http_error && request.http_status == 429) ++rate_limited_;
    if (request.http_status > 0) ++answered_;
    if (request.outcome == Outcome::not_started && ours) ++undelivered_;
}

void OutcomeTally::merge(const OutcomeTally& other) {
    for (std::size_t i = 0; i < outcome_count; ++i) {
        if (other.counts_[i] == 0) continue;
        if (counts_[i] == 0 || other.examples_[i].sequence < examples_[i].sequence) {
            examples_[i] = other.examples_[i];
        }
        counts_[i] += other.counts_[i];
    }
    rate_limited_ += other.rate_limited_;
    answered_ += other.answered_;
    undelivered_ += other.undelivered_;
}

std::uint64_t OutcomeTally::due() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0}) - count(Outcome::cancelled);
}

std::uint64_t OutcomeTally::errors() const {
    return due() - count(Outcome::completed);
}

std::vector<std::pair<std::string, std::string>> OutcomeTally::error_examples() const {
    std::vector<std::pair<std::string, std::string>> examples;
    for (std::size_t i = 0; i < outcome_count; ++i) {
        if (counts_[i] == 0 || !is_error(static_cast<Outcome>(i))) continue;
        examples.emplace_back(outcome_names[i], examples_[i].detail);
    }
    return examples;
}

}  // namespace streamgauge::report
