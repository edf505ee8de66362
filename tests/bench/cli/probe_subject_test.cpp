#include "bench/cli/probe_subject.h"

#include "bench/cli/usage_error.h"
#include "tests/bench/cli/temporary_folder.h"
#include "tests/bench/cli/test_console.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>
#include <variant>

namespace streamgauge::cli {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr auto chat_url = "http://127.0.0.1:8000/v1/chat/completions";

ProbeOptions of_url(std::string url = chat_url) {
    ProbeOptions options;
    options.place = std::move(url);
    return options;
}

TEST(ApiOfPath, GuessesByTheEnd) {
    EXPECT_EQ(api_of_path("http://h/v1/chat/completions"), "openai-chat");
    EXPECT_EQ(api_of_path("http://h/v1/chat/completions/?api-version=1"), "openai-chat");
    EXPECT_EQ(api_of_path("http://h/v1/completions"), "openai-completions");
    EXPECT_EQ(api_of_path("http://h/anthropic/v1/messages?beta=true"), "anthropic-messages");
    EXPECT_EQ(api_of_path("http://h/ask"), "openai-chat");
}

TEST(ProbeSubject, TakesAUrlWithItsDefaults) {
    TestConsole test;
    const auto subject = probe_subject(of_url(), test.console);
    ASSERT_TRUE(subject);
    EXPECT_EQ(subject->target().url.text, chat_url);
    EXPECT_EQ(subject->target().api, "openai-chat");
    EXPECT_EQ(subject->max_tokens(), 128u);
    EXPECT_EQ(subject->timeout, 30s);
    EXPECT_FALSE(subject->answer_length_given);
    EXPECT_THAT(test.err.str(), IsEmpty());
}

TEST(ProbeSubject, TakesEveryOption) {
    TestConsole test;
    auto options = of_url("https://chat.example/v1/messages");
    options.model = "a \"model\"";
    options.prompt = "line one\nline two: # {x}";
    options.max_tokens = 64;
    options.extra = R"({"temperature": 0, "nested": {"a": [1, null]}})";
    options.headers = {"X-Team: search: 1"};
    options.connect_to = "10.0.0.7:443";
    options.insecure = true;
    options.timeout = "5s";
    const auto subject = probe_subject(options, test.console);
    ASSERT_TRUE(subject);
    const auto& workload = subject->scenario.workload;
    EXPECT_EQ(subject->target().api, "anthropic-messages");
    EXPECT_EQ(workload.model, options.model);
    EXPECT_EQ(std::get<scenarios::TextPrompt>(workload.prompts).text, options.prompt);
    EXPECT_EQ(subject->max_tokens(), 64u);
    EXPECT_TRUE(subject->answer_length_given);
    EXPECT_EQ(workload.extra.at("temperature").to_number<int>(), 0);
    EXPECT_TRUE(workload.extra.at("nested").at("a").at(1).is_null());
    ASSERT_EQ(subject->target().headers.size(), 1u);
    EXPECT_EQ(subject->target().headers[0].value, "search: 1");
    EXPECT_EQ(subject->target().connect_to->host, "10.0.0.7");
    EXPECT_TRUE(subject->target().tls.insecure);
    EXPECT_EQ(subject->timeout, 5s);
    EXPECT_THAT(test.err.str(), HasSubstr("--insecure"));  // it is warned about
}

TEST(ProbeSubject, TakesKeysFromTheEnvironment) {
    TestConsole test;
    test.variables["CHAT_KEY"] = "sk-4f9a7b2c1d8e";
    auto options = of_url();
    options.key_variable = "CHAT_KEY";
    options.headers = {"X-Session-Token: ${env:CHAT_KEY}"};
    const auto subject = probe_subject(options, test.console);
    ASSERT_TRUE(subject);
    const auto& headers = subject->target().headers;
    ASSERT_EQ(headers.size(), 2u);
    EXPECT_EQ(headers[0].value, "sk-4f9a7b2c1d8e");
    EXPECT_TRUE(headers[0].secret);
    EXPECT_EQ(headers[1].name, "Authorization");
    EXPECT_EQ(headers[1].value, "Bearer sk-4f9a7b2c1d8e");
    EXPECT_THAT(subject->scenario.secrets, Contains("sk-4f9a7b2c1d8e"));
    options.api = "anthropic-messages";
    options.headers.clear();
    EXPECT_EQ(probe_subject(options, test.console)->target().headers[0].name, "x-api-key");
}

struct Fault {
    std::string name;
    ProbeOptions options;
    std::string says;
};

std::ostream& operator<<(std::ostream& out, const Fault& fault) {
    return out << fault.name;
}

Fault fault(std::string name, std::string says, void (*spoil)(ProbeOptions&)) {
    Fault made{std::move(name), of_url(), std::move(says)};
    spoil(made.options);
    return made;
}

class EveryFault : public ::testing::TestWithParam<Fault> {};

TEST_P(EveryFault, IsRefusedInOneSentence) {
    TestConsole test;
    try {
        probe_subject(GetParam().options, test.console);
        FAIL() << "not refused";
    } catch (const UsageError& error) {
        EXPECT_THAT(error.what(), HasSubstr(GetParam().says));
        EXPECT_THAT(error.what(), Not(HasSubstr("sk-123")));
        EXPECT_THAT(error.what(), Not(HasSubstr("targets.probe")));
        EXPECT_THAT(error.what(), Not(HasSubstr("\n")));
    }
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryFault,
    ::testing::Values(
        fault("Key", "header `Authorization` looks like a credential",
              [](ProbeOptions& o) { o.headers = {"Authorization: Bearer sk-123"}; }),
        fault("OtherKey", "header `X-Auth-Token` looks like",
              [](ProbeOptions& o) { o.headers = {"X-Auth-Token: sk-123"}; }),
        fault("KeyAsDefault", "looks like a credential",
              [](ProbeOptions& o) { o.headers = {"api-key: ${env:NAME:-sk-123}"}; }),
        fault("Password", "the URL holds a password",
              [](ProbeOptions& o) { o.place = "http://user:sk-123@127.0.0.1/v1"; }),
        fault("QueryKey", "the URL holds a password or key",
              [](ProbeOptions& o) { o.place = "http://127.0.0.1/v1?api_key=sk-123"; }),
        fault("NoVariable", "`NOPE` is not set", [](ProbeOptions& o) { o.key_variable = "NOPE"; }),
        fault("HeaderForm", "'Name: value'", [](ProbeOptions& o) { o.headers = {"nonsense"}; }),
        fault("Reserved", "header `Host` cannot be set", [](ProbeOptions& o) { o.headers = {"Host: x"}; }),
        fault("Url", "the URL", [](ProbeOptions& o) { o.place = "ftp://127.0.0.1/"; }),
        fault("NoPlace", "neither a URL", [](ProbeOptions& o) { o.place = "127.0.0.1:8000"; }),
        fault("Address", "--connect-to", [](ProbeOptions& o) { o.connect_to = "here"; }),
        fault("Tls", "--ca-file", [](ProbeOptions& o) { o.insecure = true; }),
        fault("Extra", "--extra wants a JSON object", [](ProbeOptions& o) { o.extra = "[1]"; }),
        fault("Stream", "--extra", [](ProbeOptions& o) { o.extra = R"({"stream": false})"; }),
        fault("Timeout", "--timeout", [](ProbeOptions& o) { o.timeout = "10"; }),
        fault("Target", "--target goes with a scenario", [](ProbeOptions& o) { o.target = "a"; })),
    [](const auto& given) { return given.param.name; });

class ProbeScenario : public ::testing::Test {
  protected:
    ProbeScenario() {
        options.place =
            folder
                .write("two.yaml",
                       "version: 1\n"
                       "targets: { direct: \"http://127.0.0.1:1/a\", gateway: \"http://127.0.0.1:2/b\" }\n"
                       "workload: { model: m, max_tokens: 40 }\n"
                       "load: [ { phase: steady, users: 1, for: 1s } ]\n")
                .string();
    }
    TemporaryFolder folder;
    TestConsole test;
    ProbeOptions options;
};

TEST_F(ProbeScenario, TakesTheTargetThatIsNamed) {
    options.target = "gateway";
    const auto subject = probe_subject(options, test.console);
    ASSERT_TRUE(subject);
    EXPECT_EQ(subject->scenario.targets.size(), 1u);
    EXPECT_EQ(subject->target().url.port, 2);
    EXPECT_EQ(subject->scenario.workload.model, "m");
    EXPECT_EQ(subject->max_tokens(), 40u);
}

TEST_F(ProbeScenario, WantsOneTarget) {
    for (const auto* name : {"", "other"}) {
        options.target = name;
        try {
            probe_subject(options, test.console);
            FAIL() << "not refused";
        } catch (const UsageError& error) {
            EXPECT_THAT(error.what(), HasSubstr("direct, gateway"));
        }
    }
}

TEST_F(ProbeScenario, SaysItsOwnHeaders) {
    options.target = "direct";
    options.headers = {"X-Team: search"};
    EXPECT_THROW(probe_subject(options, test.console), UsageError);
}

TEST_F(ProbeScenario, ReportsWhatIsWrongWithTheFile) {
    options.place = folder.write("broken.yaml", "version: 1\n").string();
    EXPECT_FALSE(probe_subject(options, test.console));
    EXPECT_THAT(test.err.str(), HasSubstr("broken.yaml"));
}

}  // namespace
}  // namespace streamgauge::cli
