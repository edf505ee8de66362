#pragma once

#include <boost/asio/ip/address.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::net {

/// The addresses of this machine that connections are made from, each in turn.
class SourceAddresses {
  public:
    /// Each is an IP address as text; anything else throws.
    explicit SourceAddresses(const std::vector<std::string>& addresses);

    bool empty() const { return addresses_.empty(); }
    /// The next one that can reach `destination`: of its family. Empty when there is none.
    std::optional<boost::asio::ip::address> next_for(const boost::asio::ip::address& destination);

  private:
    std::vector<boost::asio::ip::address> addresses_;
    std::size_t next_ = 0;
};

}  // namespace streamgauge::net
