#include "bench/net/tls_context.h"

#include <openssl/ssl.h>

#include <stdexcept>

namespace streamgauge::net {

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

TlsContext::TlsContext(const scenarios::TlsOptions& options)
    : context_{SSL_CTX_new(TLS_client_method())}, verifies_{!options.insecure} {
    if (!context_) throw std::runtime_error{"OpenSSL cannot make a client context"};
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    // Thousands of connections wait for most of their life: their buffers go back while they do.
    SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                         SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(context_.get(), verifies_ ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    static constexpr unsigned char protocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context_.get(), protocols, sizeof protocols);
    if (!verifies_) return;
    const bool loaded = options.ca_file.empty() ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
                                                : SSL_CTX_load_verify_locations(
                                                      context_.get(), options.ca_file.c_str(), nullptr) == 1;
    if (!loaded) {
        throw std::runtime_error{"cannot read certificates from `" + options.ca_file.string() +
                                 "`; tls.ca_file wants a file in PEM form"};
    }
}

}  // namespace streamgauge::net
