#include "report/export/label_registry.h"

#include "report/summary/label_values.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <array>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace streamgauge::report {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::SizeIs;

std::vector<std::string> admitted(LabelRegistry& registry, std::vector<std::string> values) {
    registry.admit(values);
    return values;
}

TEST(LabelRegistry, KeepsTheFirstTwentyOfEachLabel) {
    LabelRegistry registry(2);
    for (std::size_t i = 0; i < most_label_values; ++i) {
        const auto value = fmt::format("value {}", i);
        EXPECT_THAT(admitted(registry, {value, "one"}), ElementsAre(value, "one"));
    }
    EXPECT_THAT(admitted(registry, {"late", "two"}), ElementsAre("(other)", "two"));
    EXPECT_THAT(admitted(registry, {"value 3", "one"}), ElementsAre("value 3", "one"));
}

TEST(LabelRegistry, NeedsNoPlaceForAnAbsentHeader) {
    LabelRegistry registry(1);
    admitted(registry, {"(none)"});
    for (std::size_t i = 0; i < most_label_values; ++i)
        admitted(registry, {fmt::format("value {}", i)});
    EXPECT_THAT(admitted(registry, {"value 19"}), ElementsAre("value 19"));
    EXPECT_THAT(admitted(registry, {"(none)"}), ElementsAre("(none)"));
}

/// What becomes of a thousand different values, in an order of the worker's own.
std::set<std::string> admitted_by(LabelRegistry& registry, int worker) {
    std::set<std::string> seen;
    for (int i = 0; i < 1'000; ++i)
        seen.insert(admitted(registry, {fmt::format("value {}", (i * 7 + worker * 251) % 1'000)}).front());
    return seen;
}

TEST(LabelRegistry, TellsTheSameTwentyApartOnEveryThread) {
    LabelRegistry registry(1);
    std::array<std::set<std::string>, 4> seen;
    {
        std::vector<std::jthread> threads(seen.size());
        for (std::size_t i = 0; i < seen.size(); ++i)
            threads[i] = std::jthread([&, i] { seen[i] = admitted_by(registry, static_cast<int>(i)); });
    }
    std::set<std::string> all;
    for (auto& each : seen)
        all.merge(each);
    EXPECT_THAT(all, SizeIs(most_label_values + 1));
    EXPECT_THAT(all, Contains("(other)"));
}

}  // namespace
}  // namespace streamgauge::report
