#include "report/summary/pair_sentence.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace streamgauge::report {
namespace {

using scenarios::format_duration;
using namespace std::chrono_literals;

constexpr double most_length_difference = 0.05;
constexpr nanoseconds least_order_effect = 5ms;
constexpr nanoseconds least_lag_told = 5ms;

std::string plural(std::uint64_t number, std::string_view noun) {
    return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string with_interval(const PairedFigure& figure) {
    return fmt::format("{} ({} to {})", format_duration(figure.value), format_duration(figure.low),
                       format_duration(figure.high));
}

/// The delay of all tokens, where it is worth a word beside that of those that are held.
std::string beside(const PairedFigure& lag) {
    if (lag.value < least_lag_told) return "";
    return fmt::format(", beside the {} that all tokens come later", format_duration(lag.value));
}

std::string order_warning(const PairSummary& pair) {
    const auto difference = pair.order_effect->difference;
    return fmt::format(
        "the order matters: {} is {} {} when it is asked first (p = {:.2g}), as where caches help "
        "the second; what is compared is the mean of both orders",
        pair.target, format_duration(std::chrono::abs(difference)), difference > 0ns ? "slower" : "faster",
        pair.order_effect->p_value);
}

const PairSummary* find(const std::vector<PairSummary>& pairs, const std::string& target) {
    const auto found = std::ranges::find(pairs, target, &PairSummary::target);
    return found == pairs.end() ? nullptr : &*found;
}

/// The hop next to `target` on the server's side.
const std::string& behind(const HopSummary& hops, const std::string& target) {
    const auto found = std::ranges::find(hops.chain, target);
    return found == hops.chain.end() || found + 1 == hops.chain.end() ? hops.chain.back() : *(found + 1);
}

}  // namespace

std::string pair_sentence(const PairSummary& pair) {
    switch (pair.verdict) {
        case PairVerdict::holds:
            return fmt::format("{} holds tokens back, by {} at p95{}", pair.target,
                               with_interval(*pair.hold_p95), beside(*pair.lag));
        case PairVerdict::delays:
            return fmt::format(
                "{} delays every token alike, by {}, and holds none back: slow, but it streams", pair.target,
                with_interval(*pair.lag));
        case PairVerdict::passes:
            return fmt::format("{} passes tokens on as {} does", pair.target, pair.base);
        case PairVerdict::too_few:
            break;
    }
    return fmt::format("{} cannot be compared with {}: {} of at least {}", pair.target, pair.base,
                       plural(pair.pairs, "pair"), fewest_pairs);
}

std::vector<std::string> pair_warnings(const PairSummary& pair) {
    std::vector<std::string> warnings;
    if (pair.pairs_failed > 0) {
        warnings.push_back(fmt::format("{} with {} left out: one of the two requests did not complete",
                                       plural(pair.pairs_failed, "pair"), pair.target));
    }
    if (pair.pairs_short > 0) {
        warnings.push_back(fmt::format(
            "{} with {} left out: an answer has fewer than 6 tokens, or the client was late for more "
            "than a tenth of them",
            plural(pair.pairs_short, "pair"), pair.target));
    }
    const auto& order = pair.order_effect;
    if (order && order->is_significant() && std::chrono::abs(order->difference) >= least_order_effect)
        warnings.push_back(order_warning(pair));
    if (pair.output_length_difference.value_or(0) > most_length_difference) {
        warnings.push_back(
            fmt::format("the answers of {} and {} differ in length by {:.0f}% on average; fix it, "
                        "as with `workload.max_tokens`",
                        pair.target, pair.base, *pair.output_length_difference * 100));
    }
    return warnings;
}

std::string hop_sentence(const HopSummary& hops, const std::vector<PairSummary>& outward) {
    const auto measured = [](const PairSummary& pair) { return pair.hold_p95.has_value(); };
    if (!std::ranges::all_of(outward, measured)) {
        return fmt::format(
            "Which hop holds tokens back is not measured: at least {} pairs are needed at each",
            fewest_pairs);
    }
    std::string text = "No hop holds tokens back";
    if (const auto* pair = hops.holds ? find(outward, *hops.holds) : nullptr) {
        const auto& next = behind(hops, pair->target);
        const auto* before = find(outward, next);
        text = fmt::format("Tokens are held at {}: hold p95 is {} there and {} at {} behind it", pair->target,
                           format_duration(pair->hold_p95->value),
                           format_duration(before ? before->hold_p95->value : 0ns), next);
    }
    if (const auto* pair = hops.slows ? find(outward, *hops.slows) : nullptr) {
        const auto* before = find(outward, behind(hops, pair->target));
        text +=
            fmt::format("; {} adds the most delay, {} to every token alike: slow, not holding", pair->target,
                        format_duration(pair->lag->value - (before ? before->lag->value : 0ns)));
    }
    return text;
}

}  // namespace streamgauge::report
