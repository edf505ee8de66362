#include "bench/load/resource_check.h"

#include <gmock/gmock.h>

#include <sys/resource.h>

namespace streamgauge::load {
namespace {

using namespace std::chrono_literals;
using scenarios::ClosedLoop;
using scenarios::OpenLoop;
using scenarios::Scenario;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr MachineLimits small{.descriptors = 1'024, .descriptors_in_use = 10, .ports = 28'232};
constexpr MachineLimits large{.descriptors = 1'000'000, .descriptors_in_use = 10, .ports = 28'232};

Scenario with_users(double users) {
    Scenario scenario;
    scenario.targets.resize(1);
    scenario.targets[0].url.host = "127.0.0.1";
    scenario.targets[0].url.port = 8000;
    scenario.load = {{"warm-up", ClosedLoop{{0, 5, 0s}, 0s}, 10s, true},
                     {"steady", ClosedLoop{{0, users, 1s}, 0s}, 10s, false}};
    return scenario;
}

TEST(ResourceCheck, WhatFitsIsFine) {
    EXPECT_THAT(missing_resources(with_users(900), 2, small), IsEmpty());
    EXPECT_THAT(missing_resources(with_users(28'232), 2, large), IsEmpty());
}

TEST(ResourceCheck, SaysHowManyFilesAreNeededAndWhatToType) {
    EXPECT_THAT(
        missing_resources(with_users(5'000), 1, small),
        ElementsAre("phase `steady` needs 5,042 open files (5,000 streams and 42 of the program's own), "
                    "but this process may have 1,024, its hard limit; raise it (as root: `prlimit "
                    "--pid $$ --nofile=5042`, then `ulimit -n 5042`), or set `connections.max: 982`"));
}

TEST(ResourceCheck, TheAdviceHolds) {
    Scenario scenario = with_users(5'000);
    scenario.connections.max = 982;
    EXPECT_THAT(missing_resources(scenario, 1, small), IsEmpty());
    scenario.connections.max = 983;
    EXPECT_THAT(missing_resources(scenario, 1, small), ElementsAre(HasSubstr("983 streams")));
}

TEST(ResourceCheck, ALimitOfRequestsLimitsStreams) {
    Scenario scenario = with_users(5'000);
    scenario.limits.requests = 100;
    EXPECT_THAT(missing_resources(scenario, 1, small), IsEmpty());
}

TEST(ResourceCheck, SaysHowManyPortsAreNeededAndWhatToWrite) {
    EXPECT_THAT(missing_resources(with_users(60'000), 1, large),
                ElementsAre("phase `steady` needs 60,000 connections to 127.0.0.1:8000, but this machine has "
                            "ephemeral ports for 28,232 (net.ipv4.ip_local_port_range, for each source "
                            "address); name 3 addresses of this machine in `connections.source_addresses`, "
                            "such as `[127.0.0.2, 127.0.0.3, 127.0.0.4]`, or set `connections.max: 28232`"));
}

TEST(ResourceCheck, MoreSourceAddressesBringMorePorts) {
    Scenario scenario = with_users(60'000);
    scenario.connections.source_addresses = {"127.0.0.2", "127.0.0.3"};
    EXPECT_EQ(port_limit(scenario, large), 56'464U);
    EXPECT_THAT(missing_resources(scenario, 1, large), ElementsAre(HasSubstr("for 56,464")));
    scenario.connections.source_addresses.emplace_back("127.0.0.4");
    EXPECT_THAT(missing_resources(scenario, 1, large), IsEmpty());
}

TEST(ResourceCheck, EachAddressOfAServerHasPortsOfItsOwn) {
    Scenario scenario = with_users(50'000);
    scenario.targets.push_back(scenario.targets[0]);
    scenario.targets[0].share = scenario.targets[1].share = 0.5;
    EXPECT_THAT(missing_resources(scenario, 1, large), ElementsAre(HasSubstr("50,000 connections")));
    scenario.targets[1].connect_to = scenarios::HostPort{"127.0.0.1", 8001};
    EXPECT_THAT(missing_resources(scenario, 1, large), IsEmpty());
}

TEST(ResourceCheck, ANameMayHaveManyAddresses) {
    Scenario scenario = with_users(60'000);
    scenario.targets[0].url.host = "chat.example";
    EXPECT_THAT(missing_resources(scenario, 1, large), IsEmpty());
}

TEST(ResourceCheck, OpenLoopsNeedNothingForCertain) {
    Scenario scenario = with_users(5);
    scenario.load.push_back({"peak", OpenLoop{{0, 1e6, 0s}, {}, 1'000'000}, 60s, false});
    EXPECT_THAT(missing_resources(scenario, 1, small), IsEmpty());
}

TEST(ResourceCheck, WhatIsUnknownRefusesNothing) {
    EXPECT_THAT(missing_resources(with_users(900'000), 1, MachineLimits{}), IsEmpty());
}

TEST(ResourceCheck, RaisesTheSoftLimitToTheHardOne) {
    rlimit before{};
    getrlimit(RLIMIT_NOFILE, &before);
    const rlimit low{64, before.rlim_max};
    setrlimit(RLIMIT_NOFILE, &low);
    const MachineLimits limits = claim_machine();
    EXPECT_EQ(limits.descriptors, before.rlim_max);
    EXPECT_GE(limits.descriptors_in_use, 3U);
    EXPECT_GT(limits.ports, 0U);
    setrlimit(RLIMIT_NOFILE, &before);
}

TEST(ResourceCheck, NamesAnAddressOfAnotherMachine) {
    Scenario scenario = with_users(1);
    scenario.connections.source_addresses = {"127.0.0.1", "192.0.2.77"};
    EXPECT_THAT(missing_source_addresses(scenario),
                ElementsAre(AllOf(HasSubstr("192.0.2.77"), HasSubstr("no address of this machine"))));
}

}  // namespace
}  // namespace streamgauge::load
