#include "report/buffering/timeline_flaw.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdint>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;
using namespace std::chrono_literals;

constexpr nanoseconds backwards_at_most = 1ms;
constexpr nanoseconds longest_stream = std::chrono::hours{24 * 365};

/// Whether a - b, which goes to `difference`, is a duration of less than a year either way.
bool is_sane(Moment a, Moment b, nanoseconds& difference) {
    std::int64_t count = 0;
    if (__builtin_sub_overflow(a.time_since_epoch().count(), b.time_since_epoch().count(), &count))
        return false;
    difference = nanoseconds(count);
    return difference < longest_stream && difference > -longest_stream;
}

std::string flaw_of_reads(const StreamTimeline& timeline) {
    const auto begin = timeline.sent.value_or(timeline.intended);
    nanoseconds step{0};
    for (std::size_t i = 0; i < timeline.reads.size(); ++i) {
        const auto& read = timeline.reads[i];
        if (!is_sane(read.arrival, begin, step))
            return fmt::format("read {} is stamped more than a year from the request", i + 1);
        if (i == 0) continue;
        step = read.arrival - timeline.reads[i - 1].arrival;
        if (step < -backwards_at_most) {
            return fmt::format("arrival stamps run backwards by {:.1f} ms at read {} of {}",
                               static_cast<double>(-step.count()) / 1e6, i + 1, timeline.reads.size());
        }
    }
    return "";
}

}  // namespace

std::string flaw_of(const StreamTimeline& timeline) {
    std::uint32_t latest = 0;
    for (const auto& token : timeline.tokens) {
        if (token.read >= timeline.reads.size() || token.read < latest)
            return "its record names reads that do not exist or lie before the token ahead";
        latest = token.read;
    }
    return flaw_of_reads(timeline);
}

}  // namespace streamgauge::report
