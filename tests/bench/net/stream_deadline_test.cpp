#include "bench/net/stream_deadline.h"

#include <gtest/gtest.h>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;
using report::Moment;
using report::Outcome;

Moment at(std::chrono::nanoseconds when) {
    return Moment{1000s + when};
}

scenarios::Timeouts timeouts() {
    scenarios::Timeouts all;
    all.first_token = 10s;
    all.idle = 5s;
    all.stall = 8s;
    all.total = 60s;
    return all;
}

struct DeadlineCase {
    const char* name;
    StreamProgress progress;
    Moment when;
    Outcome outcome;
};

class NextDeadline : public testing::TestWithParam<DeadlineCase> {};

TEST_P(NextDeadline, IsTheEarliestThatApplies) {
    const auto next = next_deadline(timeouts(), GetParam().progress);
    EXPECT_EQ(next.when, GetParam().when);
    EXPECT_EQ(next.outcome, GetParam().outcome);
}

INSTANTIATE_TEST_SUITE_P(
    Progress, NextDeadline,
    testing::Values(
        DeadlineCase{"nothing_yet", {at(0s), {}, {}, {}}, at(10s), Outcome::timeout_first_token},
        DeadlineCase{"a_role_chunk_starts_idle", {at(0s), at(1s), {}, {}}, at(6s), Outcome::timeout_idle},
        DeadlineCase{"pings_reset_idle", {at(0s), at(7s), {}, {}}, at(10s), Outcome::timeout_first_token},
        DeadlineCase{
            "pings_do_not_reset_stall", {at(0s), at(9s), at(4s), {}}, at(12s), Outcome::timeout_stall},
        DeadlineCase{"a_token_resets_both", {at(0s), at(9s), at(9s), {}}, at(14s), Outcome::timeout_idle},
        DeadlineCase{"total_ends_it_all", {at(0s), at(59s), at(59s), {}}, at(60s), Outcome::timeout_total},
        DeadlineCase{"after_the_end_mark", {at(0s), at(9s), at(9s), at(9s)}, at(10s), Outcome::completed}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(DescribeTimeout, NamesTheLimit) {
    EXPECT_EQ(describe_timeout(Outcome::timeout_first_token, timeouts()), "no first token within 10s");
    EXPECT_EQ(describe_timeout(Outcome::timeout_idle, timeouts()), "no byte of body for 5s");
    EXPECT_EQ(describe_timeout(Outcome::timeout_stall, timeouts()), "no token for 8s");
    EXPECT_EQ(describe_timeout(Outcome::timeout_total, timeouts()), "not finished within 60s");
}

}  // namespace
}  // namespace streamgauge::net
