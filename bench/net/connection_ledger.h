#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace streamgauge::net {

/// How many connections all workers of a run have open, in all and to each address of a server, and the most
/// there were. Touched when a connection opens and closes, never per token. Any thread.
class ConnectionLedger {
  public:
    /// A server's address and port, as the kernel tells connections apart.
    class Destination {
        friend class ConnectionLedger;
        std::uint64_t open_ = 0;
    };

    /// The entry of an address, by any bytes that are its own; lives as long as the ledger.
    Destination& destination(std::string_view address);

    void opened(Destination& to);
    void closed(Destination& to);

    std::uint64_t open() const;
    std::uint64_t peak() const;
    /// The most that were open to one address at a time: each takes an ephemeral port of its own.
    std::uint64_t peak_to_one_address() const;

    /// A new connection has waited for its turn, because new ones are paced.
    void waited_for_turn(std::chrono::nanoseconds wait);
    struct PacedWaits {
        std::uint64_t count = 0;
        std::chrono::nanoseconds longest{0};
    };
    PacedWaits paced_waits() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, Destination, std::less<>> destinations_;
    std::uint64_t open_ = 0;
    std::uint64_t peak_ = 0;
    std::uint64_t peak_to_one_address_ = 0;
    PacedWaits paced_waits_;
};

}  // namespace streamgauge::net
