#pragma once

#include "tests/system/fixture.h"

#include <filesystem>
#include <memory>
#include <string>

namespace streamgauge::system_tests {

/// A real nginx in a folder of its own, in front of something on 127.0.0.1.
class Nginx {
  public:
    struct Configuration {
        std::string server;              ///< directives of the server block, without `listen`
        bool tls = false;                ///< listen with a self-signed certificate for 127.0.0.1
        std::filesystem::path sample{};  ///< a template of scenarios/proxies instead
        int upstream_port = 0;           ///< for the template
    };
    static Configuration proxy(int upstream_port, const std::string& directives = "");
    static Configuration tls_proxy(int upstream_port);
    /// One of the sample configurations in scenarios/proxies/nginx.
    static Configuration sample(const std::filesystem::path& file, int upstream_port);

    /// Starts it and waits until it answers.
    explicit Nginx(const Configuration& configuration);

    int port() const { return port_; }
    /// The chat endpoint behind it.
    std::string url(const std::string& scheme = "http") const;
    std::filesystem::path certificate() const { return files_.path() / "certificate.pem"; }

    /// Is nginx installed? Tests that need it are skipped where it is not.
    static bool is_installed();

  private:
    TemporaryFolder files_;
    int port_;
    std::unique_ptr<Process> process_;
};

}  // namespace streamgauge::system_tests
