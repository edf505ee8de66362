#include "bench/probe/refusal.h"

#include "tests/bench/probe/subject.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace streamgauge::probe {
namespace {

using report::Outcome;
using ::testing::HasSubstr;

struct Case {
    std::string name;
    Outcome outcome;
    int status;
    std::string detail;
    std::string content_type;
    std::string says;     ///< of what happened
    std::string way_out;  ///< what to do
};

std::ostream& operator<<(std::ostream& out, const Case& given) {
    return out << given.name;
}

class EveryRefusal : public ::testing::TestWithParam<Case> {};

TEST_P(EveryRefusal, NamesTheThingAndTheWayOut) {
    const auto& given = GetParam();
    Observation plain;
    plain.requests = 1;
    plain.failed_as = given.outcome;
    plain.failed_status = given.status;
    plain.failure = given.detail;
    plain.content_type = given.content_type;
    const auto sentence = refusal_sentence(plain, usual_subject());
    EXPECT_THAT(sentence, HasSubstr(given.says));
    EXPECT_THAT(sentence, HasSubstr(given.way_out));
    EXPECT_FALSE(answered_with_document(plain));
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryRefusal,
    ::testing::Values(
        Case{"Key", Outcome::http_error, 401, "HTTP 401: no key", "", "HTTP 401: no key.", "--key-env"},
        Case{"Forbidden", Outcome::http_error, 403, "HTTP 403", "", "HTTP 403.", "--key-env"},
        Case{"Path", Outcome::http_error, 404, "HTTP 404", "", "HTTP 404.", "/v1/chat/completions"},
        Case{"Model", Outcome::http_error, 400, "HTTP 400: model is required", "", "model is required.",
             "--model"},
        Case{"NewName", Outcome::http_error, 400, "HTTP 400: use max_completion_tokens", "", "HTTP 400",
             R"(--extra '{"max_tokens": null, "max_completion_tokens": 128}')"},
        Case{"Rate", Outcome::http_error, 429, "HTTP 429: slow down", "", "slow down.", "try again"},
        Case{"Server", Outcome::http_error, 502, "HTTP 502", "", "HTTP 502.", "look at its log"},
        Case{"Redirect", Outcome::http_error, 302, "HTTP 302 redirects to /x; write that address into `url`",
             "", "redirects to /x", "into the URL."},
        Case{"WebPage", Outcome::malformed, 200, "HTTP 200 with content type", "text/html; charset=utf-8",
             "web page", "Check the path"},
        Case{"NotHttp", Outcome::malformed, 0, "The answer is not HTTP", "", "is not HTTP", ""},
        Case{"Refused", Outcome::connect_failed, 0, "cannot connect; is the port right?", "",
             "is the port right?", ""},
        Case{"Name", Outcome::resolve_failed, 0, "does not resolve; check the host in `url`", "",
             "does not resolve", "check the host in the URL."},
        Case{"Certificate", Outcome::tls_failed, 0, "TLS failed: self-signed", "", "self-signed.",
             "--ca-file"},
        Case{"Silence", Outcome::timeout_first_token, 0, "no token", "", "did not answer within 30s",
             "--timeout"},
        Case{"HeadersOnly", Outcome::timeout_first_token, 200, "no token", "", "HTTP 200", "--max-tokens"},
        Case{"Event", Outcome::error_event, 200, "out of memory", "text/event-stream",
             "error: out of memory.", ""},
        Case{"NoToken", Outcome::completed, 200, "", "text/event-stream", "held no token", "--prompt"}),
    [](const auto& given) { return given.param.name; });

TEST(Refusal, TellsADocumentFromAStream) {
    Observation plain;
    plain.failed_as = Outcome::malformed;
    plain.failed_status = 200;
    plain.content_type = "application/json; charset=utf-8";
    EXPECT_TRUE(answered_with_document(plain));
    plain.answered = 1;
    EXPECT_FALSE(answered_with_document(plain));
}

}  // namespace
}  // namespace streamgauge::probe
