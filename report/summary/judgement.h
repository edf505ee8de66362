#pragma once

#include "report/summary/figure.h"
#include "report/summary/summary.h"
#include "scenarios/expectation.h"

namespace streamgauge::report {

/// Holds a figure against the limit of `condition` and fills what `result` says of it: the judgement, the
/// measured value with its interval, the margin, and whether the interval spans the limit; of a missing
/// figure the reason. A figure that is a word, such as a kind of buffering, is left to the caller.
void judge_figure(const Figure& figure, const scenarios::Condition& condition, ExpectationResult& result);

/// True for `<` and `<=`.
bool wants_less(scenarios::Comparator comparator);
/// True for `>` and `>=`.
bool wants_more(scenarios::Comparator comparator);

}  // namespace streamgauge::report
