#include "bench/wire/sse_decoder.h"

#include "bench/wire/error.h"
#include "tests/bench/wire/allocations.h"
#include "tests/bench/wire/cuts.h"
#include "tests/bench/wire/recorders.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using namespace std::string_literals;
using namespace std::chrono_literals;

using Event = RecordedEvent;
using Recorder = EventRecorder;

struct Case {
    const char* name;
    std::string input;
    std::vector<Event> events;
    std::vector<std::string> comments = {};
    bool inside_event = false;

    friend void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }
};

std::string name_of(const testing::TestParamInfo<Case>& test) {
    return test.param.name;
}

class SseGrammar : public testing::TestWithParam<Case> {};

TEST_P(SseGrammar, GivesTheSameEventsHoweverTheBytesAreCut) {
    const auto& expected = GetParam();
    for (const auto& pieces : every_cut(expected.input)) {
        SseDecoder decoder;
        Recorder recorder;
        feed_pieces(pieces, [&](std::string_view piece) { EXPECT_TRUE(decoder.feed(piece, recorder)); });
        ASSERT_EQ(recorder.events, expected.events) << show(pieces);
        ASSERT_EQ(recorder.comments, expected.comments) << show(pieces);
        ASSERT_EQ(decoder.inside_event(), expected.inside_event) << show(pieces);
    }
}

