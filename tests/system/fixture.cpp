#include "tests/system/fixture.h"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace streamgauge::system_tests {

namespace {

std::vector<std::string> serve_command(const std::vector<std::string>& options) {
    std::vector<std::string> command{program(), "serve", "--port", "0"};
    command.insert(command.end(), options.begin(), options.end());
    return command;
}

/// `listening on http://127.0.0.1:8000` -> 8000
int port_in(const std::string& line) {
    const auto address = line.find("127.0.0.1:");
    if (address == std::string::npos) throw std::runtime_error("no address in: " + line);
    return std::stoi(line.substr(address + std::string_view("127.0.0.1:").size()));
}

/// The rows of a file, without the line at its head that says what the run is.
std::vector<boost::json::object> read_rows(const std::filesystem::path& file) {
    std::vector<boost::json::object> rows;
    std::ifstream input(file);
    for (std::string line; std::getline(input, line);) {
        auto row = boost::json::parse(line).as_object();
        if (row.contains("request_id")) rows.push_back(std::move(row));
    }
    return rows;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    auto name = (std::filesystem::temp_directory_path() / "streamgauge.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TemporaryFolder::write(std::string_view name, std::string_view text) const {
    auto file = path_ / name;
    std::ofstream(file, std::ios::binary) << text;
    return file;
}

Simulator::Simulator(const std::vector<std::string>& options)
    : process_(serve_command(options)), port_(port_in(process_.wait_for_line("listening on"))) {}

std::string Simulator::chat_url() const {
    return fmt::format("http://127.0.0.1:{}/v1/chat/completions", port_);
}

std::string scenario_text(const Scene& scene) {
    std::string text = "version: 1\nname: system test\ntargets:\n";
    text += fmt::format("  served: {{ url: \"{}\", api: openai-chat{}{} }}\n", scene.url,
                        scene.target.empty() ? "" : ", ", scene.target);
    if (!scene.behaviour.empty()) {
        text += fmt::format("workload: {{ request: {{ extra: {{ streamgauge: {{ {} }} }} }} }}\n",
                            scene.behaviour);
    }
    text += fmt::format("load: [ {} ]\n", scene.load);
    return text + scene.more;
}

std::vector<boost::json::object> RunFolder::rows() const {
    return read_rows(path_ / "requests.jsonl");
}

std::vector<boost::json::object> RunFolder::timelines() const {
    return read_rows(path_ / "timelines.jsonl");
}

boost::json::object RunFolder::summary() const {
    return boost::json::parse(read_text(path_ / "summary.json")).as_object();
}

std::string RunFolder::everything() const {
    std::string text;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path_)) {
        if (entry.is_regular_file()) text += read_text(entry.path());
    }
    return text;
}

Finished Bench::run(const Scene& scene, const std::vector<std::string>& arguments,
                    const std::vector<std::string>& environment) {
    return run_until_valid(command(scene, arguments), folder(), environment);
}

std::vector<std::string> Bench::command(const Scene& scene, const std::vector<std::string>& arguments) {
    const auto file = files_.write("scenario.yaml", scenario_text(scene));
    std::vector<std::string> command{program(), "run", file.string(), "--out", folder().path().string()};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

Finished run_until_valid(const std::vector<std::string>& command, const RunFolder& folder,
                         const std::vector<std::string>& environment) {
    constexpr int not_measurable = 3;
    constexpr int most_attempts = 20;
    for (int attempt = 1;; ++attempt) {
        auto finished = run(command, environment);
        if (finished.status != not_measurable || attempt == most_attempts) return finished;
        if (folder.summary().at("validity").at("valid").as_bool()) return finished;
        std::filesystem::remove_all(folder.path());
    }
}

std::string program() {
    return STREAMGAUGE_PROGRAM;
}

int free_port() {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                       ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
    ::close(socket);
    if (!bound) throw std::runtime_error("no free port");
    return ntohs(address.sin_port);
}

std::string read_text(const std::filesystem::path& file) {
    std::ifstream input(file, std::ios::binary);
    if (!input) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(input), {}};
}

}  // namespace streamgauge::system_tests
