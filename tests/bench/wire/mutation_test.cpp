#include "bench/wire/content_decoder.h"
#include "bench/wire/http1_response_decoder.h"
#include "bench/wire/sse_decoder.h"
#include "tests/bench/wire/compressed.h"
#include "tests/bench/wire/mutate.h"
#include "tests/bench/wire/recorders.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Damaged input, from a fixed seed: nothing may crash, and what a decoder makes of it may not depend on how
/// the bytes were cut.
namespace streamgauge::wire {
namespace {

constexpr int rounds = 3000;

/// What a decoder made of an input: everything it delivered, and whether it refused the rest.
template <class Feed>
std::string outcome(std::string_view input, const std::vector<std::size_t>& sizes, std::string& delivered,
                    Feed feed) {
    std::size_t taken = 0;
    for (std::size_t i = 0; taken < input.size(); ++i) {
        const auto piece = input.substr(taken, sizes[i % sizes.size()]);
        const std::vector<char> copy(piece.begin(), piece.end());
        taken += piece.size();
        if (!feed(std::string_view(copy.data(), copy.size()))) return delivered + "|refused";
    }
    return delivered + "|taken";
}

std::string sse_outcome(std::string_view input, const std::vector<std::size_t>& sizes) {
    struct Sink final : EventSink {
        std::string text;
        void on_event(const StreamEvent& event) override {
            text.append("[").append(event.type).append("|").append(event.data).append("|").append(event.id);
            text += std::to_string(event.bytes) + "]";
        }
        void on_comment(std::string_view comment) override { text.append("#").append(comment); }
    } sink;
    SseDecoder decoder(200);
    return outcome(input, sizes, sink.text,
                   [&](std::string_view piece) { return decoder.feed(piece, sink).has_value(); });
}

std::string http_outcome(std::string_view input, const std::vector<std::size_t>& sizes) {
    struct Sink final : ResponseSink {
        std::string text;
        void on_header(const ResponseHeader& header) override { text += "H" + std::to_string(header.status); }
        void on_chunk(std::uint32_t size) override { text += "C" + std::to_string(size); }
        void on_body(std::string_view body) override { text += body; }
    } sink;
    Http1ResponseDecoder decoder;
    return outcome(input, sizes, sink.text,
                   [&](std::string_view piece) { return decoder.feed(piece, sink).has_value(); });
}

std::string content_outcome(const char* coding, std::string_view input,
                            const std::vector<std::size_t>& sizes) {
    struct Sink final : ByteSink {
        std::string text;
        void on_bytes(std::string_view bytes) override { text += bytes; }
    } sink;
    const auto decoder = make_content_decoder(coding).value();
    return outcome(input, sizes, sink.text,
                   [&](std::string_view piece) { return decoder->feed(piece, sink).has_value(); });
}

TEST(Mutation, OfAnEventStream) {
    Mutator mutator(1);
    const std::string sample =
        "\xEF\xBB\xBF: hello\n\nid: 7\r\nevent: token\r\ndata: {\"a\":1}\r\n\r\nretry: 10\rdata: x\rdata: "
        "y\r\rdata:z\n\n";
    for (int i = 0; i < rounds; ++i) {
        const auto input =
            mutator.mutate(sample, {"\r", "\n", "\r\n", ":", "data", "\n\n", "id:\0", "\xEF\xBB\xBF"});
        const auto whole = sse_outcome(input, {input.size() + 1});
        ASSERT_EQ(sse_outcome(input, {1}), whole) << i;
        ASSERT_EQ(sse_outcome(input, mutator.sizes()), whole) << i;
    }
}

TEST(Mutation, OfAResponse) {
    Mutator mutator(2);
    const std::string samples[] = {
        "HTTP/1.1 103 Early\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n"
        "a;x=y\r\n0123456789\r\n1\r\na\r\n0\r\nT: u\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n0123456789"};
    for (int i = 0; i < rounds; ++i) {
        const auto input = mutator.mutate(
            samples[i % 2],
            {"\r\n", "\n", "\r", ":", "0", "ffffffff", "Transfer-Encoding: chunked\r\n", "\r\n\r\n", " "});
        const auto whole = http_outcome(input, {input.size() + 1});
        ASSERT_EQ(http_outcome(input, {1}), whole) << i;
        ASSERT_EQ(http_outcome(input, mutator.sizes()), whole) << i;
    }
}

TEST(Mutation, OfCompressedBodies) {
    Mutator mutator(3);
    const std::string text = "data: one\n\ndata: two\n\ndata: one\n\n";
    for (int i = 0; i < rounds; ++i) {
        const bool gzip = i % 2 == 0;
        const auto* coding = gzip ? "gzip" : "deflate";
        const auto window = gzip ? Window::gzip : i % 4 == 1 ? Window::zlib : Window::raw;
        const auto input = mutator.mutate(compressed(window, text), {"\x1f\x8b", "\x78\x9c", "\xff"});
        const auto whole = content_outcome(coding, input, {input.size() + 1});
        ASSERT_EQ(content_outcome(coding, input, {1}), whole) << i;
        ASSERT_EQ(content_outcome(coding, input, mutator.sizes()), whole) << i;
    }
}

/// These libraries may keep output of the feed in which they find a fault: how much comes before a refusal
/// depends on the cut; what comes, and whether the rest is refused, does not.
void expect_same_text_and_end(const char* coding, const std::string& input,
                              const std::vector<std::size_t>& sizes) {
    const auto whole = content_outcome(coding, input, {input.size() + 1});
    for (const auto& cut : {content_outcome(coding, input, {1}), content_outcome(coding, input, sizes)}) {
        ASSERT_EQ(cut.substr(cut.rfind('|')), whole.substr(whole.rfind('|')));
        ASSERT_TRUE(cut == whole ||
                    (cut.ends_with("|refused") && cut.starts_with(whole.substr(0, whole.rfind('|')))));
    }
}

TEST(Mutation, OfZstdBodies) {
    Mutator mutator(4);
    const auto sample = zstd("data: one\n\n") + zstd("data: two\n\ndata: two\n\n");
    for (int i = 0; i < rounds && !HasFatalFailure(); ++i) {
        const auto input = mutator.mutate(sample, {"\x28\xB5\x2F\xFD", "\x50\x2A\x4D\x18", "\xff"});
        expect_same_text_and_end("zstd", input, mutator.sizes());
    }
}

TEST(Mutation, OfBrotliBodies) {
    Mutator mutator(5);
    BrotliCompressor compressor;
    auto sample = compressor.flush("data: one\n\n");
    sample += compressor.finish("data: two\n\ndata: two\n\n");
    for (int i = 0; i < rounds && !HasFatalFailure(); ++i) {
        const auto input = mutator.mutate(sample, {"\x0b\x02", "\x03", "\xff"});
        expect_same_text_and_end("br", input, mutator.sizes());
    }
}

}  // namespace
}  // namespace streamgauge::wire
