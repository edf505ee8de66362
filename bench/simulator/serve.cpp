#include "bench/simulator/serve.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>

namespace streamgauge::simulator {

namespace {

void warn_if_reachable(const std::string& address) {
    boost::system::error_code error;
    const auto parsed = boost::asio::ip::make_address(address, error);
    if (error || parsed.is_loopback()) return;
    fmt::print(stderr,
               "streamgauge: warning: {} can be reached from other machines; the simulated server has no "
               "access control\n",
               address);
}

}  // namespace

int serve(const ServeOptions& options) {
    boost::asio::io_context context{1};
    boost::asio::signal_set signals{context, SIGINT, SIGTERM};
    signals.async_wait([](const boost::system::error_code&, int) {});
    Server server{options};
    try {
        server.start();
    } catch (const std::exception& error) {
        fmt::print(stderr, "streamgauge: {}\n", error.what());
        return 2;
    }
    warn_if_reachable(options.address);
    fmt::print("listening on {}\n", server.url());
    std::fflush(stdout);
    context.run();
    server.stop();
    return 0;
}

}  // namespace streamgauge::simulator
