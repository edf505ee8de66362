#include "report/summary/validity.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::report {

namespace {

using scenarios::format_duration;
using State = ValidityCheck::State;

constexpr nanoseconds longest_send_lag = std::chrono::milliseconds{10};
constexpr double send_lag_share_of_ttft = 0.05;
constexpr double delivered_limit = 0.99;
constexpr nanoseconds receive_lag_limit = std::chrono::milliseconds{10};
constexpr double core_wait_limit = 0.25;  ///< of the workers' time
constexpr double used_limit = 0.9;        ///< of descriptors, of ports
constexpr double unstamped_limit = 0.05;  ///< of reads

double share(std::uint64_t count, std::uint64_t of) {
    return of == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(of);
}

std::optional<nanoseconds> percentile_of(const GroupSummary& group, const std::string& metric,
                                         double quantile) {
    const auto found = group.metrics.find(metric);
    if (found == group.metrics.end()) return std::nullopt;
    for (const Percentile& percentile : found->second.percentiles) {
        if (percentile.quantile == quantile) return percentile.value;
    }
    return std::nullopt;
}

/// Each target over all measured phases.
std::vector<const GroupSummary*> whole_targets(const Summary& summary) {
    std::vector<const GroupSummary*> groups;
    for (const auto& group : summary.groups) {
        if (group.phase.empty()) groups.push_back(&group);
    }
    return groups;
}

ValidityCheck check(std::string name, bool broken, State when_broken, std::string figure,
                    std::string remedy) {
    ValidityCheck result{std::move(name), State::ok, std::move(figure), {}};
    if (broken) {
        result.state = when_broken;
        result.remedy = std::move(remedy);
    }
    return result;
}

struct SendLag {
    nanoseconds p99{0}, limit = longest_send_lag;
    std::string because = "10ms";

