#include "bench/live/phase_bar.h"

#include "report/export/escape.h"

#include <gtest/gtest.h>

namespace streamgauge::live {
namespace {

using namespace std::chrono_literals;

std::string drawn(const PhaseBar& bar) {
    return bar.over + "|" + bar.to_come;
}

TEST(PhaseBar, FillsUpWithTime) {
    const std::vector<Snapshot::Phase> phases{{"steady", 10s, false}};
    EXPECT_EQ(drawn(phase_bar(phases, 0s, 10, false)), "|----------");
    EXPECT_EQ(drawn(phase_bar(phases, 5s, 10, false)), "=====|-----");
    EXPECT_EQ(drawn(phase_bar(phases, 5s, 10, true)), "━━━━━|─────");
    EXPECT_EQ(drawn(phase_bar(phases, 10s, 10, false)), "==========|");
    EXPECT_EQ(drawn(phase_bar(phases, 99s, 10, false)), "==========|");
    EXPECT_EQ(drawn(phase_bar(phases, -1s, 10, false)), "|----------");
}

TEST(PhaseBar, KeepsPhasesApart) {
    const std::vector<Snapshot::Phase> phases{{"a", 5s, true}, {"b", 10s, false}, {"c", 5s, false}};
    EXPECT_EQ(drawn(phase_bar(phases, 8s, 20, false)), "==== ===|------ -----");
}

TEST(PhaseBar, DoesNotKeepShortOnesApart) {
    const std::vector<Snapshot::Phase> phases(20, {"burst", 1s, false});
    EXPECT_EQ(drawn(phase_bar(phases, 10s, 20, false)), "==========|----------");
}

TEST(PhaseBar, TakesItsColumnsWhateverThePhases) {
    for (std::size_t columns = 0; columns < 90; ++columns) {
        for (const auto elapsed : {0s, 1s, 7s, 40s}) {
            const auto bar = phase_bar({{"a", 3s, true}, {"b", 30s, false}}, elapsed, columns, true);
            EXPECT_EQ(report::display_width(bar.over) + report::display_width(bar.to_come), columns);
        }
    }
    EXPECT_EQ(drawn(phase_bar({}, 1s, 3, false)), "===|");
}

}  // namespace
}  // namespace streamgauge::live
