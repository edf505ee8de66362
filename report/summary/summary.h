#pragma once

#include "report/buffering/delay_curve.h"
#include "report/buffering/order_effect.h"
#include "report/buffering/remedies/remedy.h"
#include "report/model/buffering_verdict.h"
#include "report/model/client_health.h"
#include "report/model/cut_off.h"
#include "report/model/outcome.h"
#include "report/summary/histogram_bars.h"
#include "report/summary/run_comparison.h"
#include "scenarios/expectation.h"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a finished run says, as plain values: what summary.json, the terminal table and the page show. In
/// summary.json the keys are the field names; durations are integer nanoseconds under the field's name with
/// `_ns` appended.
namespace streamgauge::report {

using std::chrono::nanoseconds;

struct Percentile {
    double quantile = 0;               ///< 0.5, 0.9, 0.95, 0.99, 0.999
    std::optional<nanoseconds> value;  ///< empty: it falls among censored requests, "above `censored_above`"
    std::optional<nanoseconds> low, high;  ///< 95 % interval; an end is empty when the samples give none, or
                                           ///< it falls among censored requests
    bool enough_samples = false;           ///< 59 for p95, 299 for p99, 2,995 for p99.9
};

/// One metric of one group.
struct MetricSummary {
    std::uint64_t count = 0;                    ///< measured values
    std::uint64_t censored = 0;                 ///< requests that were cut before the value came
    std::optional<nanoseconds> censored_above;  ///< where they were cut
    std::optional<nanoseconds> min, max;
    std::optional<double> mean_ns, stddev_ns;
    std::vector<Percentile> percentiles;
    std::string interval_method;  ///< "block bootstrap" or "order statistics, assumes independence"
    std::vector<std::pair<double, std::int64_t>>
        curve;  ///< (quantile, ns) for the percentile curve, log tail, <= 200 points
    HistogramBars histogram;
};

/// A share of requests, and the 95 % Wilson interval around it.
struct Share {
    std::uint64_t count = 0;
    std::uint64_t of = 0;

    double value() const { return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of); }
};

struct BufferingSummary {
    BufferingVerdict verdict;                      ///< of the group as a whole
    std::map<std::string, std::uint64_t> streams;  ///< kind -> streams
};

/// One target in one phase, or one target over all measured phases.
struct GroupSummary {
    std::string target;
    std::string phase;  ///< empty: all measured phases together
    bool warmup = false;
    nanoseconds duration{0};  ///< of the phase, as far as the run came
    std::uint64_t due = 0;  ///< requests due, cancelled ones left out: the denominator of errors and goodput
    std::array<std::uint64_t, outcome_count> outcomes{};
    std::uint64_t rate_limited = 0;  ///< http_error with status 429
    Share errors;
    Share goodput;  ///< against the scenario's first goodput expectation; `of` 0 when it has none
    std::vector<Share> goodputs;    ///< against each goodput expectation, in the scenario's order
    std::uint64_t answered = 0;     ///< requests that got a response header, cancelled ones included
    std::uint64_t undelivered = 0;  ///< due, never started, and for a reason on our side
    std::map<std::string, MetricSummary> metrics;  ///< ttft ttft_sent ttfa ttfb headers itl tpot e2e max_gap
                                                   ///< schedule_lag connect tls resolve hold hold_estimated;
                                                   ///< hold is the p95 within each stream, its `max` the
                                                   ///< longest of any token. Absent without a value
    double requests_per_second = 0;                ///< completed ones of this phase over its duration
    double events_per_second = 0, tokens_per_second = 0;  ///< streamed while the phase was on
    std::uint64_t token_events = 0, output_tokens = 0, uncertain_events = 0, stalls = 0;
    bool tokens_from_usage = false;  ///< every request's tokens came from the API's usage
    std::optional<double> jank_mean, fluidity_mean, tokens_per_event, events_per_read;
    std::array<std::uint64_t, 4> ttft_bands{}, max_gap_bands{};  ///< Nielsen: <= 0.1 s, <= 1 s, <= 10 s, more
    double concurrency_mean = 0;
    std::uint64_t concurrency_max = 0;
    BufferingSummary buffering;
    std::optional<CutOff> cut_off;  ///< a timeout on the way that ends streams
    std::vector<Remedy> remedies;  ///< for `buffering`, of a target over all phases; holds text of the server
    std::vector<std::pair<std::string, std::string>>
        error_examples;  ///< (outcome, detail), first of each, escaped by the exporter
};

