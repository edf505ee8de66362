#include "report/export/label_text.h"

#include "tests/report/summary/group_fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

#include <sstream>

namespace streamgauge::report {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

LabelledGroup labelled(const char* target, const std::string& value, std::uint64_t due, nanoseconds ttft) {
    LabelledGroup group{target, value, due, {due / 300, due}, {}};
    group.metrics.emplace("ttft", testing::metric_at(ttft));
    group.metrics.emplace("tpot", testing::metric_at(21ms));
    group.metrics.emplace("e2e", testing::metric_at(ttft + 2s));
    return group;
}

Summary by_cache() {
    Summary summary;
    summary.labels = {{"cache",
                       "x-cache",
                       {labelled("direct", "MISS", 712, 400ms),
                        labelled("direct", "HIT", 299, 40ms),
                        {"direct", "(none)", 3, {3, 3}, {}},
                        labelled("gateway", "MISS", 1'020, 420ms)}}};
    return summary;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> all;
    std::istringstream in{text};
    for (std::string line; std::getline(in, line);)
        all.push_back(line);
    return all;
}

TEST(LabelText, IsEmptyWithoutLabelsOrValues) {
    EXPECT_EQ(label_text(Summary(), {}), "");
    Summary summary;
    summary.labels = {{"cache", "x-cache", {}}};
    EXPECT_EQ(label_text(summary, {}), "");
}

TEST(LabelText, ReadsLikeThis) {
    EXPECT_EQ(label_text(by_cache(), {}),
              "\n"
              "By cache (x-cache)\n"
              "                                                  TTFT    95% interval  TPOT    E2E\n"
              "                   requests  errors    p50   p95   p99     of TTFT p95   p50    p95\n"
              "  direct   MISS         712  0.281%  400ms 400ms 400ms  380ms to 420ms  21ms   2.4s\n"
              "  direct   HIT          299      0%   40ms  40ms  40ms    38ms to 42ms  21ms  2.04s\n"
              "  direct   (none)         3    100%      -     -     -                     -      -\n"
              "  gateway  MISS       1,020  0.294%  420ms 420ms 420ms  399ms to 441ms  21ms  2.42s\n");
}

TEST(LabelText, FitsTheWidthItIsGiven) {
    auto summary = by_cache();
    summary.labels[0].groups[0].value = std::string(64, 'x');
    for (const int width : {60, 80, 100}) {
        for (const auto& line : lines_of(label_text(summary, {false, false, width})))
            EXPECT_LE(line.size(), static_cast<std::size_t>(width)) << line;
    }
}

TEST(LabelText, ShowsTheValuesOfMostRequests) {
    Summary summary;
    LabelSummary label{"pod", "x-served-by", {}};
    for (int i = 0; i < 20; ++i)
        label.groups.push_back(labelled("direct", fmt::format("pod-{:02}", i), 100, 400ms));
    label.groups.push_back(labelled("direct", "(other)", 300, 400ms));
    label.groups.push_back(labelled("gateway", "pod-99", 300, 400ms));
    summary.labels = {label};
    const auto text = label_text(summary, {});
    EXPECT_THAT(text, HasSubstr("pod-07"));
    EXPECT_THAT(text, Not(HasSubstr("pod-08")));
    EXPECT_THAT(text, HasSubstr("(other)"));
    EXPECT_THAT(text, HasSubstr("pod-99"));
    EXPECT_THAT(text, HasSubstr("\n  12 more in the report, of fewer requests\n"));
}

TEST(LabelText, SaysWhatIsNotKnownOfAnInterval) {
    auto summary = by_cache();
    auto& percentile = summary.labels[0].groups[0].metrics.at("ttft").percentiles[2];
    percentile.high.reset();
    EXPECT_THAT(label_text(summary, {}), HasSubstr("at least 380ms"));
}

}  // namespace
}  // namespace streamgauge::report
