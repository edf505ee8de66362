#include "bench/micro/end_to_end/client_process.h"

#include "bench/micro/end_to_end/engine_client.h"
#include "bench/micro/end_to_end/host.h"
#include "bench/micro/end_to_end/server_process.h"

#include <fmt/format.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <utility>

namespace streamgauge::micro {
namespace {

Figures run(Client client, const Load& load, std::uint16_t port, Moment start) {
    if (client == Client::floor) return run_floor(load, port, start);
    return run_engine(load, port, start, client == Client::recording);
}

[[noreturn]] void run_and_send(Client client, const Load& load, std::uint16_t port, Moment start,
                               Channel channel) {
    try {
        pin_to(client_core);
        raise_descriptor_limit();
        go_second();
        channel.send(run(client, load, port, start));
        std::_Exit(0);
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}: {}\n", name_of(client), error.what());
        std::_Exit(1);
    }
}

}  // namespace

std::string_view name_of(Client client) {
    switch (client) {
        case Client::floor:
            return "floor";
        case Client::streamgauge:
            return "streamgauge";
        case Client::recording:
            break;
    }
    return "streamgauge_recording";
}

ClientProcess::ClientProcess(Client client, const Load& load, std::uint16_t port, Moment start) {
    auto [parent, child] = make_channel();
    process_ = fork();
    if (process_ < 0) throw std::runtime_error{"cannot start a process for the client"};
    if (process_ == 0) {
        { const Channel unused{std::move(parent)}; }
        run_and_send(client, load, port, start, std::move(child));
    }
    channel_ = std::move(parent);
    { const Channel unused{std::move(child)}; }
}

ClientProcess::~ClientProcess() {
    kill(process_, SIGKILL);
    waitpid(process_, nullptr, 0);
}

Figures ClientProcess::finish() {
    Figures figures;
    if (!channel_.receive(figures)) throw std::runtime_error{"the client ended without figures"};
    return figures;
}

}  // namespace streamgauge::micro