/// What a comparison says of a path.
enum class PairVerdict : std::uint8_t {
    too_few,  ///< pairs
    passes,   ///< tokens come as they do at the base
    delays,   ///< every token alike comes later: slow, but it streams
    holds,    ///< tokens are kept back
};

inline constexpr std::array<std::string_view, 4> pair_verdict_names{"too_few", "passes", "delays", "holds"};

constexpr std::string_view to_string(PairVerdict verdict) {
    return pair_verdict_names[static_cast<std::size_t>(verdict)];
}

/// One target against the base of a comparison, in one phase or over all measured phases.
struct PairSummary {
    std::string target, base;
    std::string phase;  ///< empty: all measured phases together
    bool warmup = false;
    std::uint64_t pairs = 0;         ///< that count: both answers came to their end and are long enough
    std::uint64_t pairs_drawn = 0;   ///< of them, evenly, for what follows: no more than are kept in memory
    std::uint64_t pairs_failed = 0;  ///< left out: one of the two or both did not complete
    std::uint64_t pairs_short = 0;   ///< left out: fewer than 6 token events of an answer tell their time
    std::optional<PairedFigure> ttft_added;           ///< median over pairs
    std::optional<PairedFigure> lag;                  ///< by which every token alike comes later
    std::optional<PairedFigure> hold_mean, hold_p95;  ///< beyond the lag, over the parts of an answer
    std::vector<std::pair<double, std::int64_t>>
        hold_curve;  ///< (share of the answer, ns beyond the lag), mean of the pairs, 50 points
    std::optional<OrderEffect> order_effect;
    std::optional<double> output_length_difference;  ///< mean over pairs of |a - b| / the larger
    PairVerdict verdict = PairVerdict::too_few;
    std::string sentence;               ///< the verdict in words
    std::vector<std::string> warnings;  ///< one sentence each on what weakens the comparison
};

/// Where along a chain of hops tokens are held, over all measured phases.
struct HopSummary {
    std::vector<std::string> chain;           ///< from the client's side to the base
    std::optional<std::string> holds, slows;  ///< the hop where hold first jumps; that which adds most lag
    std::string sentence;
};

/// The requests of one target whose responses had one value of a label, over all measured phases.
struct LabelledGroup {
    std::string target;
    std::string value;  ///< text of the server, at most 64 bytes in one line; `(none)` without the header,
                        ///< `(other)` for those beyond the first 20 values of the run
    std::uint64_t due = 0;  ///< as of a GroupSummary
    Share errors;
    std::map<std::string, MetricSummary> metrics;  ///< ttft tpot e2e, without curve and histogram
};

struct LabelSummary {
    std::string name;
    std::string header;                 ///< of the response, in lower case
    std::vector<LabelledGroup> groups;  ///< target by target; the value of most requests first, `(other)` and
                                        ///< `(none)` last
};

/// One stretch of time of one target, for charts.
struct WindowSummary {
    std::string target;
    nanoseconds start{0}, length{0};
    std::uint64_t started = 0, ended = 0, errors = 0, token_events = 0;
    std::optional<nanoseconds> ttft_p50, ttft_p95, ttft_p99;
    double open_streams = 0;  ///< mean
    /// How late this client was, for the requests due in it: from due to written (less waits of the
    /// scenario's own), and from the arrival of the first token to its read.
    std::optional<nanoseconds> send_lag_p99, receive_lag_p99;
};

