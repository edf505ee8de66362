#include "bench/probe/diagnosis.h"

#include "tests/bench/probe/evidence.h"
#include "tests/bench/probe/subject.h"
#include "tests/report/timeline_builder.h"

#include <gmock/gmock.h>

#include <ostream>
#include <string>

namespace streamgauge::probe {
namespace {

using namespace std::chrono_literals;
using report::BufferingKind;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

Diagnosis diagnosis_of(const Evidence& evidence) {
    return diagnose(evidence, usual_subject());
}

Observation coded(Variant variant, BufferingKind kind) {
    auto seen = answered(variant, kind);
    seen.content_encoding = variant == Variant::gzip ? "gzip" : "br";
    return seen;
}

struct Case {
    BufferingKind kind;
    Answer answer;
    std::string says;
};

std::ostream& operator<<(std::ostream& out, const Case& given) {
    return out << to_string(given.kind);
}

class EveryKind : public ::testing::TestWithParam<Case> {};

TEST_P(EveryKind, HasItsAnswer) {
    const auto& given = GetParam();
    const auto found = diagnosis_of(evidence_of({answered(Variant::plain, given.kind)}));
    EXPECT_EQ(found.answer, given.answer);
    EXPECT_THAT(found.sentence, HasSubstr(given.says));
    EXPECT_EQ(found.remedies.empty(), given.answer != Answer::held);
}

INSTANTIATE_TEST_SUITE_P(
    Table, EveryKind,
    ::testing::Values(
        Case{BufferingKind::none, Answer::streams, "Yes, it streams"},
        Case{BufferingKind::full, Answer::held, "No: it holds the whole answer back"},
        Case{BufferingKind::block, Answer::held, "No: it holds tokens back in blocks of 4096 bytes"},
        Case{BufferingKind::timer, Answer::held, "No: "},
        Case{BufferingKind::token_window, Answer::held, "No: "},
        Case{BufferingKind::timer_or_window, Answer::held, "No: "},
        Case{BufferingKind::block_or_window, Answer::held, "No: "},
        Case{BufferingKind::instant, Answer::not_measurable, "Cannot say: the whole answer came at once"},
        Case{BufferingKind::unclear, Answer::not_measurable, "Cannot say: tokens come in bursts"},
        Case{BufferingKind::insufficient, Answer::not_measurable, "Cannot say: 128 events came"}),
    [](const auto& given) { return std::string(to_string(given.param.kind)); });

TEST(Diagnosis, TakesShortGroupsForAServerThatMakesSeveralAtATime) {
    auto evidence = evidence_of({answered(Variant::plain, BufferingKind::unclear)});
    evidence.usual.estimated_hold = 60ms;
    EXPECT_EQ(diagnosis_of(evidence).answer, Answer::streams);
    evidence.usual.estimated_hold = 160ms;
    EXPECT_EQ(diagnosis_of(evidence).answer, Answer::not_measurable);
}

TEST(Diagnosis, NamesWhatIsOnTheWayWhereNothingIsHeld) {
    const auto flowing = diagnosis_of(evidence_of({answered(Variant::plain)}));
    ASSERT_THAT(flowing.on_the_way, SizeIs(1));
    EXPECT_EQ(flowing.on_the_way[0].product, "nginx");
    EXPECT_THAT(flowing.on_the_way[0].timeout, Not(IsEmpty()));
    EXPECT_THAT(diagnosis_of(evidence_of({answered(Variant::plain, BufferingKind::block)})).on_the_way,
                IsEmpty());
}

TEST(Diagnosis, BlamesCompressionForWhatIsHeldOnlyWithIt) {
    auto gzip = coded(Variant::gzip, BufferingKind::compression);
    gzip.ttft = 2700ms;
    gzip.headers = {{{"Server", "nginx/1.22.1"}, {"Content-Encoding", ""}}};
    const auto found = diagnosis_of(evidence_of({answered(Variant::plain), gzip}));
    EXPECT_EQ(found.answer, Answer::held);
    EXPECT_TRUE(found.only_compressed);
    EXPECT_EQ(found.verdict.kind, BufferingKind::compression);
    EXPECT_THAT(found.sentence, HasSubstr("Only without compression: a client that accepts gzip"));
    EXPECT_THAT(found.reasons,
                Contains(HasSubstr("With gzip accepted the first token takes 2.7s; without, 200ms")));
    ASSERT_THAT(found.remedies, Not(IsEmpty()));
    EXPECT_EQ(found.remedies.front().product, "nginx");
    EXPECT_THAT(found.remedies.front().snippet, HasSubstr("gzip off"));
}

/// Full with a coding is compression, whatever else the detector makes of a coded stream.
TEST(Diagnosis, BlamesCompressionAlsoWhereACodedAnswerComesInBlocks) {
    const auto found =
        diagnosis_of(evidence_of({answered(Variant::plain), coded(Variant::brotli, BufferingKind::block)}));
    EXPECT_TRUE(found.only_compressed);
    EXPECT_EQ(found.verdict.kind, BufferingKind::compression);
}

TEST(Diagnosis, SaysThatAFlushedCompressionDoesNoHarm) {
    const auto found =
        diagnosis_of(evidence_of({answered(Variant::plain), coded(Variant::gzip, BufferingKind::none)}));
    EXPECT_EQ(found.answer, Answer::streams);
    EXPECT_THAT(found.reasons, ElementsAre("Compressed with gzip it flows."));
}

TEST(Diagnosis, DoesNotBlameCompressionForWhatIsHeldWithoutIt) {
    const auto found = diagnosis_of(evidence_of(
        {answered(Variant::plain, BufferingKind::block), answered(Variant::gzip, BufferingKind::block)}));
    EXPECT_FALSE(found.only_compressed);
    EXPECT_EQ(found.verdict.kind, BufferingKind::block);
    EXPECT_THAT(found.reasons, Contains(HasSubstr("Compression plays no part")));
}

Evidence with_large_events(BufferingKind kind, double usual_burst, double large_burst) {
    auto usual = answered(Variant::plain, kind);
    usual.events_per_burst = usual_burst;
    auto large = answered(Variant::large_events, kind);
    large.events_per_burst = large_burst;
    return evidence_of({usual, large});
}

TEST(Diagnosis, TakesWhatScalesWithTheSizeOfEventsForABuffer) {
    for (const auto kind :
         {BufferingKind::timer_or_window, BufferingKind::block_or_window, BufferingKind::unclear}) {
        const auto found = diagnosis_of(with_large_events(kind, 18, 4.5));
        EXPECT_EQ(found.verdict.kind, BufferingKind::block) << to_string(kind);
        EXPECT_THAT(found.reasons, Contains(HasSubstr("bytes decide")));
    }
}

TEST(Diagnosis, TakesWhatDoesNotForTimeOrNumber) {
    const auto timed = diagnosis_of(with_large_events(BufferingKind::timer_or_window, 10, 10));
    EXPECT_EQ(timed.verdict.kind, BufferingKind::timer_or_window);
    EXPECT_THAT(timed.reasons, Contains(HasSubstr("time or number decides, not bytes")));
    const auto counted = diagnosis_of(with_large_events(BufferingKind::block_or_window, 10, 10));
    EXPECT_EQ(counted.verdict.kind, BufferingKind::token_window);
}

TEST(Diagnosis, GoesByTheFirstTokenWhereBurstsAreTooFew) {
    auto evidence = with_large_events(BufferingKind::block, 0, 18);
    evidence.observations[0].ttft = 2400ms;
    evidence.observations[1].ttft = 740ms;
    EXPECT_THAT(diagnosis_of(evidence).reasons,
                Contains(HasSubstr("times as large came after 740ms instead of 2.4s: bytes decide")));
    evidence.observations[1].ttft = 2400ms;
    EXPECT_THAT(diagnosis_of(evidence).reasons, Contains(HasSubstr("not bytes")));
}

TEST(Diagnosis, SaysWhyLargerEventsToldNothing) {
    auto evidence = with_large_events(BufferingKind::block, 18, 18);
    evidence.observations[1].event_bytes = 217;
    auto found = diagnosis_of(evidence);
    ASSERT_THAT(found.left_out, SizeIs(1));
    EXPECT_THAT(found.left_out[0].why, HasSubstr("cannot be asked"));
    evidence.observations[1] = refused(Variant::large_events, "HTTP 400: logprobs are not allowed", 400);
    found = diagnosis_of(evidence);
    ASSERT_THAT(found.left_out, SizeIs(1));
    EXPECT_THAT(found.left_out[0].why, HasSubstr("logprobs are not allowed"));
    EXPECT_EQ(found.verdict.kind, BufferingKind::block);
    EXPECT_THAT(found.cautions, IsEmpty());
}

Evidence with_short_answer(nanoseconds usual, nanoseconds shorter) {
    auto plain = answered(Variant::plain, BufferingKind::full);
    plain.ttft = usual;
    auto brief = answered(Variant::short_answer, BufferingKind::full);
    brief.ttft = shorter;
    return evidence_of({plain, brief});
}

TEST(Diagnosis, ConfirmsAFullBufferByAShorterAnswer) {
    const auto found = diagnosis_of(with_short_answer(2740ms, 820ms));
    EXPECT_EQ(found.answer, Answer::held);
    EXPECT_THAT(found.reasons,
                Contains(HasSubstr("An answer of 32 tokens begins after 820ms, one of 128 after 2.74s: "
                                   "the first token waits for the last.")));
}

TEST(Diagnosis, ClearsASlowBeginningOfTheChargeOfBuffering) {
    const auto found = diagnosis_of(with_short_answer(2740ms, 2735ms));
    EXPECT_EQ(found.verdict.kind, BufferingKind::instant);
    EXPECT_EQ(found.answer, Answer::not_measurable);
    EXPECT_THAT(found.reasons, Contains(HasSubstr("does not wait")));
}

TEST(Diagnosis, TellsTheLayerByTheHttpChunks) {
    auto plain = answered(Variant::plain, BufferingKind::block);
    plain.events_per_burst = 18;
    plain.events_per_chunk = 18;
    EXPECT_THAT(diagnosis_of(evidence_of({plain})).where, HasSubstr("handles the body"));
    plain.events_per_chunk = 1;
    EXPECT_THAT(diagnosis_of(evidence_of({plain})).where, HasSubstr("Below HTTP"));
    plain.events_per_chunk = 0;
    EXPECT_THAT(diagnosis_of(evidence_of({plain})).where, IsEmpty());
}

TEST(Diagnosis, SaysThatAnswersBreakOff) {
    auto plain = answered(Variant::plain);
    plain.broken = 1;
    plain.failed_as = report::Outcome::reset;
    plain.failure = "the connection broke";
    const auto found = diagnosis_of(evidence_of({plain}));
    EXPECT_EQ(found.answer, Answer::broken);
    EXPECT_THAT(found.sentence, HasSubstr("No: answers break off (1 of 2): the connection broke."));
}

TEST(Diagnosis, GivesTheReasonOfARefusal) {
    const auto found = diagnosis_of(evidence_of({refused(Variant::plain), refused(Variant::gzip)}));
    EXPECT_EQ(found.answer, Answer::not_measurable);
    EXPECT_THAT(found.sentence, HasSubstr("HTTP 401: no key."));
    EXPECT_THAT(found.remedies, IsEmpty());
}

TEST(Diagnosis, SaysThatOneDocumentIsNoStream) {
    auto document = refused(Variant::plain, "HTTP 200 with content type `application/json`", 200);
    document.failed_as = report::Outcome::malformed;
    document.content_type = "application/json";
    const auto found = diagnosis_of(evidence_of({document}));
    EXPECT_EQ(found.answer, Answer::held);
    EXPECT_EQ(found.verdict.kind, BufferingKind::not_streamed);
    EXPECT_THAT(found.remedies, Not(IsEmpty()));
}

TEST(Diagnosis, KeepsItsAnswerWhereOneVariantIsRefused) {
    const auto found =
        diagnosis_of(evidence_of({answered(Variant::plain), refused(Variant::gzip, "HTTP 429", 429)}));
    EXPECT_EQ(found.answer, Answer::streams);
    EXPECT_THAT(found.cautions, ElementsAre(HasSubstr("HTTP 429")));
}

TEST(Diagnosis, SaysWhenTheClientWasBusy) {
    auto plain = answered(Variant::plain);
    EXPECT_TRUE(diagnosis_of(evidence_of({plain})).client_kept_up);
    plain.uncertain_events = 26;
    const auto found = diagnosis_of(evidence_of({plain}));
    EXPECT_FALSE(found.client_kept_up);
    EXPECT_THAT(found.cautions, ElementsAre(HasSubstr("for 10% of the tokens")));
}

TEST(FollowUps, AskForWhatWouldTellMore) {
    const auto wanted = [](BufferingKind kind, bool length_given = false) {
        auto subject = usual_subject();
        subject.answer_length_given = length_given;
        return follow_ups(evidence_of({answered(Variant::plain, kind)}), subject);
    };
    EXPECT_THAT(wanted(BufferingKind::none), IsEmpty());
    EXPECT_THAT(wanted(BufferingKind::full), IsEmpty());
    EXPECT_THAT(wanted(BufferingKind::block), ElementsAre(Variant::large_events));
    EXPECT_THAT(wanted(BufferingKind::timer_or_window), ElementsAre(Variant::large_events));
    EXPECT_THAT(wanted(BufferingKind::unclear), ElementsAre(Variant::large_events, Variant::long_answer));
    EXPECT_THAT(wanted(BufferingKind::instant), ElementsAre(Variant::long_answer));
    EXPECT_THAT(wanted(BufferingKind::instant, true), IsEmpty());
    EXPECT_THAT(follow_ups(evidence_of({refused(Variant::plain)}), usual_subject()), IsEmpty());
}

TEST(Gather, KeepsVariantsApartAndPoolsTheUncompressedOnes) {
    using report::testing::TimelineBuilder;
    const auto flowing = TimelineBuilder{}.steady_tokens(40, 100ms, 20ms).build();
    auto held = TimelineBuilder{}.read(2s).events(40).build();
    held.content_encoding = "gzip";
    const std::vector<Trial> trials{{Variant::plain, flowing}, {Variant::gzip, held}};
    const auto evidence = gather(trials);
    ASSERT_THAT(evidence.observations, SizeIs(2));
    EXPECT_EQ(evidence.usual.kind, BufferingKind::none);
    EXPECT_EQ(evidence.find(Variant::gzip)->verdict.kind, BufferingKind::compression);
    EXPECT_EQ(evidence.find(Variant::brotli), nullptr);
}

}  // namespace
}  // namespace streamgauge::probe
