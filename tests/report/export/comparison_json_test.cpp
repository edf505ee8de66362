#include "report/export/comparison_json.h"

#include "report/comparison/comparison.h"
#include "tests/report/comparison/observed_run.h"
#include "tests/report/summary/comparison_fixture.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string_view>

namespace streamgauge::report {
namespace {

using namespace testing;

boost::json::object json_of(const RunObservations& candidate) {
    return comparison_to_json(
        compare_runs({observed_run("a", 200ms, 1)}, {candidate}, usual_compared_metrics(), {}));
}

const boost::json::object& row(const boost::json::object& json, std::string_view metric) {
    for (const auto& row : json.at("rows").as_array()) {
        if (std::string_view(row.at("metric").as_string()) == metric) return row.as_object();
    }
    throw std::runtime_error("no such row");
}

TEST(ComparisonJson, GivesEachFigure) {
    const auto json = json_of(observed_run("b", 230ms, 2));
    EXPECT_EQ(json.at("schema").as_string(), "streamgauge.comparison");
    EXPECT_TRUE(json.at("regressed").as_bool());
    EXPECT_EQ(json.at("baselines").at(0).as_string(), "a");
    const auto& ttft = row(json, "ttft.p95");
    EXPECT_TRUE(ttft.at("gated").as_bool());
    const auto& figure = ttft.at("candidates").at(0).as_object();
    EXPECT_EQ(figure.at("verdict").as_string(), "worse");
    EXPECT_GT(figure.at("value_ns").as_double(), ttft.at("base_ns").as_double());
    EXPECT_LT(figure.at("low").as_double(), figure.at("change").as_double());
    EXPECT_EQ(row(json, "errors").at("base").to_number<double>(), 0);
}

TEST(ComparisonJson, LeavesOutWhatIsNotKnown) {
    RunObservations empty("b", scenario_of({"gateway"}), usual_compared_metrics());
    const auto json = json_of(empty);
    EXPECT_FALSE(json.at("regressed").as_bool());
    EXPECT_TRUE(json.at("undecided").as_bool());
    const auto& figure = row(json, "ttft.p95").at("candidates").at(0).as_object();
    EXPECT_FALSE(figure.contains("change"));
    EXPECT_EQ(figure.at("reason").as_string(), "no requests");
}

/// All that outputs show of a comparison.
std::string words_of(const RunComparison& comparison) {
    std::string text;
    for (const auto& row : comparison.rows) {
        const auto& figure = row.figures.front();
        text += subject_of(row) + " " + difference_text(row, figure) + " " + open_question(figure) + " " +
                std::string(to_string(figure.verdict.kind)) + (row.gated ? " gated\n" : "\n");
    }
    return text;
}

TEST(ComparisonJson, ComesBackAsItWas) {
    auto before = comparison_fixture();
    auto timed_out = compared_row("ttft.p90", 200e6, censored_value, 0, ChangeKind::worse);
    timed_out.figures.front().change->beyond = true;
    timed_out.figures.front().change->low = 0;
    before.rows.push_back(timed_out);
    before.floor = {0.1, 5e6, 0.01};
    const auto json = comparison_to_json(before);
    const auto after = comparison_from_json(json);
    EXPECT_EQ(words_of(after), words_of(before));
    EXPECT_EQ(boost::json::serialize(comparison_to_json(after)), boost::json::serialize(json));
    EXPECT_EQ(after.baselines, before.baselines);
    EXPECT_EQ(after.notes, before.notes);
    EXPECT_EQ(after.floor.nanoseconds, 5e6);
}

TEST(ComparisonJson, TellsABareChangeFromOneWithAnInterval) {
    const auto json = comparison_to_json(comparison_fixture());
    const auto& figure = row(json, "max_gap.p95").at("candidates").at(0).as_object();
    EXPECT_NEAR(figure.at("change").as_double(), 0.1, 1e-9);
    EXPECT_EQ(figure.at("verdict").as_string(), "undecided");
    EXPECT_TRUE(figure.contains("reason"));
    EXPECT_FALSE(figure.contains("low"));
}

TEST(ComparisonJson, DamagedReadsAsNotKnown) {
    const auto json = boost::json::parse(
        R"({"baselines": 7, "rows": [1, {"metric": [], "candidates": [{"change": "much", "verdict": "odd"}]}]})");
    const auto comparison = comparison_from_json(json.as_object());
    EXPECT_TRUE(comparison.baselines.empty());
    ASSERT_EQ(comparison.rows.size(), 1u);
    EXPECT_FALSE(comparison.rows.front().figures.front().is_compared());
    EXPECT_FALSE(comparison.regressed());
}

}  // namespace
}  // namespace streamgauge::report
