#pragma once

#include "report/model/histogram.h"
#include "report/model/moment.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::floor {

using report::Moment;
using std::chrono::nanoseconds;

enum class Transport { cleartext, tls, gzip };

struct FloorOptions {
    std::uint16_t port = 0;
    Transport transport = Transport::cleartext;
    std::uint64_t streams = 1;
    std::uint64_t tokens = 1;  ///< each stream brings
    Moment start{};
    nanoseconds open_every{0};  ///< one stream after the other; 0: all at `start`
    nanoseconds nap{0};         ///< asleep this long before each poll
    Moment give_up{};           ///< ends then, whatever is missing
    Moment repeat_until{};      ///< until then a stream that has its tokens asks again; then the client ends
    Moment errors_from{};       ///< token errors are taken from tokens sent at this moment or later,
    Moment errors_until = Moment::max();  ///< and before this one
};

/// How far the client's figures of one stream are off; what is missing never came.
struct FloorStream {
    std::optional<nanoseconds> ttft_error;       ///< by the kernel's receive stamp
    std::optional<nanoseconds> ttft_error_user;  ///< by the clock read after the read
    std::uint64_t tokens = 0;
};

struct FloorResult {
    std::vector<FloorStream> streams;
    report::Histogram token_error;  ///< |arrival - server's stamp|; by user stamps where TLS allows no other
    Moment all_sent{};              ///< when the last request was sent
};

/// The least that a client of token streams can do on one thread: epoll, recvmsg with a receive stamp into
/// one shared buffer, one send stamp found per event. What costs more than this is a choice of the client's.
class FloorClient {
  public:
    explicit FloorClient(FloorOptions options);
    ~FloorClient();

    /// Opens the streams and reads them to their last token. Throws std::exception when the server is not
    /// there.
    FloorResult run();
    /// Token events found so far. Any thread.
    std::uint64_t token_events() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::floor
