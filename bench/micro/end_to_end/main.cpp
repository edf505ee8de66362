// The client beside a bare one, end to end: simulator, floor and streamgauge on loopback, each in a process
// of its own. See README.md in the folder above.

#include "bench/micro/end_to_end/comparison.h"
#include "bench/micro/end_to_end/host.h"
#include "bench/micro/end_to_end/output.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace streamgauge::micro;

struct Options {
    std::vector<std::string> modes{"steady", "drain"};
    std::vector<Transport> transports{Transport::cleartext};
    std::vector<Client> clients{Client::floor, Client::streamgauge};
    unsigned repetitions = 3;
    std::string json;
    Load load;
    double window_seconds = 2.5;
    bool real_time = false;
};

const std::map<std::string, Transport> transports{
    {"cleartext", Transport::cleartext}, {"tls", Transport::tls}, {"gzip", Transport::gzip}};
const std::map<std::string, Client> clients{{"floor", Client::floor},
                                            {"streamgauge", Client::streamgauge},
                                            {"streamgauge_recording", Client::recording}};

void describe(CLI::App& app, Options& options) {
    app.add_option("modes", options.modes, "steady, drain")->check(CLI::IsMember({"steady", "drain"}));
    app.add_option("--transport", options.transports, "cleartext, tls, gzip")
        ->transform(CLI::CheckedTransformer(transports))
        ->delimiter(',');
    app.add_option("--clients", options.clients, "floor, streamgauge, streamgauge_recording")
        ->transform(CLI::CheckedTransformer(clients))
        ->delimiter(',');
    app.add_option("--repetitions", options.repetitions, "of each client, in turn")
        ->check(CLI::PositiveNumber);
    app.add_option("--streams", options.load.streams)->check(CLI::PositiveNumber);
    app.add_option("--tokens-per-second", options.load.tokens_per_second)->check(CLI::PositiveNumber);
    app.add_option("--window", options.window_seconds, "seconds")->check(CLI::PositiveNumber);
    app.add_flag("--real-time", options.real_time,
                 "let no other program of this machine come between (SCHED_FIFO)");
    app.add_option("--json", options.json, "file to write the measurements to");
}

Load load_of(const std::string& mode, Transport transport, const Options& options) {
    Load load = options.load;
    load.name = mode;
    load.transport = transport;
    load.window = nanoseconds{static_cast<nanoseconds::rep>(options.window_seconds * 1e9)};
    if (mode == "drain") load.nap = 50ms;
    return load;
}

void run(const Options& options) {
    std::vector<Measurement> all;
    for (const auto& mode : options.modes) {
        for (const auto transport : options.transports) {
            const auto comparison =
                compare(load_of(mode, transport, options), options.clients, options.repetitions);
            print_table(comparison);
            const auto found = measurements_of(comparison);
            all.insert(all.end(), found.begin(), found.end());
        }
    }
    if (!options.json.empty()) write_json(options.json, all);
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App app{"Compares streamgauge's engine with a bare client, against the simulator on loopback."};
    Options options;
    describe(app, options);
    CLI11_PARSE(app, count, arguments);
    try {
        if (options.real_time) become_real_time();
        run(options);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
