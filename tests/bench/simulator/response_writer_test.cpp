#include "bench/simulator/response_writer.h"

#include "tests/bench/simulator/raw_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Instant base_time{std::chrono::seconds{1000}};

/// The writes of a batch, one string each.
std::vector<std::string> writes_of(const WriteBatch& batch) {
    std::vector<std::string> writes;
    std::size_t start = 0;
    for (const std::size_t end : batch.ends) {
        writes.push_back(batch.bytes.substr(start, end - start));
        start = end;
    }
    EXPECT_EQ(start, batch.bytes.size());
    return writes;
}

std::vector<std::string> response(ResponseStyle style, const std::vector<std::string>& events) {
    ResponseWriter writer{std::move(style)};
    WriteBatch batch;
    writer.start(batch);
    for (const auto& event : events)
        writer.write(event, base_time, batch);
    writer.finish(base_time, batch);
    return writes_of(batch);
}

std::string joined(const std::vector<std::string>& writes) {
    std::string all;
    for (const auto& write : writes)
        all += write;
    return all;
}

TEST(ResponseWriter, EachEventIsAChunkAndAWrite) {
    const auto writes = response({}, {"first\n\n", "second\n\n"});
    ASSERT_EQ(writes.size(), 4u);
    EXPECT_TRUE(writes[0].ends_with("\r\n\r\n"));
    EXPECT_EQ(writes[1], "7\r\nfirst\n\n\r\n");
    EXPECT_EQ(writes[2], "8\r\nsecond\n\n\r\n");
    EXPECT_EQ(writes[3], "0\r\n\r\n");
}

TEST(ResponseWriter, HeaderSaysWhetherItCameFromACache) {
    const auto header = [](std::optional<bool> hit) {
        ResponseStyle style;
        style.cache_hit = hit;
        return joined(response(style, {"x"}));
    };
    EXPECT_THAT(header(true), HasSubstr("\r\nX-Cache: HIT\r\n"));
    EXPECT_THAT(header(false), HasSubstr("\r\nX-Cache: MISS\r\n"));
    EXPECT_THAT(header(std::nullopt), Not(HasSubstr("X-Cache")));
}

TEST(ResponseWriter, HeaderSaysWhatFollows) {
    ResponseStyle style;
    style.date = "Sun, 06 Nov 1994 08:49:37 GMT";
    const auto parts = take_apart(joined(response(style, {"x"})));
    EXPECT_EQ(parts.status_line, "HTTP/1.1 200 OK");
    EXPECT_EQ(parts.field("Content-Type"), "text/event-stream; charset=utf-8");
    EXPECT_EQ(parts.field("Transfer-Encoding"), "chunked");
    EXPECT_EQ(parts.field("Date"), style.date);
    EXPECT_EQ(parts.field("Connection"), "");
}

TEST(ResponseWriter, CloseFramingHasNoFrame) {
    ResponseStyle style;
    style.framing = Framing::close;
    style.keep_alive = false;
    const auto writes = response(style, {"a", "b"});
    ASSERT_EQ(writes.size(), 3u);
    EXPECT_EQ(writes[1], "a");
    EXPECT_EQ(writes[2], "b");
    EXPECT_THAT(writes[0], HasSubstr("Connection: close\r\n"));
    EXPECT_THAT(writes[0], Not(HasSubstr("Transfer-Encoding")));
}

TEST(ResponseWriter, LengthFramingHoldsAllAndCounts) {
    ResponseStyle style;
    style.framing = Framing::length;
    style.buffering.mode = Buffering::full;
    const auto writes = response(style, {"abc", "de"});
    ASSERT_EQ(writes.size(), 1u);
    const auto parts = take_apart(writes[0]);
    EXPECT_EQ(parts.field("Content-Length"), "5");
    EXPECT_EQ(parts.body, "abcde");
}

TEST(ResponseWriter, Http10IsItself) {
    ResponseStyle style;
    style.http10 = true;
    style.framing = Framing::close;
    style.keep_alive = false;
    EXPECT_TRUE(response(style, {"a"})[0].starts_with("HTTP/1.0 200 OK\r\n"));
}

TEST(ResponseWriter, BlocksOfTheBodyAreChunks) {
    ResponseStyle style;
    style.buffering.mode = Buffering::block;
    style.buffering.block_size = 4;
    const auto writes = response(style, {"abc", "def", "ghi"});
    const auto parts = take_apart(joined(writes));
    EXPECT_THAT(parts.chunks, ElementsAre("abcd", "efgh", "i"));
    EXPECT_TRUE(parts.has_last_chunk);
    ASSERT_EQ(writes.size(), 3u);
    EXPECT_TRUE(writes[0].ends_with("\r\n\r\n4\r\nabcd\r\n")) << "the header goes with the first block";
    EXPECT_EQ(writes[1], "4\r\nefgh\r\n");
    EXPECT_EQ(writes[2], "1\r\ni\r\n0\r\n\r\n");
}

TEST(ResponseWriter, BlocksOfTheWireHoldManyChunks) {
    ResponseStyle style;
    style.buffering.mode = Buffering::block;
    style.buffering.block_size = 16;
    style.layer = BufferingLayer::wire;
    const auto writes = response(style, {"abcde", "fghij", "klmno"});
    const auto parts = take_apart(joined(writes));
    EXPECT_THAT(parts.chunks, ElementsAre("abcde", "fghij", "klmno"));
    EXPECT_TRUE(parts.has_last_chunk);
    ASSERT_EQ(writes.size(), 3u);
    EXPECT_TRUE(writes[0].ends_with("\r\n\r\n5\r\nabcde\r\n5\r\nfgh"));
    EXPECT_EQ(writes[1].size(), 16u);
}

