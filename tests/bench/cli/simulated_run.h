#pragma once

#include "bench/simulator/server.h"
#include "tests/bench/cli/temporary_folder.h"
#include "tests/bench/cli/test_console.h"

#include <filesystem>
#include <string>
#include <vector>

namespace streamgauge::cli {

/// A simulated server, and scenarios of short streams against it.
class SimulatedRun {
  public:
    SimulatedRun() : server(options()) { server.start(); }

    /// Writes a scenario with one target and the given further lines.
    std::filesystem::path scenario(const std::string& load = "{ phase: steady, rate: 50/s, for: 400ms }",
                                   const std::string& more = "") const {
        return folder.write("scenario.yaml",
                            "version: 1\nname: short streams\ntargets:\n  served: { url: \"" + server.url() +
                                "/v1/chat/completions\", api: openai-chat }\n" + "load: [ " + load + " ]\n" +
                                more);
    }

    std::filesystem::path out() const { return folder.path() / "run"; }

    int run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "run");
        arguments.insert(arguments.end(), {"--out", out().string()});
        return test.run(arguments);
    }

    simulator::Server server;
    TemporaryFolder folder;
    TestConsole test;

  private:
    static simulator::ServeOptions options() {
        using namespace std::chrono_literals;
        simulator::ServeOptions options;
        options.behaviour.ttft = simulator::Distribution::constant(10ms);
        options.behaviour.itl = simulator::Distribution::constant(2ms);
        options.behaviour.tokens = 10;
        return options;
    }
};

}  // namespace streamgauge::cli
