#include "bench/micro/wire/sample_events.h"
#include "bench/wire/content_decoder.h"

#include <benchmark/benchmark.h>
#include <brotli/encode.h>
#include <zlib.h>

#include <zstd.h>

#include <string>
#include <vector>

namespace streamgauge::wire {
namespace {

struct CountingSink final : ByteSink {
    std::uint64_t bytes = 0;
    void on_bytes(std::string_view part) override { bytes += part.size(); }
};

/// Events of one length that are not all the same.
std::string sample_event_at(int position, std::size_t size) {
    std::string text = sample_event(size);
    text[text.size() / 2] = static_cast<char>('a' + position % 26);
    return text;
}

/// Streams that are flushed after each event, as a streaming server does it: one element per event, the
/// header in the first.
std::vector<std::string> flushed_gzip(std::size_t event_bytes, int events) {
    z_stream stream{};
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    std::vector<std::string> parts;
    for (int i = 0; i < events; ++i) {
        std::string text = sample_event_at(i, event_bytes);
        std::string part(text.size() + 100, '\0');
        stream.next_in = reinterpret_cast<Bytef*>(text.data());
        stream.avail_in = static_cast<uInt>(text.size());
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = static_cast<uInt>(part.size());
        deflate(&stream, Z_SYNC_FLUSH);
        part.resize(part.size() - stream.avail_out);
        parts.push_back(part);
    }
    deflateEnd(&stream);
    return parts;
}

std::vector<std::string> flushed_br(std::size_t event_bytes, int events) {
    auto* encoder = BrotliEncoderCreateInstance(nullptr, nullptr, nullptr);
    BrotliEncoderSetParameter(encoder, BROTLI_PARAM_QUALITY, 4);
    std::vector<std::string> parts;
    for (int i = 0; i < events; ++i) {
        const auto text = sample_event_at(i, event_bytes);
        const auto* input = reinterpret_cast<const std::uint8_t*>(text.data());
        std::size_t left = text.size();
        std::size_t room = 0;
        BrotliEncoderCompressStream(encoder, BROTLI_OPERATION_FLUSH, &left, &input, &room, nullptr, nullptr);
        std::size_t size = 0;
        const auto* output = BrotliEncoderTakeOutput(encoder, &size);
        parts.emplace_back(reinterpret_cast<const char*>(output), size);
    }
    BrotliEncoderDestroyInstance(encoder);
    return parts;
}

std::vector<std::string> flushed_zstd(std::size_t event_bytes, int events) {
    auto* context = ZSTD_createCCtx();
    std::vector<std::string> parts;
    for (int i = 0; i < events; ++i) {
        const auto text = sample_event_at(i, event_bytes);
        std::string part(text.size() + 100, '\0');
        ZSTD_inBuffer input{text.data(), text.size(), 0};
        ZSTD_outBuffer output{part.data(), part.size(), 0};
        ZSTD_compressStream2(context, &output, &input, ZSTD_e_flush);
        part.resize(output.pos);
        parts.push_back(part);
    }
    ZSTD_freeCCtx(context);
    return parts;
}

/// Argument: bytes of an event. Each event is a feed, each iteration a new stream.
void event_per_feed(benchmark::State& state, const char* coding,
                    std::vector<std::string> (*flushed)(std::size_t, int)) {
    constexpr int events = 1000;
    const auto parts = flushed(static_cast<std::size_t>(state.range(0)), events);
    CountingSink sink;
    const auto decoder = make_content_decoder(coding).value();
    for (auto _ : state) {
        decoder->reset();
        for (const auto& part : parts) {
            if (!decoder->feed(part, sink)) state.SkipWithError("the decoder refused the body");
        }
    }
    state.SetItemsProcessed(state.iterations() * events);
    state.SetBytesProcessed(static_cast<std::int64_t>(sink.bytes));
}

void gzip_event_per_feed(benchmark::State& state) {
    event_per_feed(state, "gzip", flushed_gzip);
}
void br_event_per_feed(benchmark::State& state) {
    event_per_feed(state, "br", flushed_br);
}
void zstd_event_per_feed(benchmark::State& state) {
    event_per_feed(state, "zstd", flushed_zstd);
}

void identity(benchmark::State& state) {
    const auto event = sample_event(static_cast<std::size_t>(state.range(0)));
    CountingSink sink;
    const auto decoder = make_content_decoder("").value();
    for (auto _ : state) {
        if (!decoder->feed(event, sink)) state.SkipWithError("refused");
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(gzip_event_per_feed)->ArgName("event_bytes")->Arg(42)->Arg(258)->Arg(2048);
BENCHMARK(br_event_per_feed)->ArgName("event_bytes")->Arg(42)->Arg(258)->Arg(2048);
BENCHMARK(zstd_event_per_feed)->ArgName("event_bytes")->Arg(42)->Arg(258)->Arg(2048);
BENCHMARK(identity)->ArgName("event_bytes")->Arg(258);

}  // namespace
}  // namespace streamgauge::wire
