#include "scenarios/label_reader.h"

#include "tests/scenarios/scenario_text.h"

#include <gmock/gmock.h>

#include <string>

namespace streamgauge::scenarios {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> faults_of(const std::string& source) {
    return diagnostics_of(scenario_with("labels: { cache: \"" + source + "\" }"));
}

TEST(Labels, AreNamesForHeadersOfTheResponse) {
    const Scenario scenario = loaded(
        scenario_with("labels: { cache: \"response.header(X-Cache)\", pod: response.header(x-served-by) }"));
    ASSERT_EQ(scenario.labels.size(), 2U);
    EXPECT_EQ(scenario.labels[0].name, "cache");
    EXPECT_EQ(scenario.labels[0].header, "x-cache") << "headers compare without case";
    EXPECT_EQ(scenario.labels[1].name, "pod");
    EXPECT_EQ(scenario.labels[1].header, "x-served-by");
}

TEST(Labels, MayComeFromTheEnvironment) {
    const auto options = with_environment({{"HEADER", "x-cache"}});
    const Scenario scenario =
        loaded(scenario_with("labels: { cache: \"response.header(${env:HEADER})\" }"), options);
    EXPECT_EQ(scenario.labels.at(0).header, "x-cache");
}

TEST(Labels, SuggestWhatWasMeant) {
    for (const char* written :
         {"x-cache", "response.headers(x-cache)", "header(x-cache)", "response.header.x-cache",
          "response.header( x-cache )", "response.header.x-cache ", "Response.Header(x-cache)",
          "response.header(x-cache"}) {
        EXPECT_THAT(faults_of(written),
                    ElementsAre(HasSubstr("is not one (did you mean `response.header(x-cache)`?)")))
            << written;
    }
    EXPECT_THAT(faults_of("response.header()"), ElementsAre(::testing::EndsWith("is not one")));
    EXPECT_THAT(faults_of("the cache's answer"), ElementsAre(::testing::EndsWith("is not one")));
}

TEST(Labels, NeverShowAVariable) {
    const auto faults = diagnostics_of(scenario_with("labels: { cache: \"${env:SECRET}\" }"),
                                       with_environment({{"SECRET", "sk-live-0123"}}));
    EXPECT_THAT(faults, ElementsAre(HasSubstr("`${env:SECRET}` is not one")));
    EXPECT_THAT(faults, ElementsAre(::testing::Not(HasSubstr("sk-live"))));
}

TEST(Labels, RefuseHeadersThatCarryCredentials) {
    for (const char* header : {"set-cookie", "Set-Cookie2", "Cookie", "authorization", "Proxy-Authorization",
                               "x-api-key", "API-Key", "x-auth-token", "x-csrf", "x-amz-security-token",
                               "x_session", "Authentication-Info", "x-client-secret"}) {
        EXPECT_THAT(faults_of("response.header(" + std::string(header) + ")"),
                    ElementsAre(HasSubstr("values are credentials")))
            << header;
    }
}

TEST(Labels, TakeHeadersThatOnlySoundLikeOne) {
    for (const char* header : {"x-ratelimit-remaining-tokens", "x-cache", "cf-cache-status", "x-author",
                               "via", "x-keyspace", "x-envoy-upstream-service-time"}) {
        EXPECT_THAT(faults_of("response.header(" + std::string(header) + ")"), IsEmpty()) << header;
    }
}

TEST(Labels, AreFourAtMost) {
    std::string labels = "labels: { a: response.header(a)";
    for (const char* name : {"b", "c", "d"})
        labels += ", " + std::string(name) + ": response.header(" + name + ")";
    EXPECT_EQ(loaded(scenario_with(labels + " }")).labels.size(), most_labels);
    EXPECT_THAT(diagnostics_of(scenario_with(labels + ", e: response.header(e) }")),
                ElementsAre(HasSubstr("`labels` has 5 names; 4 is the most")));
}

}  // namespace
}  // namespace streamgauge::scenarios
