#include "bench/net/stream_recorder.h"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <deque>
#include <string>

namespace streamgauge::net {
namespace {

using namespace std::chrono_literals;

constexpr Moment begin{1'000s};
/// As many events as a stream brings before the next one begins with the same buffers.
constexpr int events_per_stream = 200;

const std::string header =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";

ReadStamp stamp_at(Moment when) {
    ReadStamp stamp;
    stamp.arrival = stamp.user = stamp.not_before = when;
    stamp.source = report::StampSource::kernel;
    return stamp;
}

std::string chunk(const std::string& bytes) {
    return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

/// One token as the simulator sends it: an event in a chunk of its own.
std::string token(bool stamped) {
    return chunk(fmt::format(
        R"(data: {{"id":"chatcmpl-0000000000000001","object":"chat.completion.chunk","created":1700000000,)"
        R"("model":"default","choices":[{{"index":0,"delta":{{"content":" river"}},"logprobs":null,)"
        R"("finish_reason":null}}]{}}})"
        "\n\n",
        stamped ? R"(,"streamgauge":{"sent_ns":1000200300400500,"received_ns":1000200300400300,"index":7})"
                : ""));
}

struct Stream {
    explicit Stream(api::ApiDialect& spoken) : dialect{spoken} { restart(); }

    void restart() {
        timeline.clear();
        timeline.sent = begin;
        recorder.begin(timeline, dialect);
        recorder.feed(header, stamp_at(begin));
        fed = 0;
    }

    void feed(std::string_view bytes, Moment when) {
        if (++fed > events_per_stream) restart();
        recorder.feed(bytes, stamp_at(when));
    }

    api::ApiDialect& dialect;
    scenarios::Timeouts timeouts;
    StreamRecorder recorder{timeouts};
    report::StreamTimeline timeline;
    int fed = 0;
};

/// A read that brings one event, from HTTP to the timeline. Argument: streams that get one in turn; with
/// thousands of them the caches are cold, as in a run.
void feed_one_event(benchmark::State& state, bool stamped) {
    const auto dialect = api::make_dialect("openai-chat");
    const auto bytes = token(stamped);
    std::deque<Stream> streams;
    for (std::int64_t i = 0; i < state.range(0); ++i)
        streams.emplace_back(*dialect);
    Moment now = begin;
    auto next = streams.begin();
    for (auto _ : state) {
        next->feed(bytes, now += 10us);
        if (++next == streams.end()) next = streams.begin();
    }
    if (streams.front().timeline.tokens.empty()) state.SkipWithError("no token was seen");
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void feed_event(benchmark::State& state) {
    feed_one_event(state, false);
}
void feed_stamped_event(benchmark::State& state) {
    feed_one_event(state, true);
}

BENCHMARK(feed_event)->Name("stream_recorder/feed")->ArgName("streams")->Arg(1)->Arg(5'000);
BENCHMARK(feed_stamped_event)->Name("stream_recorder/feed_stamped")->ArgName("streams")->Arg(1)->Arg(5'000);

}  // namespace
}  // namespace streamgauge::net
