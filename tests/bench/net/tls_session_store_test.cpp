#include "bench/net/tls_session_store.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

namespace streamgauge::net {
namespace {

TEST(TlsSessionStore, KeepsTheNewestAlone) {
    TlsSessionStore sessions;
    EXPECT_EQ(sessions.newest(), nullptr);
    SSL_SESSION* first = SSL_SESSION_new();
    SSL_SESSION_up_ref(first);
    sessions.keep(first);
    EXPECT_EQ(sessions.newest(), first);
    SSL_SESSION* second = SSL_SESSION_new();
    sessions.keep(second);
    EXPECT_EQ(sessions.newest(), second);
    SSL_SESSION_free(first);  // ours is the last reference: the store has let go of its own
}

}  // namespace
}  // namespace streamgauge::net
