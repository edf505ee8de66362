#include "report/export/exporters.h"

#include "tests/report/export/export_fixture.h"

#include <gmock/gmock.h>

#include <set>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(Exporters, EachHasANameAndAFileOfItsOwn) {
    std::set<std::string_view> names, files;
    for (const auto& exporter : exporters()) {
        EXPECT_TRUE(names.insert(exporter.name).second) << exporter.name;
        EXPECT_TRUE(files.insert(exporter.file_name).second) << exporter.file_name;
        EXPECT_THAT(exporter.description, Not(IsEmpty())) << exporter.name;
        EXPECT_THAT(exporter.write(export_fixture().run()), Not(IsEmpty())) << exporter.name;
    }
    for (const auto* taken :
         {"summary.json", "scenario.yaml", "requests.jsonl", "timelines.jsonl", "itl.jsonl", "report.html"}) {
        EXPECT_FALSE(files.contains(taken)) << "the run folder has one: " << taken;
    }
}

TEST(Exporters, AreFoundByName) {
    ASSERT_NE(find_exporter("junit"), nullptr);
    EXPECT_EQ(find_exporter("junit")->file_name, "junit.xml");
    EXPECT_EQ(find_exporter("pdf"), nullptr);
}

}  // namespace
}  // namespace streamgauge::report
