#include "report/summary/judgement.h"

#include "report/summary/goodput.h"

#include <optional>

namespace streamgauge::report {

namespace {

using scenarios::Comparator;
using scenarios::Condition;

std::optional<double> margin_of(double measured, const Condition& condition) {
    if (condition.value == 0) return std::nullopt;
    if (wants_less(condition.comparator)) return (condition.value - measured) / condition.value;
    if (wants_more(condition.comparator)) return (measured - condition.value) / condition.value;
    return std::nullopt;
}

/// The interval spans the limit; an end that the samples do not give lies beyond it.
bool is_too_close(const Figure& figure, double limit) {
    if (!figure.low && !figure.high) return false;
    return figure.low.value_or(limit) <= limit && limit <= figure.high.value_or(limit);
}

void judge_number(const Figure& figure, const Condition& condition, ExpectationResult& result) {
    result.measured_value = figure.value;
    result.low = figure.low;
    result.high = figure.high;
    result.too_close = is_too_close(figure, condition.value);
    result.margin = margin_of(figure.value, condition);
    const bool held = compares(figure.value, condition.comparator, condition.value);
    result.judgement = held ? Judgement::held : Judgement::missed;
}

/// All that is known is a lower bound. It can hold a `>`; it cannot hold a `<`, however far the limit.
void judge_above(const Figure& figure, const Condition& condition, ExpectationResult& result) {
    result.measured_value = figure.value;
    result.low = figure.low;
    result.too_close = is_too_close(figure, condition.value);
    if (wants_less(condition.comparator) || condition.comparator == Comparator::equal) {
        result.judgement = Judgement::missed;
        if (figure.value >= condition.value) result.margin = margin_of(figure.value, condition);
    } else if (figure.value >= condition.value) {
        result.judgement = Judgement::held;
        result.margin = margin_of(figure.value, condition);
    } else {
        result.reason = "too many requests were cut before the figure was known";
    }
}

}  // namespace

bool wants_less(Comparator comparator) {
    return comparator == Comparator::less || comparator == Comparator::less_or_equal;
}
bool wants_more(Comparator comparator) {
    return comparator == Comparator::greater || comparator == Comparator::greater_or_equal;
}

void judge_figure(const Figure& figure, const Condition& condition, ExpectationResult& result) {
    switch (figure.kind) {
        case Figure::Kind::measured:
            judge_number(figure, condition, result);
            break;
        case Figure::Kind::above:
            judge_above(figure, condition, result);
            break;
        case Figure::Kind::missing:
            result.reason = figure.reason;
            break;
        case Figure::Kind::word:
            break;
    }
}

}  // namespace streamgauge::report
