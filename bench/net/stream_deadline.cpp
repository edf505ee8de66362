#include "bench/net/stream_deadline.h"

#include "scenarios/quantity.h"

namespace streamgauge::net {

using report::Outcome;

StreamDeadline next_deadline(const scenarios::Timeouts& timeouts, const StreamProgress& progress) {
    if (progress.terminal) return {*progress.terminal + end_grace, Outcome::completed};
    StreamDeadline earliest{progress.sent + timeouts.total, Outcome::timeout_total};
    const auto consider = [&earliest](report::Moment when, Outcome outcome) {
        if (when < earliest.when) earliest = {when, outcome};
    };
    if (!progress.last_token) consider(progress.sent + timeouts.first_token, Outcome::timeout_first_token);
    if (progress.last_token) consider(*progress.last_token + timeouts.stall, Outcome::timeout_stall);
    if (progress.last_body) consider(*progress.last_body + timeouts.idle, Outcome::timeout_idle);
    return earliest;
}

std::string describe_timeout(Outcome outcome, const scenarios::Timeouts& timeouts) {
    using scenarios::format_duration;
    switch (outcome) {
        case Outcome::timeout_connect:
            return "no connection within " + format_duration(timeouts.connect);
        case Outcome::timeout_first_token:
            return "no first token within " + format_duration(timeouts.first_token);
        case Outcome::timeout_idle:
            return "no byte of body for " + format_duration(timeouts.idle);
        case Outcome::timeout_stall:
            return "no token for " + format_duration(timeouts.stall);
        case Outcome::timeout_total:
            return "not finished within " + format_duration(timeouts.total);
        default:
            return {};
    }
}

}  // namespace streamgauge::net
