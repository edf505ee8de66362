#pragma once

#include "report/export/run_folder.h"
#include "report/export/run_info.h"
#include "report/export/run_recorder.h"
#include "tests/report/summary/run_fixture.h"
#include "tests/report/timeline_builder.h"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>

namespace streamgauge::report::testing {

inline constexpr std::string_view recorded_secret = "sk-live-0123456789abcdef";
inline constexpr std::int64_t recorded_start_unix_ns = 1'790'000'000'123'456'789;

/// Two targets, 10 s of warm-up, 10 s of measuring, two gates.
inline scenarios::Scenario recorded_scenario() {
    auto scenario = scenario_of({"direct", "gateway"}, {"warm-up", "steady"});
    scenario.name = "recorded";
    scenario.seed = 7;
    scenario.load.front().warmup = true;
    scenario.secrets = {std::string(recorded_secret)};
    scenario.source = fmt::format("name: recorded\n# {}\n", recorded_secret);
    for (auto& target : scenario.targets) {
        target.url = {"http://localhost:8080/v1", false, "localhost", 8080, "/v1", {}};
        target.headers = {{"Authorization", "Bearer " + std::string(recorded_secret), true}};
    }
    scenarios::Expectation gate;
    gate.text = "ttft.p95 < 1s";
    gate.condition = {"ttft", "p95", scenarios::Comparator::less, 1e9, scenarios::Unit::duration, ""};
    scenario.expect.push_back(gate);
    gate.text = "errors < 1%";
    gate.condition = {"errors", "", scenarios::Comparator::less, 0.01, scenarios::Unit::ratio, ""};
    scenario.expect.push_back(gate);
    return scenario;
}

/// Request `number` of the recorded run: one every 50 ms, dealt to both targets, of many lengths and speeds.
/// Each eleventh fails and is told so with the key in it; each thirteenth never gets a token.
inline StreamTimeline recorded_timeline(std::uint64_t number) {
    const auto due = number * 50ms;
    const auto ttft = 80ms + (number * 37 % 101) * 3ms;
    const auto gap = 5ms + (number * 53 % 17) * 1ms + nanoseconds(number);
    TimelineBuilder builder;
    builder.raw().request_id = fmt::format("00000000-0000-4000-8000-{:012}", number);
    builder.target(number % 2).phase(due < 10s ? 0 : 1).sequence(number).intended(due).sent(due + 100us);
    builder.raw().response_headers = {{"Via", "1.1 " + std::string(recorded_secret)}, {"Set-Cookie", "id=1"}};
    if (number % 11 == 3) {
        builder.outcome(Outcome::http_error).status(number % 2 == 1 ? 429 : 503).end(due + 20ms);
        builder.detail(fmt::format("the server said: bad key {}", recorded_secret));
        return builder.build();
    }
    if (number % 13 == 5) {
        builder.outcome(Outcome::timeout_first_token).end(due + 2s);
        return builder.build();
    }
    builder.steady_tokens(12 + static_cast<int>(number % 7), due + ttft, gap);
    if (number % 3 == 0) builder.usage(20 + number);
    builder.raw().finish_reason = "stop";
    return builder.build();
}

inline ClientHealth recorded_health() {
    ClientHealth health;
    health.client_lag.record(40us, 900);
    health.loop_lag.record(70us, 500);
    health.cpu_time = 3s;
    health.wall_time = 40s;
    health.reads = 900;
    health.peak_descriptors = 12;
    health.descriptor_limit = 1024;
    return health;
}

}  // namespace streamgauge::report::testing