TEST(ResponseWriter, FullBufferingIsOneWriteAtTheEnd) {
    ResponseStyle style;
    style.buffering.mode = Buffering::full;
    ResponseWriter writer{style};
    WriteBatch batch;
    writer.start(batch);
    writer.write("abc", base_time, batch);
    EXPECT_TRUE(batch.empty());
    writer.finish(base_time, batch);
    const auto writes = writes_of(batch);
    ASSERT_EQ(writes.size(), 1u);
    EXPECT_THAT(take_apart(writes[0]).chunks, ElementsAre("abc"));
}

TEST(ResponseWriter, EmptyBodyIsStillAResponse) {
    ResponseStyle style;
    style.buffering.mode = Buffering::block;
    const auto parts = take_apart(joined(response(style, {})));
    EXPECT_EQ(parts.status_line, "HTTP/1.1 200 OK");
    EXPECT_THAT(parts.chunks, IsEmpty());
    EXPECT_TRUE(parts.has_last_chunk);
}

TEST(ResponseWriter, GzipIsFlushedForEachEventUnlessHeld) {
    ResponseStyle style;
    style.encoding = Encoding::gzip;
    const auto flushed = take_apart(joined(response(style, {"first", "second"})));
    EXPECT_EQ(flushed.field("Content-Encoding"), "gzip");
    ASSERT_GE(flushed.chunks.size(), 3u);
    EXPECT_EQ(inflate_all(flushed.chunks[0], true), "first");
    EXPECT_EQ(inflate_all(flushed.chunks[0] + flushed.chunks[1], true), "firstsecond");
    EXPECT_EQ(inflate_all(flushed.body), "firstsecond");

    style.compress_held = true;
    const auto held = take_apart(joined(response(style, {"first", "second"})));
    EXPECT_EQ(held.chunks[0].size(), 10u) << "the gzip header alone";
    EXPECT_EQ(held.chunks.size(), 2u);
    EXPECT_EQ(inflate_all(held.body), "firstsecond");
}

TEST(ResponseWriter, TimerFlushIsAChunkOfWhatWasHeld) {
    ResponseStyle style;
    style.buffering.mode = Buffering::timer;
    style.buffering.flush_period = std::chrono::milliseconds{100};
    ResponseWriter writer{style};
    WriteBatch batch;
    writer.start(batch);
    EXPECT_EQ(writer.flush_due(), never);
    writer.write("abc", base_time, batch);
    writer.write("de", base_time + std::chrono::milliseconds{20}, batch);
    EXPECT_TRUE(batch.empty());
    EXPECT_EQ(writer.flush_due(), base_time + std::chrono::milliseconds{100});
    writer.flush(batch);
    EXPECT_EQ(writer.flush_due(), never);
    EXPECT_THAT(take_apart(batch.bytes).chunks, ElementsAre("abcde"));
}

TEST(ResponseWriter, TokenWindowIsAChunk) {
    ResponseStyle style;
    style.buffering.mode = Buffering::tokens;
    style.buffering.token_window = 2;
    ResponseWriter writer{style};
    WriteBatch batch;
    writer.start(batch);
    for (const char* event : {"a", "b", "c"}) {
        writer.write(event, base_time, batch);
        writer.token_written(batch);
    }
    writer.finish(base_time, batch);
    EXPECT_THAT(take_apart(batch.bytes).chunks, ElementsAre("ab", "c"));
}

TEST(ResponseWriter, NamesItsCoding) {
    for (const auto encoding : {Encoding::br, Encoding::zstd}) {
        ResponseStyle style;
        style.encoding = encoding;
        const auto flushed = take_apart(joined(response(style, {"first", "second"})));
        EXPECT_EQ(flushed.field("Content-Encoding"), encoding_name(encoding));
        EXPECT_EQ(decode_all(encoding_name(encoding), flushed.chunks[0], true), "first");
        EXPECT_EQ(decode_all(encoding_name(encoding), flushed.body), "firstsecond");

        style.compress_held = true;
        const auto held = take_apart(joined(response(style, {"first", "second"})));
        EXPECT_EQ(held.chunks.size(), 1u);
        EXPECT_EQ(decode_all(encoding_name(encoding), held.body), "firstsecond");
    }
}

TEST(ResponseWriter, SpoiledEncodingCannotBeRead) {
    ResponseStyle style;
    style.encoding = Encoding::gzip;
    ResponseWriter writer{style};
    WriteBatch batch;
    writer.start(batch);
    writer.write("first", base_time, batch);
    writer.corrupt_encoding();
    writer.write("second", base_time, batch);
    writer.finish(base_time, batch);
    const auto parts = take_apart(batch.bytes);
    EXPECT_EQ(inflate_all(parts.chunks[0], true), "first");
    EXPECT_EQ(inflate_all(parts.body), std::nullopt);
}

TEST(ResponseWriter, RawBytesFollowWhatWasHeld) {
    ResponseStyle style;
    style.buffering.mode = Buffering::block;
    ResponseWriter writer{style};
    WriteBatch batch;
    writer.start(batch);
    writer.write("abc", base_time, batch);
    writer.write_raw("ZZ\r\n", batch);
    EXPECT_TRUE(batch.bytes.ends_with("3\r\nabc\r\nZZ\r\n"));
}

}  // namespace
}  // namespace streamgauge::simulator
