#include "scenarios/load_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::scenarios {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LoadPhase phase(std::string_view keys) {
    return loaded(scenario_with_load(fmt::format("[{{ phase: a, {} }}]", keys))).load.at(0);
}

std::vector<std::string> complaints(std::string_view keys) {
    return diagnostics_of(scenario_with_load(fmt::format("[{{ phase: a, {} }}]", keys)));
}

TEST(Load, ReadsAClosedLoop) {
    const LoadPhase read = phase("users: 20, think: 1s, for: 5s");
    EXPECT_EQ(read.name, "a");
    EXPECT_EQ(read.duration, 5s);
    EXPECT_FALSE(read.warmup);
    const auto& loop = std::get<ClosedLoop>(read.shape);
    EXPECT_EQ(loop.users.from, 20);
    EXPECT_EQ(loop.users.to, 20);
    EXPECT_EQ(loop.users.over, 0ns);
    EXPECT_EQ(loop.think, 1s);
}

TEST(Load, ReadsAnOpenLoop) {
    const auto loop = std::get<OpenLoop>(phase("rate: 3000/m, arrivals: poisson, max_in_flight: 4k").shape);
    EXPECT_EQ(loop.rate.to, 50);
    EXPECT_EQ(loop.arrivals, Arrivals::poisson);
    EXPECT_EQ(loop.max_in_flight, 4000);
    EXPECT_EQ(std::get<OpenLoop>(phase("rate: 5/s").shape).arrivals, Arrivals::constant);
    EXPECT_EQ(std::get<OpenLoop>(phase("rate: 5/s").shape).max_in_flight, std::nullopt);
}

TEST(Load, ReadsRamps) {
    const auto users = std::get<ClosedLoop>(phase("users: { from: 50, to: 0, over: 4s }").shape).users;
    EXPECT_EQ(users.from, 50);
    EXPECT_EQ(users.to, 0);
    EXPECT_EQ(users.over, 4s);
    const auto rate = std::get<OpenLoop>(phase("rate: { to: 5/s, over: 10s }, for: 10s").shape).rate;
    EXPECT_EQ(rate.from, Ramp{}.from);
    EXPECT_EQ(rate.to, 5);
}

TEST(Load, ARampMayBeCutShortByAnArgumentOnly) {
    const std::string text = scenario_with_load("[{ phase: a, users: { to: 9, over: 10s }, for: 20s }]");
    EXPECT_EQ(loaded(text, with_overrides({{"load.a.for", "1s"}})).load[0].duration, 1s);
    EXPECT_THAT(complaints("users: { to: 9, over: 10s }, for: 1s"),
                ElementsAre(HasSubstr("`load.a.users.over` is longer than the phase itself")));
    EXPECT_THAT(complaints("users: { to: 9, over: 10s }"), IsEmpty()) << "the default is 10s as well";
}

TEST(Load, NeedsExactlyOneShape) {
    EXPECT_THAT(complaints("for: 5s"), ElementsAre(HasSubstr("needs either `users`")));
    EXPECT_THAT(complaints("users: 5, rate: 5/s, think: 1s, arrivals: poisson"),
                ElementsAre(HasSubstr("not both")));
}

TEST(Load, RefusesKeysOfTheOtherShape) {
    EXPECT_THAT(complaints("users: 5, arrivals: poisson, max_in_flight: 5"),
                ElementsAre(HasSubstr("it goes with `rate`"), HasSubstr("it goes with `rate`")));
    EXPECT_THAT(complaints("rate: 5/s, think: 1s"), ElementsAre(HasSubstr("it goes with `users`")));
}

TEST(Load, RefusesLevelsThatSendNothing) {
    EXPECT_THAT(complaints("users: 0"), ElementsAre(HasSubstr("nothing would be sent")));
    EXPECT_THAT(complaints("rate: 0/s"), ElementsAre(HasSubstr("nothing would be sent")));
    EXPECT_THAT(complaints("rate: { from: 0/s, to: 0/s, over: 1s }"), ElementsAre(HasSubstr("from 0 to 0")));
    EXPECT_THAT(complaints("users: 1000001"), ElementsAre(HasSubstr("from 0 to 1000000")));
}

TEST(Load, NeedsAMeasuredPhaseAndNamesOfTheirOwn) {
    EXPECT_THAT(complaints("users: 5, warmup: true"), ElementsAre(HasSubstr("nothing would be measured")));
    EXPECT_THAT(diagnostics_of(scenario_with_load("[{ phase: a, users: 1 }, { phase: a, users: 2 }]")),
                ElementsAre(HasSubstr("a phase named `a` came before")));
    EXPECT_THAT(diagnostics_of(scenario_with_load("[{ users: 1 }, steady]")),
                ElementsAre(HasSubstr("`load[1]` has no `phase`"), HasSubstr("`load[2]` needs a mapping")));
    EXPECT_THAT(diagnostics_of(scenario_with_load("{ phase: a, users: 1 }")),
                ElementsAre(HasSubstr("needs a list of phases")));
}

}  // namespace
}  // namespace streamgauge::scenarios
