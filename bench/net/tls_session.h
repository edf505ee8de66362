#pragma once

#include "bench/net/tls_context.h"
#include "bench/net/tls_session_store.h"

#include <memory>
#include <span>
#include <string>
#include <string_view>

struct ssl_st;

namespace streamgauge::net {

/// Takes the plaintext of a TLS session. The bytes live until the call returns.
class PlaintextSink {
  public:
    virtual void on_plaintext(std::string_view bytes) = 0;

  protected:
    ~PlaintextSink() = default;
};

/// One client TLS session without I/O: bytes of the socket go in by feed(), bytes for the socket come out by
/// take_output(). So the socket keeps its receive stamps, and the record layer reads from the worker's shared
/// buffer.
class TlsSession {
  public:
    enum class Status { handshaking, open, closed, failed };

    /// Starts the handshake: the first output is ready. `server_name` is sent as SNI unless it is an address,
    /// and verified.
    /// With `sessions` it resumes the newest one and keeps those that the server gives; the store outlives
    /// it.
    TlsSession(const TlsContext& context, const std::string& server_name,
               TlsSessionStore* sessions = nullptr);
    ~TlsSession();
    TlsSession(TlsSession&&) noexcept;
    TlsSession& operator=(TlsSession&&) noexcept;

    /// Takes bytes off the socket; plaintext goes to `sink` by way of `scratch`.
    Status feed(std::string_view bytes, std::span<char> scratch, PlaintextSink& sink);
    /// Encrypts all of `bytes` for take_output(). The session must be open.
    Status write(std::string_view bytes);
    /// What has to go to the socket, in order; empty when there is nothing.
    std::string take_output();

    Status status() const;
    /// Whether the handshake resumed an earlier session; known once it is open.
    bool resumed() const;
    /// Why it failed: one sentence for a person. `verification` failures name the certificate's fault.
    const std::string& failure() const;

    /// For TlsContext, whose callbacks know OpenSSL's object alone. True: the session was taken over.
    static bool keep_session(ssl_st* ssl, ssl_session_st* session);
    static void note_certificate_wanted(ssl_st* ssl);
    static void note_handshake_step(const ssl_st* ssl);

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::net