/// An expectation with a window, judged on one target in one phase: all that a verdict needs of the windows.
struct WindowedSummary {
    std::size_t expectation = 0;  ///< position among the scenario's
    std::string target, phase;
    std::uint64_t windows = 0;                 ///< of the phase as far as the run came
    std::uint64_t measured = 0;                ///< of them
    std::uint64_t missed = 0;                  ///< of those
    std::string reason;                        ///< why the first that was not measured was not
    nanoseconds worst_begin{0}, worst_end{0};  ///< from the start of the phase
    GroupSummary worst;  ///< the worst of the measured ones, with what the expectation speaks of and no more
};

enum class Judgement { held, missed, not_measured };

struct ExpectationResult {
    scenarios::Expectation expectation;
    std::string target, phase;  ///< what it was checked on
    Judgement judgement = Judgement::not_measured;
    std::string measured;  ///< as a person reads it: "812ms", "> 10s", "block of 4096 bytes"
    std::optional<double> measured_value, low, high;  ///< in the condition's unit
    std::optional<double> margin;  ///< (limit - measured) / limit, positive when it held with room
    bool too_close = false;        ///< the interval spans the limit
    std::string reason;            ///< why it could not be measured
};

/// One question of "could the client keep up?".
struct ValidityCheck {
    std::string name;  ///< send_lag, uncertain_tokens, delivered_load, clock, rows, receive_lag
    enum class State { ok, warning, invalid } state = State::ok;
    std::string figure;  ///< "p99 0.31ms (limit 10ms)"
    std::string remedy;  ///< what to do; empty when ok
};

struct Validity {
    bool valid = true;
    std::vector<ValidityCheck> checks;
    ClientHealth health;
};

enum class RunStatus { passed, failed, not_measurable };

struct Verdict {
    RunStatus status = RunStatus::passed;
    int exit_code = 0;     ///< 0, 1, 3, 130 or 143
    std::string sentence;  ///< one sentence a person reads first
    std::vector<ExpectationResult> expectations;
};

struct RunInfo {
    std::string scenario_name, scenario_file, version, host, kernel;
    std::uint64_t seed = 0;
    std::int64_t start_unix_ns = 0;
    nanoseconds duration{0};  ///< start of the run to the end of the drain
    std::uint64_t workers = 0;
    bool interrupted = false;  ///< SIGINT or SIGTERM
    int signal = 0;
    bool partial = false;  ///< rebuilt from a run that was killed
    struct TargetInfo {
        std::string name, url, api;  ///< url without secrets
    };
    std::vector<TargetInfo> targets;
    struct PhaseInfo {
        std::string name, shape;  ///< shape in words: "1000 users", "50/s poisson"
        nanoseconds start{0}, duration{0};
        bool warmup = false;
    };
    std::vector<PhaseInfo> phases;
    /// Which condition of `abort_when` ended the run.
    struct Abort {
        std::string condition;  ///< as written: "errors > 20% for 5s"
        std::string target;     ///< where it struck
        nanoseconds at{0};      ///< from the start of the run
        std::string measured;   ///< in the second before, as a person reads it
    };
    std::optional<Abort> aborted;
};

struct Summary {
    static constexpr int schema_version = 1;
    RunInfo run;
    Verdict verdict;
    Validity validity;
    std::vector<GroupSummary> groups;      ///< target x (all measured phases, then each phase)
    std::vector<PairSummary> comparisons;  ///< target x (all measured phases, then each phase)
    std::optional<HopSummary> hops;
    std::vector<LabelSummary> labels;  ///< in the scenario's order; absent in summary.json without any
    std::vector<WindowSummary> windows;
    std::vector<WindowedSummary> windowed;  ///< not in summary.json: the verdict has it
    std::optional<RunComparison> baseline;  ///< what changed since the runs of the scenario's `baseline`
};

}  // namespace streamgauge::report
