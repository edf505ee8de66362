#include "tests/system/fixture.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace streamgauge::system_tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class Secrets : public ::testing::Test {
  protected:
    void expect_nowhere(const Finished& finished, std::string_view secret) {
        EXPECT_THAT(finished.out, Not(HasSubstr(secret)));
        EXPECT_THAT(finished.err, Not(HasSubstr(secret)));
        EXPECT_THAT(bench.folder().everything(), Not(HasSubstr(secret)));
    }
    Simulator simulator;
    Bench bench;
};

TEST_F(Secrets, EchoedByTheServerStayOutOfEveryFileAndStream) {
    Scene scene{simulator.chat_url(), "headers: { Authorization: \"Bearer ${env:STAGING_KEY}\" }",
                "fault: echo_authorization", "{ phase: steady, rate: 40/s, for: 300ms }"};
    scene.more = "expect: [ \"errors < 1%\" ]\n";
    const auto finished = bench.run(scene, {}, {"STAGING_KEY=sk-4f9a7b2c1d8e"});
    EXPECT_EQ(finished.status, 1) << finished.out << finished.err;
    const auto rows = bench.folder().rows();
    ASSERT_FALSE(rows.empty());
    EXPECT_EQ(rows[0].at("http_status").to_number<int>(), 401);
    // The message itself is kept, so that a person sees what the server said.
    EXPECT_THAT(std::string(rows[0].at("detail").as_string()), HasSubstr("Incorrect API key provided: ***"));
    expect_nowhere(finished, "sk-4f9a7b2c1d8e");
}

TEST_F(Secrets, OfTheUrlStayOutOfEveryFileAndStream) {
    const auto url =
        fmt::format("http://user:${{env:STAGING_KEY}}@127.0.0.1:{}/v1/chat/completions", simulator.port());
    const auto finished =
        bench.run({url, "", "ttft: 200ms, tokens: 10"}, {}, {"STAGING_KEY=pw-4f9a7b2c1d8e"});
    EXPECT_EQ(finished.status, 0) << finished.out << finished.err;
    expect_nowhere(finished, "pw-4f9a7b2c1d8e");
    expect_nowhere(finished, "dXNlcjpwdy00ZjlhN2IyYzFkOGU");  // the same in the base64 of Basic
}

TEST_F(Secrets, StayOutOfTheReportWrittenAgain) {
    bench.run({simulator.chat_url(), "headers: { Authorization: \"Bearer ${env:STAGING_KEY}\" }",
               "fault: echo_authorization"},
              {}, {"STAGING_KEY=sk-4f9a7b2c1d8e"});
    const auto finished = run({program(), "report", bench.folder().path().string()});
    expect_nowhere(finished, "sk-4f9a7b2c1d8e");
}

}  // namespace
}  // namespace streamgauge::system_tests
