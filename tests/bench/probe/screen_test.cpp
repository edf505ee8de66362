#include "bench/probe/screen.h"

#include "report/export/escape.h"
#include "tests/bench/probe/evidence.h"
#include "tests/bench/probe/subject.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <sstream>
#include <string>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;
using ::testing::HasSubstr;
using ::testing::Le;
using ::testing::Not;

Report report_of(Evidence evidence) {
    Report report{usual_subject(), std::move(evidence), {}, {9, 4, 8300ms}};
    report.diagnosis = diagnose(report.evidence, report.subject);
    return report;
}

Report held_by_nginx() {
    return report_of(evidence_of({answered(Variant::plain, BufferingKind::block),
                                  answered(Variant::gzip, BufferingKind::block),
                                  answered(Variant::brotli, BufferingKind::block),
                                  answered(Variant::short_answer, BufferingKind::block)}));
}

Observation held_gzip() {
    auto gzip = answered(Variant::gzip, BufferingKind::compression);
    gzip.content_encoding = "gzip";
    gzip.arrivals.assign(128, 2740ms);
    return gzip;
}

void expect_fits(const std::string& text, std::size_t columns, int lines) {
    std::istringstream input(text);
    int count = 0;
    for (std::string line; std::getline(input, line); ++count)
        EXPECT_THAT(report::display_width(line), Le(columns)) << line;
    EXPECT_THAT(count, Le(lines));
}

TEST(Screen, AnswersFirstAndEndsWithWhatWasSent) {
    const auto text = screen(held_by_nginx(), {});
    EXPECT_LT(text.find("No: it holds tokens back in blocks of 4096 bytes"), text.find("TTFT"));
    EXPECT_LT(text.find("TTFT"), text.find("rhythm"));
    EXPECT_LT(text.find("rhythm"), text.find("remedy"));
    EXPECT_LT(text.find("remedy"), text.find("sent"));
    EXPECT_THAT(
        text,
        HasSubstr("9 POST requests (openai-chat) in 8.3s, at most 4 at a time; model default, max_tokens"));
}

TEST(Screen, NamesProductSettingTimeoutAndSource) {
    const auto text = screen(held_by_nginx(), {});
    for (const auto* words :
         {"nginx (Server: nginx/1.22.1)", "               proxy_buffering off;\n",
          "               proxy_http_version 1.1;\n", "proxy_read_timeout", "nginx documentation"})
        EXPECT_THAT(text, HasSubstr(words));
}

TEST(Screen, NamesWhatIsOnTheWayOfAStreamThatFlows) {
    const auto text = screen(report_of(evidence_of({answered(Variant::plain)})), {});
    EXPECT_THAT(text, HasSubstr("on the way nginx (Server: nginx/1.22.1)"));
    EXPECT_THAT(text, HasSubstr("proxy_read_timeout"));
}

TEST(Screen, FitsOneScreen) {
    expect_fits(screen(held_by_nginx(), {}), 100, 36);
    expect_fits(screen(held_by_nginx(), {false, true, 200}), 100, 36);
    expect_fits(screen(held_by_nginx(), {false, true, 72}), 72, 46);
}

TEST(Screen, IsAsciiWhereTheTerminalIs) {
    const auto text =
        screen(report_of(evidence_of({answered(Variant::plain), held_gzip()})), {false, false, 100});
    EXPECT_TRUE(std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    EXPECT_THAT(text, HasSubstr("rhythm"));
}

TEST(Screen, HasColourOnlyWhenAsked) {
    EXPECT_THAT(screen(held_by_nginx(), {false, true, 100}), Not(HasSubstr("\x1b")));
    EXPECT_THAT(screen(held_by_nginx(), {true, true, 100}), HasSubstr("\x1b["));
}

TEST(Screen, DrawsTheCompressedRhythmWhereItDiffers) {
    const auto differs = screen(report_of(evidence_of({answered(Variant::plain), held_gzip()})), {});
    EXPECT_THAT(differs, HasSubstr("\n  gzip       \u00b7"));
    auto same = answered(Variant::gzip);
    same.content_encoding = "gzip";
    const auto alike = screen(report_of(evidence_of({answered(Variant::plain), same})), {});
    EXPECT_THAT(alike, Not(HasSubstr("\n  gzip       ")));
    EXPECT_THAT(alike, HasSubstr("compressed with gzip"));
}

TEST(Screen, SaysTtfbOnlyWhereItDiffers) {
    auto plain = answered(Variant::plain);
    EXPECT_THAT(screen(report_of(evidence_of({plain})), {}), HasSubstr("response headers (TTFB) after 2ms"));
    plain.ttfb = 190ms;
    EXPECT_THAT(screen(report_of(evidence_of({plain})), {}), Not(HasSubstr("TTFB")));
}

TEST(Screen, IsShortAfterARefusal) {
    const auto text = screen(report_of(evidence_of({refused(Variant::plain)})), {});
    EXPECT_THAT(text, HasSubstr("Cannot say: HTTP 401: no key."));
    EXPECT_THAT(text, Not(HasSubstr("rhythm")));
    expect_fits(text, 100, 8);
}

TEST(Screen, ShowsNoControlCharacterOfAServer) {
    auto plain = answered(Variant::plain, BufferingKind::block);
    plain.headers = {{{"Server", "nginx\x1b[2J\x07"}}};
    auto gzip = refused(Variant::gzip, "HTTP 500: \x1b]0;title\x07", 500);
    auto report = report_of(evidence_of({plain, gzip}));
    report.subject.scenario.workload.model = "m\x1b[31m";
    const auto text = screen(report, {});
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(text, Not(HasSubstr("\x07")));
}

TEST(Screen, SaysWhatWasLeftOut) {
    auto large = answered(Variant::large_events, BufferingKind::block);
    large.event_bytes = 217;
    const auto text =
        screen(report_of(evidence_of({answered(Variant::plain, BufferingKind::block), large})), {});
    EXPECT_THAT(text, HasSubstr("left out   larger events: this server cannot be asked"));
}

}  // namespace
}  // namespace streamgauge::probe
