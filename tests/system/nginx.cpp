#include "tests/system/nginx.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace streamgauge::system_tests {

namespace {

constexpr auto nginx_program = "/usr/sbin/nginx";

bool answers(int port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    const bool connected = ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

void make_certificate(const std::filesystem::path& folder) {
    const auto made =
        run({"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
             (folder / "key.pem").string(), "-out", (folder / "certificate.pem").string()});
    if (made.status != 0) throw std::runtime_error("no certificate: " + made.err);
}

std::string configuration_text(const Nginx::Configuration& configuration, int port,
                               const std::string& folder) {
    const auto tls =
        fmt::format("ssl_certificate {0}/certificate.pem; ssl_certificate_key {0}/key.pem;", folder);
    return fmt::format(
        "daemon off; master_process off; pid {0}/nginx.pid; error_log stderr notice;\n"
        "events {{ worker_connections 4096; }}\n"
        "http {{\n"
        "  access_log off;\n"
        "  client_body_temp_path {0}/client; proxy_temp_path {0}/proxy; fastcgi_temp_path {0}/fastcgi;\n"
        "  uwsgi_temp_path {0}/uwsgi; scgi_temp_path {0}/scgi;\n"
        "  server {{ listen 127.0.0.1:{1}{2}; {3} {4} }}\n"
        "}}\n",
        folder, port, configuration.tls ? " ssl" : "", configuration.tls ? tls : "", configuration.server);
}

/// A template with its placeholders replaced; scenarios/proxies/README.md lists them.
std::string filled(std::string text, const std::vector<std::pair<std::string, std::string>>& values) {
    for (const auto& [name, value] : values) {
        for (auto at = text.find(name); at != std::string::npos; at = text.find(name, at + value.size()))
            text.replace(at, name.size(), value);
    }
    return text;
}

std::string sample_text(const Nginx::Configuration& configuration, int port, const std::string& folder) {
    return filled(read_text(configuration.sample),
                  {{"@FOLDER@", folder},
                   {"@CERTIFICATE@", folder + "/certificate.pem"},
                   {"@KEY@", folder + "/key.pem"},
                   {"@PORT@", std::to_string(port)},
                   {"@TLS_PORT@", std::to_string(free_port())},
                   {"@UPSTREAM_PORT@", std::to_string(configuration.upstream_port)}});
}

}  // namespace

Nginx::Configuration Nginx::sample(const std::filesystem::path& file, int upstream_port) {
    return {"", false, file, upstream_port};
}

Nginx::Configuration Nginx::proxy(int upstream_port, const std::string& directives) {
    return {fmt::format("location / {{ proxy_pass http://127.0.0.1:{}; {} }}", upstream_port, directives),
            false,
            {},
            0};
}

Nginx::Configuration Nginx::tls_proxy(int upstream_port) {
    auto configuration = proxy(upstream_port, "proxy_buffering off;");
    configuration.tls = true;
    return configuration;
}

Nginx::Nginx(const Configuration& configuration) : port_(free_port()) {
    const auto folder = files_.path().string();
    const bool is_sample = !configuration.sample.empty();
    if (configuration.tls || is_sample) make_certificate(folder);
    const auto file =
        files_.write("nginx.conf", is_sample ? sample_text(configuration, port_, folder)
                                             : configuration_text(configuration, port_, folder));
    process_ = std::make_unique<Process>(
        std::vector<std::string>{nginx_program, "-p", folder, "-c", file.string(), "-e", "stderr"});
    // The last it says before it serves; the samples only speak of errors.
    if (!is_sample) process_->wait_for_line("getrlimit");
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!answers(port_)) {
        if (std::chrono::steady_clock::now() > deadline)
            throw std::runtime_error("nginx: " + process_->err());
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
}

std::string Nginx::url(const std::string& scheme) const {
    return fmt::format("{}://127.0.0.1:{}/v1/chat/completions", scheme, port_);
}

bool Nginx::is_installed() {
    return std::filesystem::exists(nginx_program);
}

}  // namespace streamgauge::system_tests
