#include "report/export/page_json.h"

#include "tests/report/web/report_fixture.h"

#include <boost/json.hpp>
#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using std::chrono::microseconds;
using ::testing::Le;
using ::testing::SizeIs;

Summary with_metric(std::size_t targets, std::size_t phases) {
    Summary summary;
    MetricSummary metric;
    metric.count = 1'000'000;
    metric.histogram.parts_per_octave = 32;
    for (int i = 0; i < 200; ++i)
        metric.curve.emplace_back(1 - std::pow(10, -i * 0.03), 150'000'000 + i * 1'234'567);
    for (std::uint32_t i = 0; i < 96; ++i)
        metric.histogram.bars.emplace_back(500 + i, 10'000 + i);
    for (std::size_t target = 0; target < targets; ++target) {
        summary.run.targets.push_back({"target " + std::to_string(target), "", ""});
        for (std::size_t phase = 0; phase < phases; ++phase) {
            GroupSummary group;
            group.target = summary.run.targets.back().name;
            for (const char* name : {"ttft", "itl", "tpot", "e2e", "connect"})
                group.metrics[name] = metric;
            summary.groups.push_back(std::move(group));
        }
        for (int i = 0; i < 600; ++i) {
            WindowSummary window;
            window.target = summary.run.targets.back().name;
            window.start = i * 1s;
            window.length = 1s;
            window.started = 10;
            window.token_events = 1'000;
            window.open_streams = 5;
            window.ttft_p50 = microseconds{150'000 + i};
            summary.windows.push_back(window);
        }
    }
    return summary;
}

TEST(PageJson, HasCurvesAndHistogramsOfWhatIsDrawnOnly) {
    const auto page = page_json(with_metric(1, 1), {});
    const auto& metrics = page.at("summary").at("groups").at(0).at("metrics");
    const auto& ttft = metrics.at("ttft").as_object();
    EXPECT_THAT(ttft.at("curve").as_array(), SizeIs(2 * 90));
    EXPECT_EQ(ttft.at("curve").at(0), 0);
    EXPECT_EQ(ttft.at("curve").at(1), 150'000'000);
    EXPECT_EQ(ttft.at("curve").at(2 * 90 - 2), 5970) << "the tail keeps its end";
    EXPECT_EQ(ttft.at("histogram").at("parts_per_octave"), 32);
    EXPECT_FALSE(metrics.at("connect").as_object().contains("curve"));
    EXPECT_FALSE(metrics.at("connect").as_object().contains("histogram"));
}

TEST(PageJson, TheMaximumHasNoPlaceOnTheTailAxis) {
    Summary summary = with_metric(1, 1);
    summary.groups[0].metrics["ttft"].curve = {{0.5, 100}, {1.0, 900}};
    const auto page = page_json(summary, {});
    EXPECT_EQ(page.at("summary").at("groups").at(0).at("metrics").at("ttft").at("curve"),
              (json::array{301, 100}));
}

TEST(PageJson, WindowsAreColumns) {
    const auto page = page_json(with_metric(2, 1), {});
    EXPECT_FALSE(page.at("summary").as_object().contains("windows"));
    const auto& courses = page.at("courses").as_array();
    ASSERT_THAT(courses, SizeIs(2));
    EXPECT_EQ(courses[1].at("target"), "target 1");
    EXPECT_EQ(courses[1].at("length_ns"), 1'000'000'000);
    EXPECT_EQ(courses[1].at("merged"), 1);
    EXPECT_THAT(courses[1].at("started").as_array(), SizeIs(600));
    EXPECT_EQ(courses[1].at("ttft_p50_us").at(3), 150'003);
    EXPECT_TRUE(courses[1].at("ttft_p99_us").at(3).is_null()) << "not measured is null, never 0";
}

TEST(PageJson, OfManyTargetsNeighbouringWindowsBecomeOne) {
    const auto page = page_json(with_metric(8, 1), {});
    const auto& course = page.at("courses").at(7);
    EXPECT_EQ(course.at("merged"), 2);
    EXPECT_EQ(course.at("length_ns"), 2'000'000'000);
    EXPECT_THAT(course.at("started").as_array(), SizeIs(300));
    EXPECT_EQ(course.at("started").at(1), 20);
    EXPECT_EQ(course.at("open_streams").at(1).to_number<double>(), 5);
    EXPECT_EQ(course.at("ttft_p50_us").at(1), 150'003) << "the worst of the two";
}

TEST(PageJson, ManyGroupsShareTheRoom) {
    const auto page = page_json(with_metric(10, 6), {});
    EXPECT_THAT(json::serialize(page).size(), Le(700'000U));
    const auto& curve = page.at("summary").at("groups").at(59).at("metrics").at("e2e").at("curve");
    EXPECT_GE(curve.as_array().size(), 2 * 12U);
}

TEST(PageJson, ArrivalsAreStepsInUnitsOfTheResolutionAndDoNotDrift) {
    ReportData data;
    RasterStream single, block;
    for (int i = 1; i <= 100; ++i)
        single.marks.push_back({microseconds{i * 1'997}, 1});
    block.marks = {{microseconds{400}, 16}, {microseconds{900}, 4}};
    block.ideal = {{microseconds{100}, 1}, {microseconds{300}, 1}};
    Raster raster;
    raster.target = "direct";
    raster.resolution = microseconds{10};
    raster.streams = {single, block};
    data.rasters.push_back(raster);
    const auto page = page_json(Summary(), data);
    const auto& streams = page.at("rasters").at(0).at("streams");
    std::int64_t at = 0;
    for (const auto& step : streams.at(0).at("steps").as_array())
        at += step.as_int64();
    EXPECT_EQ(at, 19'970);
    EXPECT_FALSE(streams.at(0).as_object().contains("counts"));
    EXPECT_FALSE(streams.at(0).as_object().contains("ttft_us")) << "not measured is absent, never 0";
    EXPECT_FALSE(streams.at(0).as_object().contains("ideal_steps"));
    EXPECT_EQ(streams.at(1).at("steps"), (json::array{40, 50}));
    EXPECT_EQ(streams.at(1).at("counts"), (json::array{16, 4}));
    EXPECT_EQ(streams.at(1).at("ideal_steps"), (json::array{10, 20}));
}

TEST(PageJson, TellsHoldsAndTheSlowestRequests) {
    const auto run = fixture::buffered_gateway();
    const auto page = page_json(run.summary, make_report_data(run.timelines, run.summary));
    const auto& held = page.at("rasters").at(1);
    EXPECT_EQ(held.at("holds").at("from_stamps"), false);
    EXPECT_GT(held.at("holds").at("p95_ns").as_int64(), 200'000'000);
    EXPECT_LT(page.at("rasters").at(0).at("holds").at("p95_ns").as_int64(), 10'000'000);
    ASSERT_THAT(held.at("slowest").as_array(), SizeIs(max_slowest));
    EXPECT_TRUE(held.at("slowest").at(0).as_object().contains("last_token_us"));
    EXPECT_FALSE(held.at("slowest").at(0).as_object().contains("connect_start_us"));
}

}  // namespace
}  // namespace streamgauge::report
