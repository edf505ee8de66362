#include "report/summary/pair_sentence.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

PairSummary measured(const char* target, nanoseconds lag, nanoseconds hold, PairVerdict verdict) {
    PairSummary pair;
    pair.target = target;
    pair.base = "pod";
    pair.pairs = pair.pairs_drawn = 20;
    pair.lag = {lag, lag - 1ms, lag + 1ms};
    pair.hold_mean = {hold / 2, hold / 2, hold / 2};
    pair.hold_p95 = {hold, hold - 5ms, hold + 5ms};
    pair.verdict = verdict;
    return pair;
}

TEST(PairSentence, SaysWhatThePathDoes) {
    EXPECT_EQ(pair_sentence(measured("edge", 2ms, 310ms, PairVerdict::holds)),
              "edge holds tokens back, by 310ms (305ms to 315ms) at p95");
    EXPECT_EQ(pair_sentence(measured("edge", 80ms, 310ms, PairVerdict::holds)),
              "edge holds tokens back, by 310ms (305ms to 315ms) at p95, beside the 80ms that all tokens "
              "come later");
    EXPECT_EQ(
        pair_sentence(measured("edge", 80ms, 2ms, PairVerdict::delays)),
        "edge delays every token alike, by 80ms (79ms to 81ms), and holds none back: slow, but it streams");
    EXPECT_EQ(pair_sentence(measured("edge", 1ms, 2ms, PairVerdict::passes)),
              "edge passes tokens on as pod does");
    PairSummary few;
    few.target = "edge";
    few.base = "pod";
    few.pairs = 1;
    EXPECT_EQ(pair_sentence(few), "edge cannot be compared with pod: 1 pair of at least 5");
}

TEST(PairWarnings, LeaveSmallThingsAlone) {
    auto pair = measured("edge", 1ms, 2ms, PairVerdict::passes);
    pair.output_length_difference = 0.05;
    pair.order_effect = OrderEffect{10, 10, 4ms, 0.001};
    EXPECT_THAT(pair_warnings(pair), IsEmpty());
    pair.order_effect = OrderEffect{10, 10, 40ms, 0.06};
    EXPECT_THAT(pair_warnings(pair), IsEmpty());
    pair.order_effect = OrderEffect{10, 10, -40ms, 0.01};
    ASSERT_EQ(pair_warnings(pair).size(), 1u);
    EXPECT_THAT(pair_warnings(pair).front(), HasSubstr("40ms faster when it is asked first (p = 0.01)"));
}

HopSummary chain(std::optional<std::string> holds, std::optional<std::string> slows) {
    HopSummary hops;
    hops.chain = {"edge", "ingress", "service", "pod"};
    hops.holds = std::move(holds);
    hops.slows = std::move(slows);
    return hops;
}

const std::vector<PairSummary>& outward() {
    static const std::vector<PairSummary> list{measured("service", 82ms, 3ms, PairVerdict::delays),
                                               measured("ingress", 83ms, 310ms, PairVerdict::holds),
                                               measured("edge", 84ms, 312ms, PairVerdict::holds)};
    return list;
}

TEST(HopSentence, NamesTheHopAndWhatItAdds) {
    EXPECT_EQ(
        hop_sentence(chain("ingress", "service"), outward()),
        "Tokens are held at ingress: hold p95 is 310ms there and 3ms at service behind it; service adds "
        "the most delay, 82ms to every token alike: slow, not holding");
    EXPECT_EQ(hop_sentence(chain("service", {}), outward()),
              "Tokens are held at service: hold p95 is 3ms there and 0s at pod behind it");
    EXPECT_EQ(hop_sentence(chain({}, {}), outward()), "No hop holds tokens back");
}

TEST(HopSentence, WaitsForPairs) {
    auto few = outward();
    few[1].hold_p95.reset();
    EXPECT_THAT(hop_sentence(chain({}, {}), few), HasSubstr("not measured: at least 5 pairs"));
}

}  // namespace
}  // namespace streamgauge::report