INSTANTIATE_TEST_SUITE_P(
    Framing, SseGrammar,
    testing::Values(
        Case{"one_event", "data: a\n\n", {{"", "a", "", 9}}},
        Case{"several_events", "data: a\n\ndata: bc\n\n", {{"", "a", "", 9}, {"", "bc", "", 10}}},
        Case{"cr", "data: a\r\rdata: b\r\r", {{"", "a", "", 9}, {"", "b", "", 9}}},
        Case{"crlf", "data: a\r\n\r\ndata: b\r\n\r\n", {{"", "a", "", 11}, {"", "b", "", 11}}},
        Case{"mixed_line_ends", "data: a\r\ndata: b\ndata: c\r\n\n", {{"", "a\nb\nc", "", 27}}},
        Case{"blank_lines_between_events",
             "\n\ndata: a\n\n\n\n\ndata: b\n\n",
             {{"", "a", "", 9}, {"", "b", "", 9}}},
        Case{"blank_crlf_lines_between_events",
             "\r\n\r\ndata: a\r\n\r\n\r\n\r\ndata: b\r\n\r\n",
             {{"", "a", "", 11}, {"", "b", "", 11}}},
        Case{"incomplete_event_is_discarded", "data: a\n\ndata: b\n", {{"", "a", "", 9}}, {}, true},
        Case{"incomplete_line", "data: a\n\nda", {{"", "a", "", 9}}, {}, true},
        Case{"data_of_lines_that_look_like_nothing", "data: \"\\n\\n\"\n\n", {{"", "\"\\n\\n\"", "", 14}}},
        Case{"character_of_several_bytes",
             "data: \xE2\x82\xAC\xF0\x9F\x98\x80\n\n",
             {{"", "\xE2\x82\xAC\xF0\x9F\x98\x80", "", 15}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    Fields, SseGrammar,
    testing::Values(
        Case{"no_space_after_colon", "data:a\n\n", {{"", "a", "", 8}}},
        Case{"only_one_space_is_removed", "data:  a\n\n", {{"", " a", "", 10}}},
        Case{"tab_is_no_space", "data:\ta\n\n", {{"", "\ta", "", 9}}},
        Case{"colon_in_value", "data: a: b\n\n", {{"", "a: b", "", 12}}},
        Case{"field_without_colon", "data\n\n", {{"", "", "", 6}}},
        Case{"empty_data_is_an_event", "data:\n\n", {{"", "", "", 7}}},
        Case{"lines_are_joined", "data: a\ndata: b\ndata:\ndata\n\n", {{"", "a\nb\n\n", "", 28}}},
        Case{"two_empty_lines", "data\ndata\n\ndata:", {{"", "\n", "", 11}}, {}, true},
        Case{"type", "event: ping\ndata: a\n\ndata: b\n\n", {{"ping", "a", "", 21}, {"", "b", "", 9}}},
        Case{"type_after_data", "data: a\nevent: x\n\n", {{"x", "a", "", 18}}},
        Case{"last_type_counts", "event: x\nevent: y\ndata: a\n\n", {{"y", "a", "", 27}}},
        Case{"emptied_type", "event: x\nevent\ndata: a\n\n", {{"", "a", "", 24}}},
        Case{"event_without_data_is_none", "event: x\n\ndata: a\n\n", {{"", "a", "", 9}}},
        Case{"id_stays",
             "id: 7\ndata: a\n\ndata: b\n\nid\ndata: c\n\n",
             {{"", "a", "7", 15}, {"", "b", "7", 9}, {"", "c", "", 12}}},
        Case{"id_without_data_stays", "id: 7\n\ndata: b\n\n", {{"", "b", "7", 9}}},
        Case{"id_with_nul_is_ignored", "id: 7\nid: 8\0\ndata: a\n\n"s, {{"", "a", "7", 22}}},
        Case{"nul_in_data_stays", "data: a\0b\n\n"s, {{"", "a\0b"s, "", 11}}},
        Case{"unknown_field", "foo: bar\ndata: a\nDATA: b\ndatas: c\n data: d\n\n", {{"", "a", "", 44}}},
        Case{"retry", "retry: 10\ndata: a\n\n", {{"", "a", "", 19}}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    CommentsAndMarks, SseGrammar,
    testing::Values(Case{"comment", ": ping\n\ndata: a\n\n", {{"", "a", "", 9}}, {"ping"}},
                    Case{"comment_with_crlf", ":ping\r\n\r\ndata: a\r\n\r\n", {{"", "a", "", 11}}, {"ping"}},
                    Case{"empty_comment", ":\n", {}, {""}},
                    Case{"comment_within_event", "data: a\n:x\ndata: b\n\n", {{"", "a\nb", "", 20}}, {"x"}},
                    Case{"comment_is_no_event", "data: a\n\n: wai", {{"", "a", "", 9}}},
                    Case{"comment_inside_event_is_inside", "data: a\n: wai", {}, {}, true},
                    Case{"byte_order_mark",
                         "\xEF\xBB\xBF"
                         "data: a\n\n",
                         {{"", "a", "", 9}}},
                    Case{"byte_order_mark_alone", "\xEF\xBB\xBF", {}},
                    Case{"half_a_byte_order_mark", "\xEF\xBB", {}},
                    Case{"byte_order_mark_before_comment", "\xEF\xBB\xBF:c\n", {}, {"c"}},
                    Case{"only_one_byte_order_mark",
                         "\xEF\xBB\xBF\xEF\xBB\xBF"
                         "data: a\n\n",
                         {}},
                    Case{"no_byte_order_mark_later",
                         "data: a\n\n\xEF\xBB\xBF"
                         "data: b\n\n",
                         {{"", "a", "", 9}}},
                    Case{"almost_a_byte_order_mark",
                         "\xEF\xBB"
                         "data: a\n\ndata: b\n\n",
                         {{"", "b", "", 9}}}),
    name_of);

TEST(SseDecoder, DispatchesWithTheCrOfTheBlankLine) {
    for (const std::string line_end : {"\r", "\r\n"}) {
        SseDecoder decoder;
        Recorder recorder;
        ASSERT_TRUE(decoder.feed("data: a" + line_end, recorder));
        EXPECT_THAT(recorder.events, IsEmpty());
        EXPECT_TRUE(decoder.inside_event());
        ASSERT_TRUE(decoder.feed("\r", recorder));
        EXPECT_THAT(recorder.events,
                    ElementsAre(Event{"", "a", "", static_cast<std::uint32_t>(7 + 2 * line_end.size())}));
        EXPECT_FALSE(decoder.inside_event());
    }
}

TEST(SseDecoder, GivesViewsOfTheInputWithoutACopy) {
    const std::string input = "data: {\"text\":\"a\"}\n\n";
    struct Sink final : EventSink {
        const char* data = nullptr;
        void on_event(const StreamEvent& event) override { data = event.data.data(); }
        void on_comment(std::string_view) override {}
    } sink;
    SseDecoder decoder;
    ASSERT_TRUE(decoder.feed(input, sink));
    EXPECT_EQ(sink.data, input.data() + 6);
}

/// Counts and keeps nothing.
struct CountingSink final : EventSink {
    std::size_t events = 0;
    void on_event(const StreamEvent&) override { ++events; }
    void on_comment(std::string_view) override {}
};

TEST(SseDecoder, AllocatesNothingForAnEventWithinAFeed) {
    const std::string input =
        "event: content_block_delta\nid: 17\ndata: " + std::string(4000, 'x') + "\n\n: ping\n\n";
    SseDecoder decoder;
    CountingSink sink;
    ASSERT_TRUE(decoder.feed(input, sink));
    const auto before = allocations();
    for (int i = 0; i < 100; ++i)
        (void)decoder.feed(input, sink);
    EXPECT_EQ(allocations(), before);
    EXPECT_EQ(sink.events, 101U);
}

TEST(SseDecoder, AllocatesNothingForSmallEventsCutAnywhere) {
    const std::string input = "event: content_block_delta\ndata: " + std::string(200, 'x') + "\ndata: y\n\n";
    SseDecoder decoder;
    CountingSink sink;
    const std::string_view view = input;
    const auto feed_all_cuts = [&] {
        for (std::size_t cut = 0; cut < view.size(); ++cut) {
            (void)decoder.feed(view.substr(0, cut), sink);
            (void)decoder.feed(view.substr(cut), sink);
        }
    };
    feed_all_cuts();
    const auto before = allocations();
    feed_all_cuts();
    EXPECT_EQ(allocations(), before);
    EXPECT_EQ(sink.events, 2 * view.size());
}

TEST(SseDecoder, GivesTheMemoryOfALargeEventBack) {
    SseDecoder decoder;
    CountingSink sink;
    const std::string large = "data: " + std::string(100'000, 'x') + "\ndata: y";
    const auto feed_in_two = [&] {
        (void)decoder.feed(large, sink);
        (void)decoder.feed("\n\n", sink);
    };
    feed_in_two();
    const auto before = allocations();
    feed_in_two();
    EXPECT_GT(allocations(), before);
    EXPECT_EQ(sink.events, 2U);
}

TEST(SseDecoder, TakesOnlyDigitsAsReconnectionTime) {
    SseDecoder decoder;
    Recorder recorder;
    ASSERT_TRUE(decoder.feed("retry: 1500\n\n", recorder));
    for (const auto* bad : {"retry: 20x\n\n", "retry: -5\n\n", "retry: +5\n\n", "retry:\n\n",
                            "retry: 1.5\n\n", "retry: 99999999999999999999\n\n", "retry:  7\n\n"}) {
        ASSERT_TRUE(decoder.feed(bad, recorder));
        EXPECT_EQ(decoder.reconnection_time(), 1500ms) << bad;
    }
    EXPECT_THAT(recorder.events, IsEmpty());
}

TEST(SseDecoder, IsAsNewAfterReset) {
    SseDecoder decoder;
    Recorder recorder;
    ASSERT_TRUE(decoder.feed("id: 7\nretry: 5\nevent: x\ndata: lost\nda", recorder));
    decoder.reset();
    EXPECT_FALSE(decoder.inside_event());
    EXPECT_FALSE(decoder.reconnection_time());
    ASSERT_TRUE(
        decoder.feed("\xEF\xBB\xBF"
                     "data: a\n\n",
                     recorder));
    EXPECT_THAT(recorder.events, ElementsAre(Event{"", "a", "", 9}));
}

/// Feeds the input in pieces of `piece_bytes` and returns how many bytes went in before the error.
std::size_t bytes_until_error(SseDecoder& decoder, Recorder& recorder, std::string_view input,
                              std::size_t piece_bytes) {
    for (std::size_t i = 0; i < input.size(); i += piece_bytes) {
        const auto result = decoder.feed(input.substr(i, piece_bytes), recorder);
        if (!result) {
            EXPECT_EQ(result.error(), Error::event_too_large);
            EXPECT_FALSE(decoder.feed("\n\n", recorder));
            return i + piece_bytes;
        }
    }
    return 0;
}

TEST(SseDecoder, BoundsALineAndAnEvent) {
    std::string many_lines;
    for (int i = 0; i < 1000; ++i)
        many_lines += "data: x\n";
    std::string many_comments = "data: x\n";
    for (int i = 0; i < 1000; ++i)
        many_comments += ": x\n";
    const std::string hostile[] = {"data: " + std::string(5000, 'x'),
                                   std::string(5000, 'x'),
                                   ": " + std::string(5000, 'x'),
                                   "id: " + std::string(5000, 'x'),
                                   many_lines,
                                   many_comments};
    for (const auto& input : hostile) {
        for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{7}, input.size()}) {
            SseDecoder decoder(1000);
            Recorder recorder;
            const auto taken = bytes_until_error(decoder, recorder, input, piece_bytes);
            EXPECT_GT(taken, 1000U);
            if (piece_bytes < 10) {
                EXPECT_LE(taken, 1000U + 2 * piece_bytes);
            }
            EXPECT_THAT(recorder.events, IsEmpty());
        }
    }
}

TEST(SseDecoder, TakesAnEventAtTheBoundAndAnyNumberOfThem) {
    const std::string event = "data: " + std::string(92, 'x') + "\n\n";
    ASSERT_EQ(event.size(), 100U);
    std::string stream;
    for (int i = 0; i < 50; ++i)
        stream += event + ": comment\n\n";
    for (const std::size_t piece_bytes : {std::size_t{1}, std::size_t{33}, stream.size()}) {
        SseDecoder fits(100);
        SseDecoder too_small(99);
        Recorder recorder;
        EXPECT_EQ(bytes_until_error(fits, recorder, stream, piece_bytes), 0U);
        EXPECT_EQ(recorder.events.size(), 50U);
        EXPECT_NE(bytes_until_error(too_small, recorder, stream, piece_bytes), 0U);
        EXPECT_EQ(recorder.events.size(), 50U);
    }
}

TEST(SseDecoder, DeliversWhatCameBeforeTheError) {
    SseDecoder decoder(100);
    Recorder recorder;
    EXPECT_FALSE(decoder.feed("data: a\n\ndata: " + std::string(200, 'x'), recorder));
    EXPECT_THAT(recorder.events, ElementsAre(Event{"", "a", "", 9}));
}

}  // namespace
}  // namespace streamgauge::wire
