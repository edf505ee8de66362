#pragma once

#include <memory>
#include <string>
#include <string_view>

struct ssl_st;
struct ssl_ctx_st;
struct bio_st;

namespace streamgauge::simulator {

/// A server's TLS settings, shared by all its connections.
class TlsContext {
  public:
    /// Reads a certificate chain and its key, both PEM. Throws std::runtime_error naming the file that cannot
    /// be used.
    TlsContext(const std::string& certificate_file, const std::string& key_file);

    ssl_ctx_st* native() const { return context_.get(); }

  private:
    struct Free {
        void operator()(ssl_ctx_st* context) const;
    };
    std::unique_ptr<ssl_ctx_st, Free> context_;
};

/// The server's side of one TLS connection. No I/O: bytes of the network go in and come out as text.
class TlsSession {
  public:
    explicit TlsSession(const TlsContext& context);
    ~TlsSession();

    /// Takes bytes from the network; appends what the client said to `plain` and what is to be sent back
    /// (handshake, alerts) to `out`. False when the session failed or the client ended it.
    bool receive(std::string_view network, std::string& plain, std::string& out);
    /// Appends `plain` as one record (up to 16 KiB each) to `out`. False before the handshake is done.
    bool send(std::string_view plain, std::string& out);
    /// Appends the alert that ends the session in good order.
    void close(std::string& out);

  private:
    struct Free {
        void operator()(ssl_st* session) const;
    };
    void drain(std::string& out);

    std::unique_ptr<ssl_st, Free> session_;
    bio_st* from_network_;  ///< owned by session_
    bio_st* to_network_;    ///< owned by session_
};

}  // namespace streamgauge::simulator
