#pragma once

#include "bench/simulator/clock.h"
#include "bench/simulator/server.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::simulator {

/// What one read of a socket brought.
struct Arrival {
    Instant at;
    std::string bytes;
};

/// How a connection ended.
enum class End { open, closed, reset };

/// A client that knows nothing but sockets, so that the server is not seen through the decoders it is there
/// to prove.
class RawClient {
  public:
    explicit RawClient(std::uint16_t port);
    ~RawClient();
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void send(std::string_view bytes);
    void send_in_bytes(std::string_view bytes);
    /// Reads until `text` has come, the connection ended, or `limit` passed. True if it has come.
    bool read_until(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds{5});
    /// Reads until at least `size` bytes are there; true if they are.
    bool read_bytes(std::size_t size, std::chrono::milliseconds limit = std::chrono::seconds{5});
    /// Reads to the end of the connection; how it ended, `open` if `limit` passed first.
    End read_to_end(std::chrono::milliseconds limit = std::chrono::seconds{5});

    /// All that was read so far.
    const std::string& text() const { return text_; }
    const std::vector<Arrival>& arrivals() const { return arrivals_; }
    /// Segments with data that the kernel received.
    unsigned segments() const;
    /// Forgets what was read.
    void clear();

  private:
    /// One read; false on the end of the connection or when `deadline` passed.
    bool read_once(Instant deadline);

    int descriptor_;
    std::string text_;
    std::vector<Arrival> arrivals_;
    End end_ = End::open;
};

/// A response taken apart by hand.
struct RawResponse {
    std::string status_line;
    std::string header;               ///< the field lines, with the CRLF of each
    std::string body;                 ///< without chunk framing
    std::vector<std::string> chunks;  ///< if chunked, without the last one
    bool has_last_chunk = false;

    /// The value of a header field; empty if there is none.
    std::string field(std::string_view name) const;
};

/// Takes `raw` apart; chunk framing that is wrong ends the body there.
RawResponse take_apart(std::string_view raw);

/// A POST with a JSON body.
std::string post(std::string_view path, std::string_view body, std::string_view fields = {});

/// A streaming request with options: `chat({{"tokens", 3}}` is written as `chat(R"("tokens":3)")`.
std::string chat(std::string_view options, std::string_view fields = {});

/// The data of each event of an event stream with LF line ends.
std::vector<std::string> data_of(std::string_view body);

/// The whole number after `"key":` in `json`; empty if it is not there.
std::optional<std::int64_t> number_after(std::string_view json, std::string_view key);

/// The texts after `"content":"` of each event that has some.
std::vector<std::string> contents_of(std::string_view body);

/// What zlib makes of `bytes` of gzip or zlib; empty when they are broken. With `partial`, the end of the
/// stream may be missing.
std::optional<std::string> inflate_all(std::string_view bytes, bool partial = false);

/// The same for any coding by its name: gzip, deflate, br, zstd. `bytes` must be one stream, with nothing
/// behind it.
std::optional<std::string> decode_all(std::string_view coding, std::string_view bytes, bool partial = false);

}  // namespace streamgauge::simulator
