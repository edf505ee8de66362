#include "bench/micro/end_to_end/modes.h"

#include "bench/micro/end_to_end/long_run.h"
#include "bench/micro/end_to_end/rate_search.h"
#include "bench/micro/end_to_end/start_time.h"

namespace streamgauge::micro {
namespace {

std::vector<Measurement> show(const Comparison& comparison) {
    print_table(comparison);
    return measurements_of(comparison);
}

void append(std::vector<Measurement>& all, std::vector<Measurement> more) {
    for (auto& measurement : more)
        all.push_back(std::move(measurement));
}

/// TLS handshakes and gzip streams cost the server's one core so much that it bears fewer of them.
Load steady_load(Transport transport, const ModeOptions& options) {
    Load load;
    load.name = "steady";
    load.transport = transport;
    if (transport != Transport::cleartext) {
        load.streams = 2'000;
        load.tokens_per_second = 20'000;
        load.ramp = 2500ms;
    }
    if (options.quick) load.window = 1500ms;
    load.streams = options.streams.value_or(load.streams);
    load.tokens_per_second = options.tokens_per_second.value_or(load.tokens_per_second);
    load.window = options.window.value_or(load.window);
    return load;
}

std::vector<Transport> transports_of(const ModeOptions& options) {
    if (options.quick) return {Transport::cleartext};
    return options.transports;
}

std::vector<Measurement> run_steady(const ModeOptions& options) {
    std::vector<Measurement> all;
    for (const auto transport : transports_of(options))
        append(all, show(compare(steady_load(transport, options), options.clients, options.repetitions)));
    return all;
}

std::vector<Measurement> run_drain(const ModeOptions& options) {
    std::vector<Measurement> all;
    for (const auto transport : transports_of(options)) {
        Load load = steady_load(transport, options);
        load.name = "drain";
        load.nap = 50ms;
        append(all, show(compare(load, options.clients, options.repetitions)));
    }
    return all;
}

std::vector<Measurement> run_reporting(const ModeOptions& options) {
    Load load = steady_load(Transport::cleartext, options);
    load.name = "reporting";
    load.repeated_tokens = 20;
    return show(compare(load, {Client::floor, Client::streamgauge, Client::recording}, options.repetitions));
}

std::vector<Measurement> run_stall(const ModeOptions& options) {
    Load load;
    load.name = "stall";
    load.streams = 10'000;
    load.tokens_per_second = 20'000;  // no two events of a stream within one nap
    load.ramp = 4s;
    load.settle = 1s;
    load.window = 4s;
    load.nap = 190ms;
    return show(compare(load, options.clients, 1));
}

Load many_load(Transport transport) {
    Load load;
    load.name = "many";
    load.transport = transport;
    load.streams = transport == Transport::tls ? 2'000 : 19'000;
    load.tokens_per_second = transport == Transport::tls ? 4'000 : 19'000;
    load.ramp = transport == Transport::tls ? 2500ms : 7000ms;
    load.window = 3s;
    return load;
}

std::vector<Measurement> run_many(const ModeOptions& options) {
    std::vector<Measurement> all;
    for (const auto transport : options.transports) {
        if (transport == Transport::gzip) continue;
        append(all, show(compare(many_load(transport), options.clients, 1)));
    }
    return all;
}

std::vector<Measurement> run_connect(const ModeOptions& options) {
    Load load;
    load.name = "connect";
    load.streams = 10'000;
    load.tokens_per_second = 10'000;
    load.ramp = 0s;
    load.settle = 2500ms;
    load.window = 500ms;
    return show(compare(load, options.clients, options.quick ? 1 : 2));
}

}  // namespace

const std::vector<Mode>& modes() {
    static const std::vector<Mode> all{
        {"steady", "the client wakes when data comes", true, run_steady},
        {"drain", "the client sleeps 50 ms before each poll, so that all find equally full sockets", true,
         run_drain},
        {"reporting", "short streams, without and with the rows, figures and files of a run", false,
         run_reporting},
        {"rate", "the highest rate of tokens with a p99 token error below 1 ms", false, run_rate_search},
        {"stall", "the worker sleeps 190 ms at a time, 10,000 streams", false, run_stall},
        {"many", "19,000 streams in cleartext, then 2,000 over TLS", false, run_many},
        {"connect", "10,000 connections at once", true, run_connect},
        {"length", "memory of a recorded run and of those ten and a hundred times as long", false,
         run_long_run},
        {"start", "start of the program to its first request", true, run_start_time},
    };
    return all;
}

}  // namespace streamgauge::micro
