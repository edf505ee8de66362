#pragma once

#include "bench/net/worker_clock.h"
#include "report/model/stream_timeline.h"

#include <boost/system/error_code.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace streamgauge::net {

/// When the bytes of one socket read arrived.
struct ReadStamp {
    Moment arrival;     ///< kernel stamp of the last segment, or `user` on fallback
    Moment user;        ///< clock read right after the read
    Moment not_before;  ///< none of the bytes arrived earlier
    Moment emptied;     ///< when an earlier read of this socket last emptied it
    report::StampSource source = report::StampSource::user;
};

/// What one read of a socket gave: bytes with their stamp, or the end, or an error.
struct StampedRead {
    enum class Kind { bytes, nothing, end, failed };
    Kind kind = Kind::nothing;
    std::string_view bytes;  ///< in the caller's buffer
    ReadStamp stamp{};
    boost::system::error_code error;
};

/// A connected, non-blocking TCP socket whose reads carry the kernel's receive time. Owns the descriptor.
class StampedSocket {
  public:
    StampedSocket() = default;
    /// Takes over `descriptor`, makes it non-blocking, asks for receive stamps and turns Nagle's algorithm
    /// off.
    StampedSocket(int descriptor, Moment connected);
    ~StampedSocket();
    StampedSocket(StampedSocket&& other) noexcept;
    StampedSocket& operator=(StampedSocket&& other) noexcept;

    int descriptor() const { return descriptor_; }

    /// One recvmsg into `buffer`. `floor` is the latest moment the socket is known to have been empty
    /// (IdleWatch).
    StampedRead read(std::span<char> buffer, const WorkerClock& clock, Moment floor);

    /// One send. Returns how many bytes the kernel took, 0 when it takes none now.
    std::size_t write(std::string_view bytes, boost::system::error_code& error);

  private:
    int descriptor_ = -1;
    Moment previous_arrival_{};
    Moment empty_since_{};  ///< when a read last emptied the socket
};

}  // namespace streamgauge::net
