#pragma once

#include <memory>

struct ssl_session_st;

namespace streamgauge::net {

/// The newest TLS session that one worker has from one target, for new connections to resume. One is enough:
/// servers that take a ticket once only fall back to a full handshake. One thread only.
class TlsSessionStore {
  public:
    /// Takes the session over.
    void keep(ssl_session_st* session) { newest_.reset(session); }
    /// Null until a server has given one.
    ssl_session_st* newest() const { return newest_.get(); }

  private:
    struct Free {
        void operator()(ssl_session_st* session) const;
    };
    std::unique_ptr<ssl_session_st, Free> newest_;
};

}  // namespace streamgauge::net
