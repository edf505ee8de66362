#include "tests/bench/cli/test_console.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace streamgauge::cli {
namespace {

TEST(SchemaCommand, PrintsAJsonSchema) {
    TestConsole test;
    EXPECT_EQ(test.run({"schema"}), 0);
    const auto schema = boost::json::parse(test.out.str());
    EXPECT_TRUE(schema.as_object().contains("$schema"));
    EXPECT_TRUE(schema.as_object().contains("properties"));
    EXPECT_EQ(test.err.str(), "");
}

}  // namespace
}  // namespace streamgauge::cli
