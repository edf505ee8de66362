#pragma once

#include <memory>
#include <span>
#include <string_view>

struct ssl_ctx_st;
struct ssl_st;

namespace streamgauge::floor {

/// What all TLS connections of the bare client share. It verifies nothing.
class FloorTlsContext {
  public:
    FloorTlsContext();
    ~FloorTlsContext();
    FloorTlsContext(const FloorTlsContext&) = delete;
    FloorTlsContext& operator=(const FloorTlsContext&) = delete;
    ssl_ctx_st* get() const { return context_; }

  private:
    ssl_ctx_st* context_;
};

/// OpenSSL on the socket's own descriptor: the least there is, and without receive stamps.
class FloorTls {
  public:
    enum class Status { nothing, bytes, closed };
    struct Read {
        Status status = Status::nothing;
        std::string_view bytes;
    };

    FloorTls(const FloorTlsContext& context, int descriptor);
    ~FloorTls();
    FloorTls(const FloorTls&) = delete;
    FloorTls& operator=(const FloorTls&) = delete;

    /// Goes on with the handshake as far as it can; true once it is done. Throws std::runtime_error.
    bool handshake();
    /// Sends a small request at once. Throws std::runtime_error.
    void send_whole(std::string_view bytes);
    /// One SSL_read.
    Read read(std::span<char> buffer);

  private:
    ssl_st* session_;
};

}  // namespace streamgauge::floor
