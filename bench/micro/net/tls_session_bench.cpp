#include "bench/net/tls_session.h"
#include "bench/simulator/self_signed.h"
#include "bench/simulator/tls_session.h"

#include <benchmark/benchmark.h>

#include <filesystem>
#include <string>
#include <vector>

namespace streamgauge::net {
namespace {

struct Counter final : PlaintextSink {
    std::uint64_t bytes = 0;
    void on_plaintext(std::string_view text) override { bytes += text.size(); }
};

/// The simulator's end, with a certificate made for it.
simulator::TlsContext server_context() {
    const auto folder = std::filesystem::temp_directory_path() / "streamgauge-tls-bench";
    const auto files = simulator::write_self_signed(folder);
    simulator::TlsContext context{files.certificate, files.key};
    std::filesystem::remove_all(folder);
    return context;
}

TlsContext client_context() {
    scenarios::TlsOptions options;
    options.insecure = true;
    return TlsContext{options};
}

/// Both ends of one connection, joined by hand.
struct Pair {
    Pair(const TlsContext& client_settings, const simulator::TlsContext& server_settings)
        : client{client_settings, "localhost"}, server{server_settings} {
        for (int turn = 0; turn < 4; ++turn) {
            std::string received;
            std::string answer;
            server.receive(client.take_output(), received, answer);
            client.feed(answer, scratch, sink);
        }
    }

    TlsSession client;
    simulator::TlsSession server;
    std::vector<char> scratch = std::vector<char>(std::size_t{16} << 10);
    Counter sink;
};

/// A record with one event, from the socket's bytes to plaintext. Argument: bytes of the event. What the
/// server's end costs is left out of the time.
void feed_record(benchmark::State& state) {
    constexpr int batch = 1'000;
    const auto server_settings = server_context();
    const auto client_settings = client_context();
    Pair pair{client_settings, server_settings};
    const std::string event(static_cast<std::size_t>(state.range(0)), 'x');
    std::vector<std::string> records(batch);
    while (state.KeepRunningBatch(batch)) {
        state.PauseTiming();
        for (auto& record : records) {
            record.clear();
            if (!pair.server.send(event, record)) state.SkipWithError("no session");
        }
        state.ResumeTiming();
        for (const auto& record : records)
            pair.client.feed(record, pair.scratch, pair.sink);
    }
    if (pair.sink.bytes == 0) state.SkipWithError("nothing came through");
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * state.range(0));
}

/// A whole handshake, both ends.
void handshake(benchmark::State& state) {
    const auto server_settings = server_context();
    const auto client_settings = client_context();
    for (auto _ : state) {
        const Pair pair{client_settings, server_settings};
        if (pair.client.status() != TlsSession::Status::open) state.SkipWithError("no session");
    }
}

BENCHMARK(feed_record)->Name("tls_session/feed")->ArgName("event_bytes")->Arg(258);
BENCHMARK(handshake)->Name("tls_session/handshake, both ends")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace streamgauge::net
