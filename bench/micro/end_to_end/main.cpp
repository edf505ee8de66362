// The client beside a bare one, end to end: simulator, floor and streamgauge on loopback, each in a process
// of its own. See README.md in the folder above.

#include "bench/micro/end_to_end/host.h"
#include "bench/micro/end_to_end/modes.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace {

using namespace streamgauge::micro;

struct Options {
    std::vector<std::string> modes;
    ModeOptions mode;
    std::string json;
    double window_seconds = 0;
    bool real_time = false;
};

const std::map<std::string, Transport> transports{
    {"cleartext", Transport::cleartext}, {"tls", Transport::tls}, {"gzip", Transport::gzip}};
const std::map<std::string, Client> clients{{"floor", Client::floor},
                                            {"streamgauge", Client::streamgauge},
                                            {"streamgauge_recording", Client::recording}};

std::vector<std::string> mode_names() {
    std::vector<std::string> names;
    for (const auto& mode : modes())
        names.push_back(mode.name);
    return names;
}

std::string help_on_modes() {
    std::string help = "Modes:\n";
    for (const auto& mode : modes())
        help += fmt::format("  {:<10} {}\n", mode.name, mode.help);
    return help;
}

void describe(CLI::App& app, Options& options) {
    app.footer(help_on_modes());
    app.add_option("modes", options.modes, "all of them unless named")->check(CLI::IsMember(mode_names()));
    app.add_flag("--quick", options.mode.quick, "short windows; without modes named, only the decisive ones");
    app.add_option("--repetitions", options.mode.repetitions, "of each client, in turn")
        ->check(CLI::PositiveNumber);
    app.add_option("--transport", options.mode.transports, "of steady, drain and many: cleartext,tls,gzip")
        ->transform(CLI::CheckedTransformer(transports))
        ->delimiter(',');
    app.add_option("--clients", options.mode.clients, "floor,streamgauge,streamgauge_recording")
        ->transform(CLI::CheckedTransformer(clients))
        ->delimiter(',');
    app.add_option("--streams", options.mode.streams, "of steady and drain")->check(CLI::PositiveNumber);
    app.add_option("--tokens-per-second", options.mode.tokens_per_second, "of steady and drain")
        ->check(CLI::PositiveNumber);
    app.add_option("--window", options.window_seconds, "of steady and drain, in seconds")
        ->check(CLI::PositiveNumber);
    app.add_option("--program", options.mode.program, "streamgauge, for `start`");
    app.add_flag("--real-time", options.real_time,
                 "let no other program of this machine come between (SCHED_FIFO)");
    app.add_option("--json", options.json, "file to write the measurements to");
}

/// The program as the build puts it, seen from this one.
std::filesystem::path built_program() {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return self.parent_path() / "../../cli/streamgauge";
}

bool is_wanted(const Mode& mode, const Options& options) {
    if (options.modes.empty()) return mode.in_quick || !options.mode.quick;
    return std::find(options.modes.begin(), options.modes.end(), mode.name) != options.modes.end();
}

void run(Options options) {
    if (options.real_time) become_real_time();
    if (options.mode.program.empty()) options.mode.program = built_program();
    if (options.window_seconds > 0)
        options.mode.window = nanoseconds{static_cast<nanoseconds::rep>(options.window_seconds * 1e9)};
    std::vector<Measurement> all;
    for (const auto& mode : modes()) {
        if (!is_wanted(mode, options)) continue;
        for (auto& measurement : mode.run(options.mode))
            all.push_back(std::move(measurement));
        if (!options.json.empty()) write_json(options.json, all);
    }
}

}  // namespace

int main(int count, char** arguments) {
    CLI::App app{"Compares streamgauge's engine with a bare client, against the simulator on loopback."};
    Options options;
    describe(app, options);
    CLI11_PARSE(app, count, arguments);
    try {
        run(options);
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
