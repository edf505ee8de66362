#include "bench/probe/probe_json.h"

#include "tests/bench/probe/evidence.h"
#include "tests/bench/probe/subject.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <string>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;

boost::json::object json_of(Evidence evidence) {
    Report report{usual_subject(), std::move(evidence), {}, {9, 4, 8300ms}};
    report.diagnosis = diagnose(report.evidence, report.subject);
    const auto text = probe_json(report);
    EXPECT_EQ(text.back(), '\n');
    return boost::json::parse(text).as_object();
}

TEST(ProbeJson, HoldsTheAnswerAndItsGrounds) {
    const auto json = json_of(evidence_of({answered(Variant::plain, BufferingKind::block)}));
    EXPECT_EQ(json.at("schema_version").to_number<int>(), 1);
    EXPECT_EQ(json.at("answer").as_string(), "held");
    EXPECT_EQ(json.at("ttft_ns").to_number<std::int64_t>(), 200'000'000);
    EXPECT_EQ(json.at("buffering").at("kind").as_string(), "block");
    EXPECT_EQ(json.at("buffering").at("block_bytes").to_number<int>(), 4096);
    EXPECT_EQ(json.at("remedies").at(0).at("product").as_string(), "nginx");
    EXPECT_EQ(json.at("target").at("url").as_string(), "http://127.0.0.1:8000/v1/chat/completions");
    EXPECT_EQ(json.at("sent").at("requests").to_number<int>(), 9);
    EXPECT_TRUE(json.at("client_kept_up").as_bool());
}

TEST(ProbeJson, HasOneObjectAnExperiment) {
    const auto json = json_of(evidence_of({answered(Variant::plain), refused(Variant::gzip)}));
    const auto& experiments = json.at("experiments").as_array();
    ASSERT_EQ(experiments.size(), 2u);
    EXPECT_EQ(experiments[0].at("name").as_string(), "plain");
    EXPECT_EQ(experiments[0].at("content_encoding").as_string(), "identity");
    EXPECT_EQ(experiments[0].at("arrivals_ns").as_array().size(), 128u);
    EXPECT_EQ(experiments[1].at("http_status").to_number<int>(), 401);
    EXPECT_EQ(experiments[1].at("failure").as_string(), "HTTP 401: no key");
}

TEST(ProbeJson, LeavesOutWhatWasNotMeasured) {
    const auto json = json_of(evidence_of({refused(Variant::plain)}));
    EXPECT_EQ(json.at("answer").as_string(), "not_measurable");
    EXPECT_FALSE(json.contains("ttft_ns"));
    EXPECT_FALSE(json.contains("where"));
    EXPECT_FALSE(json.at("experiments").at(0).as_object().contains("ttft_ns"));
    EXPECT_FALSE(json.at("buffering").as_object().contains("block_bytes"));
}

TEST(ProbeJson, IsJsonWhateverAServerSays) {
    const auto json = json_of(evidence_of({refused(Variant::plain, "HTTP 500: \xff\xfe\"\x1b", 500)}));
    EXPECT_TRUE(json.contains("sentence"));
}

}  // namespace
}  // namespace streamgauge::probe
