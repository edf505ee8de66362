#pragma once

#include "bench/cli/exit_code.h"
#include "bench/simulator/server.h"
#include "tests/bench/cli/temporary_folder.h"
#include "tests/bench/cli/test_console.h"

#include <boost/json/parse.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace streamgauge::cli {

/// A simulated server, and scenarios of short streams against it.
class SimulatedRun {
  public:
    SimulatedRun() : server(options()) { server.start(); }

    /// Writes a scenario with one target and the given further lines.
    std::filesystem::path scenario(const std::string& load = "{ phase: steady, rate: 100/s, for: 200ms }",
                                   const std::string& more = "") const {
        return folder.write("scenario.yaml",
                            "version: 1\nname: short streams\ntargets:\n  served: { url: \"" + server.url() +
                                "/v1/chat/completions\", api: openai-chat }\n" + "load: [ " + load + " ]\n" +
                                more);
    }

    std::filesystem::path out() const { return folder.path() / "run"; }

    /// `streamgauge run` into out(). A machine that is busy with other things can make a run invalid, and the
    /// program then says so; such a run proves nothing and is made again.
    int run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), "run");
        arguments.insert(arguments.end(), {"--out", out().string()});
        constexpr int most_attempts = 20;
        for (int attempt = 1;; ++attempt) {
            const int status = test.run(arguments);
            if (status != exit_code::not_measurable || client_kept_up() || attempt == most_attempts)
                return status;
            std::filesystem::remove_all(out());
            test.out.str("");
            test.err.str("");
        }
    }

    simulator::Server server;
    TemporaryFolder folder;
    TestConsole test;

  private:
    bool client_kept_up() const {
        std::ifstream file(out() / "summary.json");
        const std::string text{std::istreambuf_iterator<char>(file), {}};
        return boost::json::parse(text).at("validity").at("valid").as_bool();
    }

    static simulator::ServeOptions options() {
        using namespace std::chrono_literals;
        simulator::ServeOptions options;
        options.behaviour.ttft = simulator::Distribution::constant(200ms);
        options.behaviour.itl = simulator::Distribution::constant(2ms);
        options.behaviour.tokens = 10;
        return options;
    }
};

}  // namespace streamgauge::cli
