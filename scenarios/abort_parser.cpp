#include "scenarios/abort_parser.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view blanks = " \t";
constexpr std::array<std::string_view, 6> ttft_statistics{"p50", "p90", "p95", "p99", "p99.9", "max"};

std::size_t skip_blanks(std::string_view text, std::size_t from) {
    return std::min(text.find_first_not_of(blanks, from), text.size());
}

/// Where the last ` for ` begins; npos when there is none.
std::size_t find_for(std::string_view text) {
    std::size_t found = text.size();
    while (found > 0 && (found = text.rfind("for", found - 1)) != std::string_view::npos) {
        const bool starts_word = found > 0 && blanks.find(text[found - 1]) != std::string_view::npos;
        const std::size_t end = found + 3;
        if (starts_word && (end == text.size() || blanks.find(text[end]) != std::string_view::npos))
            return found;
    }
    return std::string_view::npos;
}

ExpectationError fault(std::size_t offset, std::string message) {
    return {offset, std::move(message), {}};
}

/// What can be known while the run goes on, and only what is too much.
std::optional<ExpectationError> refuse(const ParsedExpectation& parsed, std::string_view text) {
    const Condition& condition = parsed.condition;
    const std::size_t start = skip_blanks(text, 0);
    if (parsed.delta || (condition.metric != "errors" && condition.metric != "ttft")) {
        return fault(start,
                     "a run is ended by `errors` or `ttft`, such as `errors > 20% for 5s` or "
                     "`ttft.p95 > 5s for 10s`; write anything else under `expect`");
    }
    const bool known = condition.metric == "errors" ||
                       std::find(ttft_statistics.begin(), ttft_statistics.end(), condition.statistic) !=
                           ttft_statistics.end();
    if (!known) {
        return fault(start, fmt::format("while a run goes on `ttft` has {}; `{}` is known at its end",
                                        fmt::join(ttft_statistics, ", "), condition.statistic));
    }
    if (parsed.window) {
        return fault(start,
                     "every second is looked at by itself, so `per` has no place here; write `for` only");
    }
    if (condition.comparator != Comparator::greater && condition.comparator != Comparator::greater_or_equal) {
        return fault(start, "this says when to end the run, so write what is too much: `>` or `>=`");
    }
    return std::nullopt;
}

}  // namespace

boost::system::result<AbortCondition, ExpectationError> parse_abort_condition(std::string_view text) {
    const std::size_t split = find_for(text);
    if (split == std::string_view::npos) {
        return fault(text.size(), "it must say for how long, such as `errors > 20% for 5s`");
    }
    auto parsed = parse_expectation(text.substr(0, split));
    if (!parsed) return parsed.error();
    if (const auto error = refuse(*parsed, text)) return *error;
    const std::size_t start = skip_blanks(text, split + 3);
    auto written = text.substr(start);
    written = written.substr(0, written.find_last_not_of(blanks) + 1);
    const auto held_for = parse_duration(written);
    if (!held_for) {
        return fault(start, "after `for` comes a duration with its unit, as in `errors > 20% for 5s`");
    }
    if (*held_for < 1s) return fault(start, "a run is looked at once a second, so write `for 1s` or more");
    return AbortCondition{std::string(text), std::move(parsed->condition), *held_for, {}};
}

}  // namespace streamgauge::scenarios
