#include "report/summary/time_slots.h"

#include <gmock/gmock.h>

#include <random>
#include <vector>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using std::chrono::nanoseconds;
using ::testing::ElementsAre;

struct Count {
    int value = 0;
    void merge(const Count& other) { value += other.value; }
};
using Slots = TimeSlots<Count>;

std::vector<int> values(const Slots& slots) {
    std::vector<int> result;
    for (const Count& count : slots.slots())
        result.push_back(count.value);
    return result;
}

TEST(TimeSlots, GrowUpToTheirLimit) {
    Slots slots(1s, 4);
    slots.at(0s).value += 1;
    slots.at(2500ms).value += 1;
    EXPECT_EQ(slots.length(), 1s);
    EXPECT_THAT(values(slots), ElementsAre(1, 0, 1));
}

TEST(TimeSlots, DoubleInLengthPastTheirLimit) {
    Slots slots(1s, 4);
    for (int second = 0; second < 5; ++second)
        slots.at(second * 1s).value += 1 << second;
    EXPECT_EQ(slots.length(), 2s);
    EXPECT_THAT(values(slots), ElementsAre(1 + 2, 4 + 8, 16));
    slots.at(100s).value += 1;
    EXPECT_EQ(slots.length(), 32s);
    EXPECT_THAT(values(slots), ElementsAre(31, 0, 0, 1));
}

TEST(TimeSlots, CountWhatIsBeforeTheStartInTheFirst) {
    Slots slots(1s, 4);
    slots.at(-5s).value += 1;
    EXPECT_THAT(values(slots), ElementsAre(1));
}

TEST(TimeSlots, MergeInAnyOrderToTheSame) {
    std::mt19937_64 random(5);
    for (int round = 0; round < 50; ++round) {
        std::vector<Slots> parts(3, Slots(1s, 8));
        Slots whole(1s, 8);
        for (auto& part : parts) {
            const int moments = static_cast<int>(random() % 20);
            for (int i = 0; i < moments; ++i) {
                const nanoseconds moment = std::chrono::milliseconds(random() % (1'000U << random() % 8));
                ++part.at(moment).value;
                ++whole.at(moment).value;
            }
        }
        Slots forward = parts[0], backward = parts[2];
        forward.merge(parts[1]);
        forward.merge(parts[2]);
        backward.merge(parts[1]);
        backward.merge(parts[0]);
        EXPECT_EQ(values(forward), values(whole));
        EXPECT_EQ(values(backward), values(whole));
        EXPECT_EQ(forward.length(), whole.length());
    }
}

}  // namespace
}  // namespace streamgauge::report
