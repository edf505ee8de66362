#include "report/export/html.h"

#include "report/web/page.h"
#include "tests/report/web/report_fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

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

TEST(HtmlReport, AnEmptyRunIsAPageToo) {
    const std::string page = page_of(fixture::empty());
    EXPECT_TRUE(json::parse(run_text(page)).at("summary").at("groups").as_array().empty());
}

}  // namespace
}  // namespace streamgauge::report
