#include "tests/system/fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <sched.h>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;

/// The last core this test may use.
std::string some_core() {
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_getaffinity(0, sizeof set, &set);
    int core = CPU_SETSIZE - 1;
    while (!CPU_ISSET(core, &set))
        --core;
    return std::to_string(core);
}

std::vector<std::string> before(std::vector<std::string> first, const std::vector<std::string>& rest) {
    first.insert(first.end(), rest.begin(), rest.end());
    return first;
}

/// The names of the checks that made the run invalid.
std::vector<std::string> broken_checks(const RunFolder& folder) {
    std::vector<std::string> names;
    const auto summary = folder.summary();
    for (const auto& check : summary.at("validity").at("checks").as_array()) {
        if (check.at("state").as_string() == "invalid") names.emplace_back(check.at("name").as_string());
    }
    return names;
}

TEST(Validity, AClientStarvedByABusyNeighbourIsNotMeasurable) {
    const Simulator simulator;
    const std::string core = some_core();
    const std::vector<std::string> busy{"taskset", "-c", core, "sh", "-c", "while :; do :; done"};
    const Process neighbour{busy}, another{busy};
    Scene scene{simulator.chat_url(), "", "ttft: 50ms, itl: 5ms, tokens: 100"};
    scene.load = "{ phase: steady, users: 100, for: 2s }";
    Bench bench;
    const auto finished = run(before({"taskset", "-c", core, "nice", "-n", "19"},
                                     bench.command(scene, {"--quiet", "--workers", "1"})));
    EXPECT_EQ(finished.status, 3) << finished.out << finished.err;
    EXPECT_THAT(finished.out, HasSubstr("Not measurable"));
    EXPECT_THAT(finished.out, HasSubstr("Something else uses"));
    EXPECT_THAT(broken_checks(bench.folder()), ::testing::Contains("core_wait"));
}

TEST(Validity, AServerFasterThanItCanBeReadIsNotMeasurable) {
    const Simulator simulator;
    Scene scene{simulator.chat_url(), "", "ttft: 5ms, itl: 0ms, tokens: 100000"};
    scene.load = "{ phase: steady, users: 8, for: 1s }";
    Bench bench;
    const auto finished = run(bench.command(scene, {"--quiet", "--workers", "1"}));
    EXPECT_EQ(finished.status, 3) << finished.out << finished.err;
    EXPECT_THAT(broken_checks(bench.folder()), ::testing::Contains("uncertain_tokens"));
    EXPECT_THAT(finished.out, HasSubstr("The client read its sockets too late"));
    EXPECT_FALSE(bench.folder().rows().empty()) << "what was measured is kept";
}

}  // namespace
}  // namespace streamgauge::system_tests
