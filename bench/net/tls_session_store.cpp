#include "bench/net/tls_session_store.h"

#include <openssl/ssl.h>

namespace streamgauge::net {

void TlsSessionStore::Free::operator()(ssl_session_st* session) const {
    SSL_SESSION_free(session);
}

}  // namespace streamgauge::net
