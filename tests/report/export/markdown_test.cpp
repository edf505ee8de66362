#include "report/export/markdown.h"

#include "tests/report/export/export_fixture.h"
#include "tests/report/summary/comparison_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(MarkdownSummary, ReadsLikeThis) {
    EXPECT_EQ(markdown_summary(export_fixture().run()), R"md(## ❔ chat v1.2

**Not measurable: 2 of 5 expectations could not be measured; 1 missed.**

### Expectations

| | expectation | on | measured | margin | |
|---|---|---|---:|---:|---|
| ✅ met | `ttft.p95 < 800ms` | `direct, steady` | 400ms | +50% |  |
| ❌ missed | `ttft.p95 < 390ms` | `gateway, steady` | 400ms | -3% | too close |
| ❔ not measured | `itl.p99.9 < 1s` | `gateway, steady` |  |  | itl.p99.9 needs at least 2995 samples and has 1000 |
| ❔ not measured | `tpot.p95 < 1s` | `gateway, steady` |  |  | no request has a value of \`tpot\` |
| ✅ met | `errors < 1%` | `direct, steady` | 0% (0 of 1000) | +100% | implied |

### `steady`: 20/s poisson, 60s

| target | requests | errors | TTFT p50 | p95 | p99 | ITL p50 | p95 | p99 | TPOT p50 | E2E p95 | tokens/s | buffering |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|
| `direct` | 1,000 | 0% | 400ms | 400ms | 400ms | 20.5ms | 20.5ms | 20.5ms | - | - | 1,667 | none |
| `gateway` | 1,000 | 1.2% | 400ms | 400ms | 400ms | 20.5ms | 20.5ms | 20.5ms | - | - | 1,667 | block |

### Not completed

- `gateway`: 12 `http_error`, such as `HTTP 503: upstream is gone`

### Buffering

- **gateway holds tokens back in blocks of 4096 bytes (p95 held 310ms)**: 980 of 1000 streams were held back
  - nginx (Server: nginx): Turn it off. Set `proxy_buffering off;`

### Could the client keep up?

| | check | figure | |
|---|---|---|---|
| ✅ | send lag | p99 0.31ms (limit 10ms) |  |
| ⚠️ | loop lag | p99 12ms (limit 10ms) | The client is near its limit. |

streamgauge 0.1.0, seed 42, 67.2s of `ci/chat.yaml`
)md");
}

TEST(MarkdownSummary, PutsNoMarkOnARunOfWhichNothingWasAsked) {
    auto fixture = export_fixture();
    fixture.summary.verdict = {RunStatus::passed, 0, "Completed: no expectations were set.", {}};
    EXPECT_THAT(markdown_summary(fixture.run()),
                StartsWith("## chat v1.2\n\n**Completed: no expectations were set.**\n"));
}

TEST(MarkdownSummary, HasATableForEachLabel) {
    auto fixture = export_fixture();
    LabelledGroup hit{"direct", "HIT|1", 1'040, {0, 1'040}, {}};
    hit.metrics.emplace("ttft", metric_at(20ms));
    fixture.summary.labels = {{"cache", "x-cache", {hit}}, {"pod", "x-pod", {}}};
    const auto text = markdown_summary(fixture.run());
    EXPECT_THAT(text, HasSubstr("\n### By `cache` (`x-cache`)\n\n| target | `cache` | requests |"));
    EXPECT_THAT(text, HasSubstr("\n| `direct` | `HIT\u00a61` | 1,040 | 0% | 20ms | 20ms | 20ms | - | - |\n"));
    EXPECT_THAT(text, Not(HasSubstr("pod"))) << "a label without values has no table";
}

TEST(MarkdownSummary, ShowsTheSumOfSeveralPhases) {
    auto fixture = export_fixture();
    EXPECT_THAT(markdown_summary(fixture.run()), Not(HasSubstr("All measured phases")));
    fixture.summary.run.phases.push_back({"peak", "50/s", 65s, 10s, false});
    EXPECT_THAT(markdown_summary(fixture.run()), HasSubstr("\n### All measured phases\n"));
}

TEST(BoundedMarkdown, KeepsWhatFits) {
    EXPECT_EQ(bounded_markdown("one\ntwo\n", 8), "one\ntwo\n");
}

TEST(BoundedMarkdown, CutsBetweenLinesAndSaysSo) {
    const std::string line(99, 'x');
    const auto text = bounded_markdown(line + "\n" + line + "\n" + line + "\n", 299);
    EXPECT_THAT(text, StartsWith(line + "\n" + line + "\n"));
    EXPECT_THAT(text, EndsWith("left out: there is no room for more here.\n"));
    EXPECT_LE(text.size(), 299U);
    EXPECT_THAT(bounded_markdown(line + "\n" + line, 100), Not(HasSubstr("x")));
    EXPECT_EQ(bounded_markdown(line + "\n", 10), "");
}

TEST(MarkdownSummary, ShowsWhatChangedSinceTheBaseline) {
    auto fixture = export_fixture();
    EXPECT_THAT(markdown_summary(fixture.run()), Not(HasSubstr("baseline")));
    fixture.summary.baseline = comparison_fixture();
    EXPECT_THAT(markdown_summary(fixture.run()), HasSubstr(R"md(
### Against the baseline `runs/1`, `runs/2`

| | figure | on | baseline | this run | change | 95 % interval | |
|---|---|---|---:|---:|---:|---:|---|
| ❌ worse | `ttft.p95` | `gateway, steady` | 200ms | 250ms | +25.0 % | +19.0 % .. +31.0 % |  |
| ❔ undecided | `tpot.p95` | `gateway, steady` | 20ms | 21ms | +5.0 % | -5.0 % .. +15.0 % | about 1200 more requests in each run would tell |
| ✅ same | `errors` | `gateway, steady` | 0.40 % | 0.50 % | +0.10 points | -0.10 .. +0.30 |  |
| ✅ better | `ttft.p50` | `gateway, steady` | 100ms | 80ms | -20.0 % | -25.0 % .. -15.0 % |  |
| ❔ undecided | `max_gap.p95` | `gateway, steady` | 300ms | 330ms | +10.0 % |  | the phase is too short: 3 blocks of 1s, 10 needed |
| ❌ worse | `e2e.p95` (not gated) | `gateway, steady` | 2s | 2.6s | +30.0 % | +25.0 % .. +35.0 % |  |

- runs/2: 3 damaged rows are left out.
- Within these runs only: what differs from run to run is known from three baseline runs on.

### `steady`)md"));
}

TEST(MarkdownSummary, ShowsPairs) {
    auto fixture = export_fixture();
    fixture.summary.comparisons = export_pairs();
    fixture.summary.hops =
        HopSummary{{"gateway", "direct"}, "gateway", std::nullopt, "Tokens are held at gateway."};
    EXPECT_THAT(markdown_summary(fixture.run()), HasSubstr(R"md(
### In pairs with `direct`

| target | pairs | TTFT added (95 % interval) | lag | hold mean | hold p95 | order effect | |
|---|---:|---:|---:|---:|---:|---:|---|
| `gateway` | 60 | 302ms (290ms to 315ms) | -400us (-2ms to 1.2ms) | 150ms (140ms to 160ms) | 308ms (301ms to 313ms) | 12ms (p = 0.031) | holds tokens back |

- **Tokens are held at gateway.**
- 2 pairs with gateway left out

### Not completed)md"));
}

}  // namespace
}  // namespace streamgauge::report
