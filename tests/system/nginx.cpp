#include "tests/system/nginx.h"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <stdexcept>
#include <thread>

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

}  // namespace

Nginx::Configuration Nginx::proxy(int upstream_port, const std::string& directives) {
    return {fmt::format("location / {{ proxy_pass http://127.0.0.1:{}; {} }}", upstream_port, directives),
            false};
}

Nginx::Configuration Nginx::tls_proxy(int upstream_port) {
    auto configuration = proxy(upstream_port, "proxy_buffering off;");
    configuration.tls = true;
    return configuration;
}

Nginx::Nginx(const Configuration& configuration) : port_(free_port()) {
    const auto folder = files_.path().string();
    if (configuration.tls) make_certificate(folder);
    const auto file = files_.write("nginx.conf", configuration_text(configuration, port_, folder));
    process_ = std::make_unique<Process>(
        std::vector<std::string>{nginx_program, "-p", folder, "-c", file.string(), "-e", "stderr"});
    process_->wait_for_line("getrlimit");  // the last it says before it serves
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
