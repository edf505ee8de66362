#pragma once

#include "report/model/moment.h"
#include "report/model/outcome.h"
#include "scenarios/scenario.h"

#include <chrono>
#include <optional>
#include <string>

namespace streamgauge::net {

/// How far a stream has come, as far as its timeouts care.
struct StreamProgress {
    report::Moment sent{};
    std::optional<report::Moment> last_body;   ///< latest body byte
    std::optional<report::Moment> last_token;  ///< latest token event
    std::optional<report::Moment> terminal;    ///< the API's end mark
};

/// When a stream is given up if nothing more comes, and as what.
struct StreamDeadline {
    report::Moment when{};
    report::Outcome outcome = report::Outcome::timeout_total;
};

/// After the end mark the response may take this long to end; then the connection is closed, the stream stays
/// completed.
inline constexpr std::chrono::seconds end_grace{1};

/// The earliest deadline: `total` and `first_token` count from `sent`; `idle` from the last byte of body once
/// there was one; `stall` from the last token event once there was one.
StreamDeadline next_deadline(const scenarios::Timeouts& timeouts, const StreamProgress& progress);

/// The sentence for a timeout: "no first token within 10s".
std::string describe_timeout(report::Outcome outcome, const scenarios::Timeouts& timeouts);

}  // namespace streamgauge::net
