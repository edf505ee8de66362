#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace streamgauge::net {

struct Lookup {
    std::vector<boost::asio::ip::tcp::endpoint> addresses;
    boost::system::error_code error;
};

/// Resolves names for one worker. An answer serves for a minute, and thousands of connections that start at
/// once share one look-up, else the resolver's queue would be measured. Addresses are not looked up.
class NameCache {
  public:
    explicit NameCache(boost::asio::io_context& context) : context_{context} {}

    /// Waits for the addresses of `host`, until `deadline` at most (then the error is timed_out).
    boost::asio::awaitable<Lookup> resolve(std::string host, std::uint16_t port,
                                           std::chrono::steady_clock::time_point deadline);

    /// Gives the answer for a name that is known already; it does not expire.
    void remember(const std::string& host, std::uint16_t port,
                  std::vector<boost::asio::ip::tcp::endpoint> addresses);

    /// Ends every wait under way.
    void abort();

  private:
    struct Entry;
    boost::asio::awaitable<void> look_up(std::shared_ptr<Entry> entry, std::string host, std::uint16_t port);

    boost::asio::io_context& context_;
    std::map<std::pair<std::string, std::uint16_t>, std::shared_ptr<Entry>> entries_;
};

}  // namespace streamgauge::net
