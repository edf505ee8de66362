#include "bench/simulator/distribution.h"

#include "scenarios/quantity.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace streamgauge::simulator {

namespace {

constexpr double hour_ns = 3600e9;
constexpr double normal95 = 1.6448536269514722;  // quantile 0.95 of the standard normal

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ')
        text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ')
        text.remove_suffix(1);
    return text;
}

std::optional<double> duration_ns(std::string_view text) {
    const auto parsed = scenarios::parse_duration(trimmed(text));
    if (!parsed || parsed->count() < 0) return std::nullopt;
    return std::min(static_cast<double>(parsed->count()), hour_ns);
}

/// The value of `name=value`; a bare value will do as well.
std::optional<double> named_duration_ns(std::string_view text, std::string_view name) {
    text = trimmed(text);
    if (text.starts_with(name) && text.substr(name.size()).starts_with('=')) {
        text.remove_prefix(name.size() + 1);
    }
    return duration_ns(text);
}

}  // namespace

Distribution::Distribution(Kind kind, double first_ns, double second_ns)
    : kind_{kind}, first_ns_{first_ns}, second_ns_{second_ns} {}

Distribution Distribution::constant(std::chrono::nanoseconds value) {
    return {Kind::constant, static_cast<double>(value.count()), 0.0};
}

std::optional<Distribution> Distribution::parse(std::string_view text) {
    text = trimmed(text);
    const auto open = text.find('(');
    if (open == std::string_view::npos) {
        const auto value = duration_ns(text);
        if (!value) return std::nullopt;
        return Distribution{Kind::constant, *value, 0.0};
    }
    if (!text.ends_with(')')) return std::nullopt;
    return parse_call(trimmed(text.substr(0, open)), text.substr(open + 1, text.size() - open - 2));
}

std::optional<Distribution> Distribution::parse_call(std::string_view name, std::string_view arguments) {
    const auto comma = arguments.find(',');
    if (name == "exponential") {
        const auto mean = duration_ns(arguments);
        if (!mean) return std::nullopt;
        return Distribution{Kind::exponential, *mean, 0.0};
    }
    if (comma == std::string_view::npos) return std::nullopt;
    const auto left = arguments.substr(0, comma);
    const auto right = arguments.substr(comma + 1);
    if (name == "lognormal") {
        const auto median = named_duration_ns(left, "median");
        const auto p95 = named_duration_ns(right, "p95");
        if (!median || !p95 || *median <= 0.0 || *p95 < *median) return std::nullopt;
        return Distribution{Kind::lognormal, *median, *p95};
    }
    const auto first = duration_ns(left);
    const auto second = duration_ns(right);
    if (!first || !second) return std::nullopt;
    if (name == "normal") return Distribution{Kind::normal, *first, *second};
    if (name == "uniform" && *first <= *second) return Distribution{Kind::uniform, *first, *second};
    return std::nullopt;
}

std::chrono::nanoseconds Distribution::sample(Random& random) const {
    double value = first_ns_;
    switch (kind_) {
        case Kind::constant:
            break;
        case Kind::uniform:
            value = first_ns_ + random.uniform() * (second_ns_ - first_ns_);
            break;
        case Kind::normal:
            value = first_ns_ + random.normal() * second_ns_;
            break;
        case Kind::lognormal:
            value = first_ns_ * std::exp(random.normal() * std::log(second_ns_ / first_ns_) / normal95);
            break;
        case Kind::exponential:
            value = -first_ns_ * std::log(random.uniform());
            break;
    }
    return std::chrono::nanoseconds{static_cast<std::int64_t>(std::clamp(value, 0.0, hour_ns))};
}

}  // namespace streamgauge::simulator
