#pragma once

#include "tests/bench/net/tcp_pair.h"

#include <array>
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <vector>

namespace streamgauge::net::testing {

/// A server on loopback that does with each connection what the test says, on a thread per connection.
class ScriptedServer {
  public:
    /// `script` gets the connected descriptor and the connection's number; the descriptor is closed after it.
    explicit ScriptedServer(std::function<void(int descriptor, int number)> script)
        : script_{std::move(script)}, acceptor_{[this] { accept_all(); }} {}
    ~ScriptedServer() {
        shutdown(listener_.descriptor(), SHUT_RDWR);
        acceptor_.join();
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    std::uint16_t port() const { return listener_.port(); }
    int connections() const { return connections_; }

    /// Reads one request: header and the body its Content-Length announces. Empty at the end of the
    /// connection.
    static std::string read_request(int descriptor) {
        std::string request;
        std::array<char, 4096> buffer{};
        for (;;) {
            const auto end = request.find("\r\n\r\n");
            if (end != std::string::npos && request.size() >= end + 4 + body_length(request)) return request;
            const auto taken = recv(descriptor, buffer.data(), buffer.size(), 0);
            if (taken <= 0) return {};
            request.append(buffer.data(), static_cast<std::size_t>(taken));
        }
    }

  private:
    static std::size_t body_length(const std::string& request) {
        const auto field = request.find("Content-Length: ");
        return field == std::string::npos ? 0 : std::stoul(request.substr(field + 16));
    }

    void accept_all() {
        std::vector<std::jthread> threads;
        for (;;) {
            const int descriptor = listener_.accept_one();
            if (descriptor < 0) return;
            threads.emplace_back([this, descriptor, number = connections_++] {
                script_(descriptor, number);
                close(descriptor);
            });
        }
    }

    Listener listener_;
    std::function<void(int, int)> script_;
    std::atomic<int> connections_{0};
    std::thread acceptor_;
};

}  // namespace streamgauge::net::testing
