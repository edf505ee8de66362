#pragma once

#include <cstddef>
#include <span>

namespace streamgauge::report {

/// How well one rule, by which a path might release what it holds, explains a stream's bursts.
///
/// Every rule is a small generative model of one figure of a burst (tokens, time since the burst before, or
/// bytes) and is compared with no rule at all, under which the figure may lie anywhere within a factor of 16,
/// each ratio as likely as the next. A burst that a rule would not make is not impossible under it, only rare
/// (1 in 20), so that one pause of the model refutes nothing. A rule pays for having chosen its parameter
/// from the very bursts it explains: one burst's gain is taken off.
struct RuleFit {
    double parameter = 0;  ///< in the unit of the values
    double bits = 0;       ///< log2 of (likelihood by this rule / by no rule), less the parameter's price
    std::size_t explained = 0;  ///< bursts that fit
    std::size_t bursts = 0;     ///< bursts judged
};

/// What a rule gains, in bits, by a burst whose figure it confines to a range `width` times as wide as the
/// figure itself and which lies in that range.
double confinement_bits(double width);

/// What a rule gains by a burst that refutes it, in bits: a small negative number.
double refuted_bits();

/// Bursts that hold the same whole number, such as tokens: the parameter is the most frequent one.
RuleFit fit_constant(std::span<const double> values);

/// Values that reach a threshold and go beyond it by what comes in one go: a timer that starts with the first
/// token it holds takes its period and the wait for that token, a buffer that keeps events whole takes its
/// size and the rest of an event. `slack` is the mean of what comes in one go, `blur` how far below the
/// threshold a measurement may fall. Beyond the threshold likelihood falls as exp(-excess / slack).
RuleFit fit_threshold(std::span<const double> values, double slack, double blur);

}  // namespace streamgauge::report
