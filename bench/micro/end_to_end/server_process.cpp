#include "bench/micro/end_to_end/server_process.h"

#include "bench/micro/end_to_end/host.h"

#include <fmt/format.h>

#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>

namespace streamgauge::micro {
namespace {

simulator::Distribution spread(nanoseconds low, nanoseconds high) {
    const auto text = fmt::format("uniform({}ns,{}ns)", low.count(), high.count());
    const auto parsed = simulator::Distribution::parse(text);
    if (!parsed) throw std::runtime_error{"the simulator does not take " + text};
    return *parsed;
}

/// Serves and answers each byte with the statistics, until the other end is closed.
[[noreturn]] void serve(const simulator::ServeOptions& options, Channel channel) {
    try {
        pin_to(server_core);
        raise_descriptor_limit();
        simulator::Server server{options};
        go_second();
        server.start();
        go_first();
        channel.send(server.port());
        for (char byte = 0; channel.receive(byte);)
            channel.send(server.statistics());
        // What is open goes with the process; closing it in order would only take time.
        std::_Exit(0);
    } catch (const std::exception& error) {
        fmt::print(stderr, "simulator: {}\n", error.what());
        std::_Exit(1);
    }
}

}  // namespace

simulator::ServeOptions server_for(const Load& load, const std::string& scratch_folder) {
    simulator::ServeOptions options;
    auto& behaviour = options.behaviour;
    behaviour.ttft = spread(200ms, 300ms);
    behaviour.itl = spread(load.mean_gap() / 2, load.mean_gap() * 3 / 2);
    behaviour.tokens = load.tokens();
    behaviour.stamps = true;
    if (load.transport == Transport::gzip) behaviour.encoding = simulator::Encoding::gzip;
    if (load.transport == Transport::tls) options.tls_self_signed_folder = scratch_folder;
    return options;
}

ServerProcess::ServerProcess(const simulator::ServeOptions& options) {
    auto [parent, child] = make_channel();
    process_ = fork();
    if (process_ < 0) throw std::runtime_error{"cannot start a process for the simulator"};
    if (process_ == 0) {
        { const Channel unused{std::move(parent)}; }
        serve(options, std::move(child));
    }
    channel_ = std::move(parent);
    { const Channel unused{std::move(child)}; }
    if (!channel_.receive(port_)) throw std::runtime_error{"the simulator did not start"};
}

ServerProcess::~ServerProcess() {
    { const Channel unused{std::move(channel_)}; }
    waitpid(process_, nullptr, 0);
}

simulator::StatisticsSnapshot ServerProcess::statistics() {
    simulator::StatisticsSnapshot snapshot;
    if (!channel_.send('s') || !channel_.receive(snapshot)) throw std::runtime_error{"the simulator is gone"};
    return snapshot;
}

nanoseconds ServerProcess::cpu_time() const {
    return cpu_time_of(process_);
}

}  // namespace streamgauge::micro
