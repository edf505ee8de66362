#include "report/export/comparison_json.h"

#include "tests/report/comparison/observed_run.h"

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

}  // namespace
}  // namespace streamgauge::report
