#include "report/summary/validity.h"

#include "tests/report/summary/group_fixture.h"

#include <gmock/gmock.h>

#include <stdexcept>

namespace streamgauge::report {
namespace {

using namespace testing;
using State = ValidityCheck::State;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const ValidityCheck& check(const Validity& validity, const std::string& name) {
    for (const auto& each : validity.checks) {
        if (each.name == name) return each;
    }
    throw std::out_of_range(name);
}

/// The state of one check and of the run, after `change` to a run that is fine.
template <typename Change>
Validity after(Change&& change) {
    Summary summary = measured_summary();
    ClientHealth health;
    change(summary.groups[0], health);
    return judge_validity(health, summary);
}

void expect_invalid(const Validity& validity, const std::string& name) {
    EXPECT_FALSE(validity.valid);
    EXPECT_EQ(check(validity, name).state, State::invalid);
    EXPECT_THAT(check(validity, name).remedy, Not(IsEmpty()));
}

void expect_ok(const Validity& validity, const std::string& name) {
    EXPECT_TRUE(validity.valid);
    EXPECT_EQ(check(validity, name).state, State::ok);
    EXPECT_THAT(check(validity, name).remedy, IsEmpty());
}

TEST(Validity, OfARunInOrder) {
    const auto validity = after([](auto&, auto&) {});
    EXPECT_TRUE(validity.valid);
    for (const auto& each : validity.checks) {
        EXPECT_EQ(each.state, State::ok) << each.name;
        EXPECT_THAT(each.figure, Not(IsEmpty())) << each.name;
        EXPECT_THAT(each.remedy, IsEmpty()) << each.name;
    }
}

TEST(Validity, WorkersMayWaitForACoreAQuarterOfTheTime) {
    const auto with_wait = [](std::optional<nanoseconds> wait) {
        return after([&](auto&, ClientHealth& health) {
            health.wall_time = 100s;
            health.core_wait = wait;
        });
    };
    expect_ok(with_wait(25s), "core_wait");
    expect_invalid(with_wait(26s), "core_wait");
    EXPECT_EQ(check(with_wait(26s), "core_wait").figure,
              "workers waited for a core 26% of the time (limit 25%)");
    expect_ok(with_wait(std::nullopt), "core_wait");
    EXPECT_EQ(check(with_wait(std::nullopt), "core_wait").figure, "not counted by this kernel");
}

TEST(Validity, SendLagMayReachTenMilliseconds) {
    const auto with_lag = [](nanoseconds lag) {
        return after([&](GroupSummary& group, auto&) { group.metrics.at("schedule_lag") = metric_at(lag); });
    };
    expect_ok(with_lag(10ms), "send_lag");
    expect_invalid(with_lag(10ms + 1ns), "send_lag");
    EXPECT_EQ(check(with_lag(14ms), "send_lag").figure, "p99 14ms (limit 10ms)");
}

TEST(Validity, SendLagMayReachFivePercentOfTheMedianTtft) {
    const auto with_lag = [](nanoseconds lag) {
        return after([&](GroupSummary& group, auto&) {
            group.metrics.at("ttft") = metric_at(100ms);
            group.metrics.at("schedule_lag") = metric_at(lag);
        });
    };
    expect_ok(with_lag(5ms), "send_lag");
    expect_invalid(with_lag(5ms + 1ns), "send_lag");
    EXPECT_THAT(check(with_lag(6ms), "send_lag").figure, HasSubstr("5% of the median TTFT"));
}

TEST(Validity, OnePercentOfTokenTimesMayBeUncertain) {
    const auto with_uncertain = [](std::uint64_t events) {
        return after([&](GroupSummary& group, auto&) { group.uncertain_events = events; });
    };
    expect_ok(with_uncertain(1'000), "uncertain_tokens");
    expect_invalid(with_uncertain(1'001), "uncertain_tokens");
}

TEST(Validity, NinetyNinePercentOfDueRequestsMustBeStarted) {
    const auto with_undelivered = [](std::uint64_t requests) {
        return after([&](GroupSummary& group, auto&) { group.undelivered = requests; });
    };
    expect_ok(with_undelivered(10), "delivered_load");
    expect_invalid(with_undelivered(11), "delivered_load");
    EXPECT_THAT(check(with_undelivered(11), "delivered_load").figure, HasSubstr("11 of 1000"));
}

TEST(Validity, NoClockStepMayBeLeftUnmapped) {
    expect_ok(after([](auto&, ClientHealth& health) { health.clock_steps = 3; }), "clock");
    expect_invalid(after([](auto&, ClientHealth& health) { health.unmapped_clock_steps = 1; }), "clock");
}

TEST(Validity, NoRowMayBeLost) {
    expect_invalid(after([](auto&, ClientHealth& health) { health.rows_lost = 1; }), "rows");
}

TEST(Validity, ReceiveLagIsOnlyAWarning) {
    const auto at_limit = after([](auto&, ClientHealth& health) { health.client_lag.record(10ms, 100); });
    EXPECT_EQ(check(at_limit, "receive_lag").state, State::ok);
    const auto late = after([](auto&, ClientHealth& health) { health.client_lag.record(190ms, 100); });
    EXPECT_TRUE(late.valid);
    EXPECT_EQ(check(late, "receive_lag").state, State::warning);
    EXPECT_THAT(check(late, "receive_lag").remedy, Not(IsEmpty()));
    EXPECT_THAT(check(late, "receive_lag").figure, HasSubstr("p99 190ms"));
}

TEST(Validity, ScarceResourcesAreWarnings) {
    const auto scarce = after([](auto&, ClientHealth& health) {
        health.loop_lag.record(50ms, 10);
        health.cpu_time = 95s;
        health.wall_time = 100s;
        health.reads = 100;
        health.reads_without_kernel_stamp = 6;
        health.peak_descriptors = 1'000;
        health.descriptor_limit = 1'024;
        health.peak_ports = 28'000;
        health.port_limit = 28'232;
    });
    EXPECT_TRUE(scarce.valid);
    for (const char* name : {"loop_lag", "processor", "kernel_stamps", "descriptors", "ports"}) {
        EXPECT_EQ(check(scarce, name).state, State::warning) << name;
    }
}

TEST(Validity, LooksAtTheWorstTarget) {
    Summary summary = measured_summary();
    summary.groups.push_back(measured_group("gateway", ""));
    summary.groups.back().uncertain_events = 50'000;
    EXPECT_FALSE(judge_validity(ClientHealth(), summary).valid);
}

TEST(Validity, WarmUpIsNotLookedAt) {
    Summary summary = measured_summary();
    summary.groups.push_back(measured_group("direct", "warm"));
    summary.groups.back().warmup = true;
    summary.groups.back().uncertain_events = 50'000;
    EXPECT_TRUE(judge_validity(ClientHealth(), summary).valid);
}

TEST(Validity, KeepsTheHealthItJudged) {
    const auto validity = after([](auto&, ClientHealth& health) { health.reads = 7; });
    EXPECT_EQ(validity.health.reads, 7U);
}

}  // namespace
}  // namespace streamgauge::report
