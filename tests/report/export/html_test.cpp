#include "report/export/html.h"

#include "report/export/run_info.h"
#include "report/summary/run_aggregate.h"
#include "report/web/page.h"
#include "tests/report/summary/run_fixture.h"
#include "tests/report/timeline_builder.h"
#include "tests/report/web/report_fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

#include <cmath>

namespace streamgauge::report {
namespace {

namespace json = boost::json;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string page_of(const fixture::Run& run) {
    return html_report(run.summary, make_report_data(run.timelines, run.summary));
}

/// What stands in the page's place for the run.
std::string_view run_text(std::string_view page) {
    page.remove_prefix(page_before_run().size());
    page.remove_suffix(page_after_run().size());
    return page;
}

TEST(HtmlReport, PutsTheRunIntoThePagesPlace) {
    const std::string page = page_of(fixture::healthy());
    EXPECT_THAT(page, StartsWith("<!doctype html>"));
    EXPECT_THAT(page, StartsWith(std::string{page_before_run()}));
    EXPECT_THAT(page, EndsWith(std::string{page_after_run()}));
    EXPECT_THAT(std::string{page_before_run()}, EndsWith("<script type=\"application/json\" id=\"run\">"));
    const json::value run = json::parse(run_text(page));
    EXPECT_EQ(run.at("summary").at("run").at("scenario_name"), "Nightly smoke");
    EXPECT_EQ(run.at("rasters").at(0).at("target"), "staging");
}

TEST(HtmlReport, LetsNothingBeLoadedAndOnlyItsOwnScriptRun) {
    const std::string page{page_before_run()};
    EXPECT_THAT(page, HasSubstr("content=\"default-src 'none'; script-src 'sha256-"));
    EXPECT_THAT(page, Not(HasSubstr("unsafe-inline")));
    EXPECT_THAT(page, Not(HasSubstr("http://")));
    EXPECT_THAT(page, Not(HasSubstr("https://")));
    EXPECT_LT(page_before_run().size() + page_after_run().size(), 150'000U);
}

TEST(HtmlReport, NoTextOfTheRunCanEndItsElement) {
    const fixture::Run hostile = fixture::hostile();
    const std::string page = page_of(hostile);
    const std::string text{run_text(page)};
    for (const char* forbidden : {"<", ">", "&", "\u2028", "\u2029", "\x1b"}) {
        EXPECT_THAT(text, Not(HasSubstr(forbidden)));
    }
    const json::value run = json::parse(text);
    EXPECT_EQ(run.at("summary").at("run").at("scenario_name").as_string(), hostile.summary.run.scenario_name);
}

TEST(HtmlReport, KeepsEveryDigitOfTheSeed) {
    const std::string page = page_of(fixture::healthy());
    EXPECT_EQ(json::parse(run_text(page)).at("seed"), "18446744073709551557");
}

/// What a run of a million requests fills: every window, curve and bar, and all timelines that are kept, each
/// longer than a picture can show.
fixture::Run overflowing(std::size_t targets, std::size_t phases) {
    std::vector<std::string> target_names, phase_names;
    for (std::size_t i = 0; i < targets; ++i)
        target_names.push_back("target " + std::to_string(i));
    for (std::size_t i = 0; i < phases; ++i)
        phase_names.push_back("phase " + std::to_string(i));
    auto scenario = testing::scenario_of(target_names, phase_names);
    for (auto& phase : scenario.load)
        phase.duration = std::chrono::seconds{1};  // one block, so that no time goes into resampling
    fixture::Run run;
    run.summary.run = describe_run(scenario, 1, 0);
    RunAggregate aggregate(scenario);
    const auto requests = 6'000 * phases;
    for (std::uint32_t target = 0; target < targets; ++target) {
        for (std::size_t i = 0; i < requests / targets; ++i) {
            // From 100 us to 100 s, evenly on a logarithmic axis.
            const double share = static_cast<double>(i * 7'919 % 9'973) / 9'973;
            const nanoseconds wait{std::llround(1e5 * std::pow(1e6, share))};
            auto request = testing::completed_request(nanoseconds{1'200'000'000'000 * i * targets / requests},
                                                      wait, wait / 7);
            request.target = target;
            request.phase = static_cast<std::uint32_t>(i * targets * phases / requests);
            request.first_token_lag = wait / 9;
            aggregate.add(request);
            aggregate.add_gap(target, request.phase, request.start, wait / 3);
        }
    }
    for (std::uint32_t target = 0; target < targets; ++target) {
        for (int i = 0; i < 220; ++i) {
            testing::TimelineBuilder builder;
            const auto due = i * std::chrono::seconds{5};
            builder.target(target).intended(due).sent(due);
            builder.steady_tokens(1'000, due + std::chrono::milliseconds{200}, std::chrono::milliseconds{21});
            builder.raw().request_id = "0f0e0d0c-0b0a-4908-8706-05040302010" + std::to_string(i % 10);
            run.timelines.push_back(builder.build());
        }
    }
    aggregate.summarize(run.summary, 1);
    return run;
}

TEST(HtmlReport, IsAtMostOneAndAHalfMegabytesWhateverTheRun) {
    for (const auto& [targets, phases] :
         std::vector<std::pair<std::size_t, std::size_t>>{{1, 1}, {2, 4}, {3, 8}, {10, 4}}) {
        const auto size = page_of(overflowing(targets, phases)).size();
        EXPECT_LE(size, 1'500'000U) << targets << " targets, " << phases << " phases";
        RecordProperty(std::to_string(targets) + "x" + std::to_string(phases), std::to_string(size));
    }
}

TEST(HtmlReport, AnEmptyRunIsAPageToo) {
    const std::string page = page_of(fixture::empty());
    EXPECT_TRUE(json::parse(run_text(page)).at("summary").at("groups").as_array().empty());
}

}  // namespace
}  // namespace streamgauge::report