    double over() const { return static_cast<double>(p99.count()) / static_cast<double>(limit.count()); }
};

SendLag send_lag_of(const GroupSummary& group) {
    SendLag lag;
    lag.p99 = percentile_of(group, "schedule_lag", 0.99).value_or(nanoseconds{0});
    const auto ttft = percentile_of(group, "ttft", 0.5);
    lag.limit = send_lag_limit(ttft);
    if (lag.limit < longest_send_lag)
        lag.because = fmt::format("{}, 5% of the median TTFT", format_duration(lag.limit));
    return lag;
}

ValidityCheck check_send_lag(const std::vector<const GroupSummary*>& targets) {
    SendLag worst;
    for (const auto* target : targets) {
        const SendLag lag = send_lag_of(*target);
        if (lag.over() > worst.over()) worst = lag;
    }
    return check(
        "send_lag", worst.p99 > worst.limit, State::invalid,
        fmt::format("p99 {} (limit {})", format_duration(worst.p99), worst.because),
        "Requests left later than they were due. Give the client more workers or an idle machine, or "
        "lower the load.");
}

ValidityCheck check_uncertain_tokens(const std::vector<const GroupSummary*>& targets) {
    double worst = 0;
    for (const auto* target : targets)
        worst = std::max(worst, share(target->uncertain_events, target->token_events));
    return check(
        "uncertain_tokens", worst > uncertain_tokens_limit, State::invalid,
        fmt::format("{:.3g}% of token times (limit 1%)", worst * 100),
        "The client read its sockets too late to tell when each token came. Give it more workers or an "
        "idle machine, or lower the load.");
}

ValidityCheck check_delivered_load(const std::vector<const GroupSummary*>& targets) {
    double worst = 1;
    std::uint64_t due = 0, undelivered = 0;
    for (const auto* target : targets) {
        due += target->due;
        undelivered += target->undelivered;
        worst = std::min(worst, 1 - share(target->undelivered, target->due));
    }
    // Compared as a share of what was not started, which is exact at the limit.
    bool broken = false;
    for (const auto* target : targets)
        broken = broken || target->undelivered * 100 > target->due;
    return check(
        "delivered_load", broken, State::invalid,
        fmt::format("{:.4g}% of due requests started (limit {:.0f}%), {} of {} were not", worst * 100,
                    delivered_limit * 100, undelivered, due),
        "This client could not start all requests that were due. Raise the limits on open files and ports, "
        "give it more workers, or lower the load.");
}

ValidityCheck check_clock(const ClientHealth& health) {
    return check("clock", health.unmapped_clock_steps > 0, State::invalid,
                 fmt::format("{} clock steps, {} not mapped out (limit 0)", health.clock_steps,
                             health.unmapped_clock_steps),
                 "The machine's clock was set during the run. Let its time daemon settle and run again.");
}

ValidityCheck check_rows(const ClientHealth& health) {
    return check(
        "rows", health.rows_lost > 0, State::invalid, fmt::format("{} rows lost (limit 0)", health.rows_lost),
        "The disk was too slow for the rows of requests, or full. Write to another with --out, or lower the "
        "load.");
}

std::string describe_lag(const Histogram& lag) {
    if (lag.empty()) return "not measured";
    return fmt::format("p50 {}, p99 {}, max {}", format_duration(lag.quantile(0.5)),
                       format_duration(lag.quantile(0.99)), format_duration(lag.max()));
}

ValidityCheck check_lag(std::string name, const Histogram& lag, std::string remedy) {
    const bool late = !lag.empty() && lag.quantile(0.99) > receive_lag_limit;
    return check(std::move(name), late, State::warning,
                 fmt::format("{} (limit of p99 {})", describe_lag(lag), format_duration(receive_lag_limit)),
                 std::move(remedy));
}

ValidityCheck check_processor(const ClientHealth& health) {
    const double busy = health.wall_time.count() == 0 ? 0.0
                                                      : static_cast<double>(health.cpu_time.count()) /
                                                            static_cast<double>(health.wall_time.count());
    return check("processor", busy > busy_workers_limit, State::warning,
                 fmt::format("workers busy {:.3g}% of the time (limit 90%)", busy * 100),
                 "The workers have little time to spare. Give the client more workers.");
}

ValidityCheck check_core_wait(const ClientHealth& health) {
    if (!health.core_wait) return check("core_wait", false, State::ok, "not counted by this kernel", {});
    const double waited = health.wall_time.count() == 0 ? 0.0
                                                        : static_cast<double>(health.core_wait->count()) /
                                                              static_cast<double>(health.wall_time.count());
    return check("core_wait", waited > core_wait_limit, State::invalid,
                 fmt::format("workers waited for a core {:.3g}% of the time (limit 25%)", waited * 100),
                 "Something else uses the client's cores. Give the client cores of its own, or stop what "
                 "runs beside it.");
}

ValidityCheck check_kernel_stamps(const ClientHealth& health) {
    const double unstamped = share(health.reads_without_kernel_stamp, health.reads);
    return check(
        "kernel_stamps", unstamped > unstamped_limit, State::warning,
        fmt::format("{:.3g}% of {} reads had none (limit 5%)", unstamped * 100, health.reads),
        "Without the kernel's receive stamps, times are those at which the client came to read. Watch the "
        "receive lag.");
}

ValidityCheck check_resource(std::string name, std::uint64_t peak, std::uint64_t limit, std::string remedy) {
    const std::string bound = limit == 0 ? "unknown" : std::to_string(limit);
    return check(std::move(name), share(peak, limit) > used_limit, State::warning,
                 fmt::format("{} at most (limit {})", peak, bound), std::move(remedy));
}

}  // namespace

nanoseconds send_lag_limit(std::optional<nanoseconds> median_ttft) {
    if (!median_ttft) return longest_send_lag;
    const nanoseconds share{
        static_cast<std::int64_t>(static_cast<double>(median_ttft->count()) * send_lag_share_of_ttft)};
    return std::clamp(share, nanoseconds{1}, longest_send_lag);
}

Validity judge_validity(const ClientHealth& health, const Summary& summary) {
    const auto targets = whole_targets(summary);
    Validity validity;
    validity.health = health;
    validity.checks = {
        check_send_lag(targets),
        check_uncertain_tokens(targets),
        check_delivered_load(targets),
        check_clock(health),
        check_rows(health),
        check_lag(
            "receive_lag", health.client_lag,
            "The client came late to its sockets. Kernel stamps keep the token times right, but it is near "
            "its limit."),
        check_lag("loop_lag", health.loop_lag,
                  "The workers' timers fired late. The client is near its limit."),
        check_processor(health),
        check_core_wait(health),
        check_kernel_stamps(health),
        check_resource("descriptors", health.peak_descriptors, health.descriptor_limit,
                       "Raise the limit on open files (ulimit -n)."),
        check_resource("ports", health.peak_ports, health.port_limit,
                       "Name more addresses in connections.source_addresses, or reuse connections."),
    };
    validity.valid = std::none_of(validity.checks.begin(), validity.checks.end(),
                                  [](const ValidityCheck& each) { return each.state == State::invalid; });
    return validity;
}

}  // namespace streamgauge::report
