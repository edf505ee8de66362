#pragma once

#include "tests/system/process.h"

#include <boost/json/object.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::system_tests {

/// A folder that goes away with the test.
class TemporaryFolder {
  public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    std::filesystem::path write(std::string_view name, std::string_view text) const;

  private:
    std::filesystem::path path_;
};

/// The simulated LLM server as a process of its own, on a port that was free.
class Simulator {
  public:
    /// `options` go to `streamgauge serve`.
    explicit Simulator(const std::vector<std::string>& options = {});

    int port() const { return port_; }
    /// `http://127.0.0.1:PORT/v1/chat/completions`
    std::string chat_url() const;

  private:
    Process process_;
    int port_;
};

/// What a scenario of a test says; the rest is the same in all of them.
struct Scene {
    std::string url;
    std::string target{};     ///< more members of the target, such as `tls: { insecure: true }`
    std::string behaviour{};  ///< how the simulator answers: `ttft: 5ms, tokens: 10`
    std::string load = "{ phase: steady, users: 2, for: 300ms }";  ///< the phases, in a flow list
    std::string more{};                                            ///< more lines of the scenario
};
std::string scenario_text(const Scene& scene);

/// What a run wrote into its folder.
class RunFolder {
  public:
    explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

    const std::filesystem::path& path() const { return path_; }
    std::vector<boost::json::object> rows() const;
    std::vector<boost::json::object> timelines() const;
    boost::json::object summary() const;
    /// The text of every file in the folder, one after the other.
    std::string everything() const;

  private:
    std::filesystem::path path_;
};

/// `streamgauge run` of one scenario into a fresh folder.
class Bench {
  public:
    /// Writes the scenario and runs it; `arguments` follow it on the command line. A machine that is busy
    /// with other things can make a run invalid, and the program then says so; such a run proves nothing and
    /// is made again.
    Finished run(const Scene& scene, const std::vector<std::string>& arguments = {},
                 const std::vector<std::string>& environment = {});
    /// The command line of run(), for tests that start the process themselves.
    std::vector<std::string> command(const Scene& scene, const std::vector<std::string>& arguments = {});

    RunFolder folder() const { return RunFolder(files_.path() / "run"); }
    const TemporaryFolder& files() const { return files_; }

  private:
    TemporaryFolder files_;
};

/// Runs a command that writes a run into `folder`, again while the client could not keep up.
Finished run_until_valid(const std::vector<std::string>& command, const RunFolder& folder,
                         const std::vector<std::string>& environment = {});

/// The program under test.
std::string program();

/// A port of 127.0.0.1 on which nothing listens (at this moment).
int free_port();

/// The text of a file.
std::string read_text(const std::filesystem::path& file);

}  // namespace streamgauge::system_tests
