#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>

#include <optional>

namespace streamgauge::net {

/// A non-blocking TCP socket on its way to a connection. Owns the descriptor until release().
class ConnectingSocket {
  public:
    enum class Progress { connected, under_way, failed };

    ConnectingSocket() = default;
    ~ConnectingSocket() { close(); }
    ConnectingSocket(const ConnectingSocket&) = delete;
    ConnectingSocket& operator=(const ConnectingSocket&) = delete;

    /// Begins to connect, from `source` if there is one (its port is chosen by the kernel, with regard to the
    /// destination, so that one port serves for many destinations). On loopback it is often done at once.
    Progress begin(const boost::asio::ip::tcp::endpoint& destination,
                   const std::optional<boost::asio::ip::address>& source);
    /// What became of it, once the descriptor can be written to.
    Progress finish();

    /// Why it failed.
    boost::system::error_code error() const { return error_; }
    int descriptor() const { return descriptor_; }
    bool is_open() const { return descriptor_ >= 0; }
    int release();
    void close();

  private:
    Progress fail(int error);

    int descriptor_ = -1;
    boost::system::error_code error_;
};

}  // namespace streamgauge::net
