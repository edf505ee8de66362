#include "bench/micro/end_to_end/engine_client.h"

#include "bench/load/engine.h"
#include "bench/micro/end_to_end/error_sink.h"
#include "bench/micro/end_to_end/host.h"
#include "bench/micro/end_to_end/scratch_folder.h"
#include "bench/micro/end_to_end/window_sampler.h"
#include "report/export/run_folder.h"
#include "report/export/run_info.h"
#include "report/export/run_recorder.h"

#include <optional>
#include <string>
#include <vector>

namespace streamgauge::micro {
namespace {

/// From each address to the one of the server; with more, looking for a free port becomes slow.
constexpr std::uint64_t connections_per_address = 10'000;

/// As the bare client does it: 127.0.0.1 and those after it. None when one is enough.
std::vector<std::string> source_addresses_for(std::uint64_t connections) {
    std::vector<std::string> addresses;
    if (connections <= connections_per_address) return addresses;
    const auto count = (connections + connections_per_address - 1) / connections_per_address;
    for (std::uint64_t i = 1; i <= count; ++i)
        addresses.push_back("127.0.0." + std::to_string(i));
    return addresses;
}

scenarios::Scenario scenario_for(const Load& load, std::uint16_t port, Moment start) {
    scenarios::Scenario scenario;
    scenario.name = "end to end";
    auto& target = scenario.targets.emplace_back();
    target.name = "simulator";
    target.url.tls = load.transport == Transport::tls;
    target.url.host = "127.0.0.1";
    target.url.port = port;
    target.url.path_and_query = "/v1/chat/completions";
    target.tls.insecure = true;
    if (load.transport == Transport::gzip) target.accept_encoding = {"gzip"};
    scenario.workload.prompts = scenarios::TextPrompt{"Go on."};
    scenario.connections.source_addresses = source_addresses_for(load.streams);

    auto& phase = scenario.load.emplace_back();
    phase.name = "open";
    const auto streams = static_cast<double>(load.streams);
    if (load.repeated_tokens || load.ramp == 0ns) {
        phase.shape = scenarios::ClosedLoop{{load.ramp == 0ns ? streams : 0, streams, load.ramp}, 0ns};
        phase.duration = load.window_end(start) - start;
    } else {
        const double rate = streams * 1e9 / static_cast<double>(load.ramp.count());
        phase.shape = scenarios::OpenLoop{{rate, rate, 0ns}, scenarios::Arrivals::constant, {}};
        phase.duration = load.ramp + load.open_every() / 2;
    }
    if (!load.repeated_tokens) scenario.limits.requests = load.streams;
    scenario.drain = load.give_up(start) - start - phase.duration;
    return scenario;
}

/// What `streamgauge run` makes of a run, into a folder of its own.
struct Recording {
    Recording(const scenarios::Scenario& scenario, Moment start) {
        const auto wall = std::chrono::system_clock::now() + (start - std::chrono::steady_clock::now());
        const auto unix_ns = nanoseconds{wall.time_since_epoch()}.count();
        recorder.emplace(scenario, report::RunFolder::create(scratch.path() / "run"),
                         report::describe_run(scenario, 1, unix_ns), 1, start, unix_ns);
    }

    ScratchFolder scratch;
    std::optional<report::RunRecorder> recorder;
};

void write_window(const Window& window, const Load& load, const Memory& before, Figures& figures) {
    const double cpu_seconds = std::chrono::duration<double>(window.cpu).count();
    const auto tokens = static_cast<double>(window.tokens);
    figures[Figure::tokens_per_cpu_second] = tokens / cpu_seconds;
    figures[Figure::us_per_event] = cpu_seconds * 1e6 / tokens;
    figures[Figure::cpu_share] = cpu_seconds / std::chrono::duration<double>(window.wall).count();
    figures[Figure::rss] = static_cast<double>(window.memory.resident) / (1 << 20);
    const auto growth = [&load](std::uint64_t from, std::uint64_t to) {
        return (static_cast<double>(to) - static_cast<double>(from)) / static_cast<double>(load.streams);
    };
    figures[Figure::bytes_per_stream] = growth(before.resident, window.memory.resident);
    figures[Figure::heap_per_stream] = growth(before.heap, window.memory.heap);
}

void write_process(Figures& figures) {
    figures[Figure::cpu_seconds] = std::chrono::duration<double>(cpu_time_of(0)).count();
    figures[Figure::peak_rss] = static_cast<double>(memory_now().peak) / (1 << 20);
}

/// Of the floor, what the engine's sink tells of timelines.
void write_streams(const std::vector<floor::FloorStream>& streams, const Load& load, Figures& figures) {
    TtftErrors by_kernel;
    TtftErrors by_user;
    std::uint64_t complete = 0;
    std::uint64_t tokens = 0;
    for (const auto& stream : streams) {
        tokens += stream.tokens;
        complete += stream.tokens / load.tokens();
        if (stream.ttft_error) by_kernel.add(*stream.ttft_error);
        if (stream.ttft_error_user) by_user.add(*stream.ttft_error_user);
    }
    by_kernel.write(figures, Figure::ttft_error_mean, Figure::ttft_error_p99);
    by_user.write(figures, Figure::ttft_error_user_mean, Figure::ttft_error_user_p99);
    figures[Figure::streams_complete] = static_cast<double>(complete);
    if (load.repeated_tokens) return;
    figures[Figure::tokens_missing] = static_cast<double>(load.streams * load.tokens() - tokens);
}

}  // namespace

Figures run_engine(const Load& load, std::uint16_t port, Moment start, bool recording) {
    const auto scenario = scenario_for(load, port, start);
    std::optional<Recording> record;
    if (recording) record.emplace(scenario, start);
    ErrorSink sink{load, start, record ? &record->recorder->sink(0) : nullptr};
    const auto before = memory_now();
    load::EngineOptions options;
    options.start = start;
    options.nap = load.nap;
    load::Engine engine{scenario, options, {&sink}};
    WindowSampler sampler{load.window_begin(start), load.window_end(start),
                          [&engine] { return engine.progress().token_events; }};
    const auto result = engine.run();

    Figures figures;
    write_window(sampler.take(), load, before, figures);
    if (record) record->recorder->finish(result.health, result.duration, 0);
    write_process(figures);
    sink.write(figures);
    if (!result.health.client_lag.empty()) {
        const auto lag = result.health.client_lag.quantile(0.99);
        figures[Figure::client_lag_p99] = static_cast<double>(lag.count()) / 1e3;
    }
    return figures;
}

Figures run_floor(const Load& load, std::uint16_t port, Moment start) {
    const auto before = memory_now();
    floor::FloorOptions options;
    options.port = port;
    options.transport = load.transport;
    options.streams = load.streams;
    options.tokens = load.tokens();
    options.start = start;
    options.open_every = load.open_every();
    options.nap = load.nap;
    options.give_up = load.give_up(start);
    if (load.repeated_tokens) options.repeat_until = load.window_end(start);
    if (load.errors_in_window) {
        options.errors_from = load.window_begin(start);
        options.errors_until = load.window_end(start);
    }
    floor::FloorClient client{options};
    WindowSampler sampler{load.window_begin(start), load.window_end(start),
                          [&client] { return client.token_events(); }};
    const auto result = client.run();

    Figures figures;
    write_window(sampler.take(), load, before, figures);
    write_process(figures);
    write_streams(result.streams, load, figures);
    write_token_error(result.token_error, figures);
    figures[Figure::all_sent] = std::chrono::duration<double, std::milli>(result.all_sent - start).count();
    return figures;
}

}  // namespace streamgauge::micro
