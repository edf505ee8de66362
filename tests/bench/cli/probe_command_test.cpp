#include "bench/cli/exit_code.h"
#include "bench/simulator/server.h"
#include "tests/bench/cli/test_console.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <string>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ProbeCommandTest : public ::testing::Test {
  protected:
    ProbeCommandTest() {
        options.behaviour.ttft = simulator::Distribution::constant(20ms);
        options.behaviour.itl = simulator::Distribution::constant(4ms);
    }

    int probe(std::vector<std::string> arguments = {}) {
        simulator::Server server{options};
        server.start();
        arguments.insert(arguments.begin(),
                         {"probe", server.url() + "/v1/chat/completions", "--max-tokens", "40"});
        return test.run(arguments);
    }

    simulator::ServeOptions options;
    TestConsole test;
};

TEST_F(ProbeCommandTest, ShowsAScreenAndSpeaksOnStandardError) {
    probe();
    EXPECT_THAT(test.out.str(), HasSubstr("TTFT"));
    EXPECT_THAT(test.out.str(), HasSubstr("POST requests (openai-chat)"));
    EXPECT_THAT(test.err.str(), HasSubstr("probing 127.0.0.1"));
}

TEST_F(ProbeCommandTest, IsQuietAndSpeaksJsonWhenAsked) {
    probe({"--json", "--quiet"});
    EXPECT_THAT(test.err.str(), IsEmpty());
    const auto json = boost::json::parse(test.out.str()).as_object();
    EXPECT_EQ(json.at("target").at("max_tokens").to_number<int>(), 40);
    EXPECT_GE(json.at("experiments").as_array().size(), 4u);
}

TEST_F(ProbeCommandTest, ExitsWith3WhereTheServerRefuses) {
    options.behaviour.fault = simulator::Fault::not_found;
    EXPECT_EQ(probe({"--quiet"}), exit_code::not_measurable);
    EXPECT_THAT(test.out.str(), HasSubstr("HTTP 404"));
}

TEST_F(ProbeCommandTest, ExitsWith1WhereAnswersBreakOff) {
    options.behaviour.fault = simulator::Fault::truncate;
    EXPECT_EQ(probe({"--quiet"}), exit_code::failed);
    EXPECT_THAT(test.out.str(), HasSubstr("answers break off"));
}

TEST_F(ProbeCommandTest, ShowsNoKeyThatTheServerEchoes) {
    options.behaviour.fault = simulator::Fault::echo_authorization;
    test.variables["CHAT_KEY"] = "sk-4f9a7b2c1d8e";
    EXPECT_EQ(probe({"--key-env", "CHAT_KEY"}), exit_code::not_measurable);
    EXPECT_THAT(test.out.str(), HasSubstr("Incorrect API key provided: ***"));
    test.out.str("");
    probe({"--key-env", "CHAT_KEY", "--json"});
    EXPECT_THAT(test.out.str(), HasSubstr("***"));
    EXPECT_THAT(test.out.str() + test.err.str(), Not(HasSubstr("4f9a7b2c1d8e")));
}

TEST_F(ProbeCommandTest, ExitsWith2WhereItIsUsedWrongly) {
    EXPECT_EQ(test.run({"probe", "nowhere"}), exit_code::usage);
    EXPECT_THAT(test.err.str(), HasSubstr("neither a URL"));
    EXPECT_EQ(test.run({"probe", "http://127.0.0.1/v1", "--api", "soap"}), exit_code::usage);
    EXPECT_EQ(test.run({"probe"}), exit_code::usage);
}

TEST_F(ProbeCommandTest, ExplainsItself) {
    EXPECT_EQ(test.run({"probe", "--help"}), exit_code::success);
    for (const auto* words : {"--key-env", "--connect-to", "--timeout", "Exit status: 0 it streams"})
        EXPECT_THAT(test.out.str(), HasSubstr(words));
}

}  // namespace
}  // namespace streamgauge::cli
