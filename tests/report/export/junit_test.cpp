#include "report/export/junit.h"

#include "tests/report/export/export_fixture.h"
#include "tests/report/export/xml_document.h"
#include "tests/report/summary/comparison_fixture.h"

#include <gmock/gmock.h>

namespace streamgauge::report {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string schema = STREAMGAUGE_SOURCE_DIR "/tests/report/export/junit.xsd";

TEST(JunitXml, ReadsLikeThis) {
    auto fixture = export_fixture();
    fixture.summary.verdict.expectations.resize(2);
    EXPECT_EQ(junit_xml(fixture.run()), R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="streamgauge" tests="3" failures="1" errors="1" time="67.250">
  <testsuite name="chat v1.2" tests="3" failures="1" errors="1" skipped="0" time="67.250" timestamp="2026-09-21T14:13:20" hostname="bench-3">
    <properties>
      <property name="streamgauge" value="0.1.0"/>
      <property name="seed" value="42"/>
      <property name="workers" value="2"/>
      <property name="kernel" value="Linux 6.18.2"/>
      <property name="target direct" value="http://chat.example:8000/v1/chat/completions"/>
      <property name="target gateway" value="https://gateway.example/v1/chat/completions"/>
    </properties>
    <testcase classname="chat v1_2" name="run is measurable">
      <error type="not measured" message="Not measurable: 2 of 5 expectations could not be measured; 1 missed.">Not measurable: 2 of 5 expectations could not be measured; 1 missed.
send lag: p99 0.31ms (limit 10ms)
loop lag: p99 12ms (limit 10ms)
  The client is near its limit.
</error>
      <system-out>Not measurable: 2 of 5 expectations could not be measured; 1 missed.
send lag: p99 0.31ms (limit 10ms)
loop lag: p99 12ms (limit 10ms)
  The client is near its limit.
</system-out>
    </testcase>
    <testcase classname="chat v1_2.direct.steady" name="ttft.p95 &lt; 800ms">
      <system-out>measured: 400ms
95% interval: 380ms to 420ms
margin: +50.0%
written: ci/chat.yaml:12:5
requests: 1000, errors 0%
ttft: p50 400ms p95 400ms p99 400ms
itl: p50 20.5ms p95 20.5ms p99 20.5ms
buffering: none
</system-out>
    </testcase>
    <testcase classname="chat v1_2.gateway.steady" name="ttft.p95 &lt; 390ms">
      <failure type="missed" message="measured 400ms">measured: 400ms
95% interval: 380ms to 420ms, too close to the limit
margin: -2.6%
written: ci/chat.yaml:13:5
requests: 1000, errors 1.2%
ttft: p50 400ms p95 400ms p99 400ms
itl: p50 20.5ms p95 20.5ms p99 20.5ms
buffering: block of 4096 bytes
</failure>
      <system-out>measured: 400ms
95% interval: 380ms to 420ms, too close to the limit
margin: -2.6%
written: ci/chat.yaml:13:5
requests: 1000, errors 1.2%
ttft: p50 400ms p95 400ms p99 400ms
itl: p50 20.5ms p95 20.5ms p99 20.5ms
buffering: block of 4096 bytes
</system-out>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST(JunitXml, FitsTheSchema) {
    const XmlDocument document(junit_xml(export_fixture().run()));
    EXPECT_TRUE(document.fits(schema));
    EXPECT_TRUE(XmlDocument(junit_xml(Export().run())).fits(schema)) << "of a run without anything";
}

TEST(JunitXml, TellsMissedFromUnmeasuredFromEmpty) {
    const XmlDocument document(junit_xml(export_fixture().run()));
    EXPECT_THAT(document.find("//testcase[failure]/@name"), ElementsAre("ttft.p95 < 390ms"));
    EXPECT_THAT(document.find("//testcase[error]/@name"), ElementsAre("run is measurable", "itl.p99.9 < 1s"));
    EXPECT_THAT(document.find("//testcase[skipped]/@name"), ElementsAre("tpot.p95 < 1s"));
    EXPECT_THAT(document.find("//testsuite/@tests | //testsuite/@failures | //testsuite/@errors | "
                              "//testsuite/@skipped"),
                ElementsAre("6", "1", "2", "1"));
}

TEST(JunitXml, NothingDueIsSkipped) {
    auto fixture = export_fixture();
    auto& result = fixture.summary.verdict.expectations.at(2);
    fixture.summary.groups.back().due = 0;
    EXPECT_THAT(XmlDocument(junit_xml(fixture.run())).find("//testcase[skipped]/@name"),
                ElementsAre("itl.p99.9 < 1s", "tpot.p95 < 1s"));
    result.target = "nowhere";
    EXPECT_THAT(XmlDocument(junit_xml(fixture.run())).find("//testcase[skipped]/@classname"),
                ElementsAre("chat v1_2.nowhere.steady", "chat v1_2.gateway.steady"));
}

TEST(JunitXml, ARunThatCannotBeTrustedIsAnErrorHoweverItsExpectationsStand) {
    auto fixture = export_fixture();
    auto& summary = fixture.summary;
    summary.verdict.expectations.resize(1);
    summary.verdict.status = RunStatus::passed;
    const auto errors = [&] { return XmlDocument(junit_xml(fixture.run())).find("//testcase[error]/@name"); };
    EXPECT_THAT(errors(), IsEmpty());
    summary.validity.valid = false;
    EXPECT_THAT(errors(), ElementsAre("run is measurable"));
    summary.validity.valid = true;
    summary.run.partial = true;
    EXPECT_THAT(errors(), ElementsAre("run is measurable"));
    summary.run.partial = false;
    summary.run.signal = 15;
    EXPECT_THAT(errors(), ElementsAre("run is measurable"));
}

TEST(JunitXml, AnAbortFailsARunWhoseExpectationsHeld) {
    auto fixture = export_fixture();
    auto& summary = fixture.summary;
    summary.verdict.expectations.resize(1);
    summary.verdict.status = RunStatus::failed;
    summary.run.aborted = RunInfo::Abort{"errors > 20% for 5s", "direct", 12s, "50%"};
    const auto text = junit_xml(fixture.run());
    const XmlDocument document(text);
    EXPECT_TRUE(document.fits(schema));
    EXPECT_THAT(document.find("//testcase[failure]/@name"), ElementsAre("run is measurable"));
    EXPECT_THAT(document.find("//failure/@message"),
                ElementsAre("`errors > 20% for 5s` struck on direct after 12s: 50%"));
}

TEST(XmlDocumentTest, RefusesWhatDoesNotFit) {
    const auto good = junit_xml(export_fixture().run());
    const auto with = [&good](const std::string& from, const std::string& to) {
        auto text = good;
        return XmlDocument(text.replace(text.find(from), from.size(), to)).fits(schema);
    };
    EXPECT_FALSE(with("tests=\"6\"", "tests=\"six\""));
    EXPECT_FALSE(with("time=\"67.250\"", "time=\"67.2501\""));
    EXPECT_FALSE(with("<properties>", "<properties file=\"x\">"));
    EXPECT_FALSE(with("chat v1.2", "\x1b"));
}

TEST(JunitXml, ACaseForEachGatedFigure) {
    auto fixture = export_fixture();
    fixture.summary.verdict.expectations.clear();
    fixture.summary.baseline = comparison_fixture();
    const auto xml = junit_xml(fixture.run());
    EXPECT_TRUE(XmlDocument(xml).fits(schema));
    EXPECT_THAT(xml, HasSubstr("tests=\"6\" failures=\"1\" errors=\"1\" skipped=\"2\""));
    EXPECT_THAT(
        xml,
        HasSubstr(
            R"xml(    <testcase classname="chat v1_2.gateway.steady" name="ttft.p95 against the baseline">
      <failure type="worse" message="went from 200ms to 250ms, +25.0 % (95 % interval +19.0 % .. +31.0 %)">200ms to 250ms, +25.0 % (95 % interval +19.0 % .. +31.0 %)
baseline: runs/1
baseline: runs/2
verdict: worse
</failure>)xml"));
    EXPECT_THAT(xml,
                HasSubstr("<skipped type=\"undecided\" message=\"about 1200 more requests in each run would "
                          "tell\"/>"));
    EXPECT_THAT(xml,
                HasSubstr("<skipped type=\"undecided\" message=\"the phase is too short: 3 blocks of 1s, 10 "
                          "needed\"/>"));
    EXPECT_THAT(xml, Not(HasSubstr("e2e.p95 against"))) << "it is not gated";
}

}  // namespace
}  // namespace streamgauge::report
