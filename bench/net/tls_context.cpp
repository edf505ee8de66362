#include "bench/net/tls_context.h"

#include "bench/net/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509err.h>

#include <stdexcept>
#include <string>

namespace streamgauge::net {

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

namespace {

[[noreturn]] void refuse(const std::string& sentence) {
    ERR_clear_error();
    throw std::runtime_error{sentence};
}

/// A run has nobody to ask for a passphrase.
int note_passphrase_wanted(char*, int, int, void* wanted) {
    *static_cast<bool*>(wanted) = true;
    return 0;
}

void use_certificate(SSL_CTX* context, const std::string& certificate, const std::string& key) {
    if (SSL_CTX_use_certificate_chain_file(context, certificate.c_str()) != 1) {
        refuse("cannot read a certificate from `" + certificate +
               "`; tls.cert_file wants a file in PEM form");
    }
    bool encrypted = false;
    SSL_CTX_set_default_passwd_cb(context, note_passphrase_wanted);
    SSL_CTX_set_default_passwd_cb_userdata(context, &encrypted);
    const bool loaded = SSL_CTX_use_PrivateKey_file(context, key.c_str(), SSL_FILETYPE_PEM) == 1;
    SSL_CTX_set_default_passwd_cb_userdata(context, nullptr);
    SSL_CTX_set_default_passwd_cb(context, nullptr);
    if (loaded) return;
    if (encrypted) {
        refuse("the key in `" + key +
               "` is encrypted; tls.key_file wants one without a passphrase (`openssl pkey -in KEY -out "
               "PLAIN_KEY` writes it)");
    }
    if (ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH) {
        refuse("the key in `" + key + "` does not belong to the certificate in `" + certificate +
               "`; name the pair in tls.cert_file and tls.key_file");
    }
    refuse("cannot read a private key from `" + key + "`; tls.key_file wants a file in PEM form");
}

/// Called when a server has given a session that may be resumed. Sessions are kept per worker, not here.
int keep_session(SSL* ssl, SSL_SESSION* session) {
    return TlsSession::keep_session(ssl, session) ? 1 : 0;
}

/// Called when a server asks for a certificate; what there is to show is in the context already.
int note_certificate_wanted(SSL* ssl, void*) {
    TlsSession::note_certificate_wanted(ssl);
    return 1;
}

/// Called at each step of a handshake, not for data.
void note_handshake_step(const SSL* ssl, int, int) {
    TlsSession::note_handshake_step(ssl);
}

}  // namespace

TlsContext::TlsContext(const scenarios::TlsOptions& options)
    : context_{SSL_CTX_new(TLS_client_method())},
      verifies_{!options.insecure},
      has_certificate_{!options.cert_file.empty()} {
    if (!context_) throw std::runtime_error{"OpenSSL cannot make a client context"};
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    // Thousands of connections wait for most of their life: their buffers go back while they do.
    SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                         SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_verify(context_.get(), verifies_ ? SSL_VERIFY_PEER : SSL_VERIFY_NONE, nullptr);
    static constexpr unsigned char protocols[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
    SSL_CTX_set_alpn_protos(context_.get(), protocols, sizeof protocols);
    SSL_CTX_set_cert_cb(context_.get(), note_certificate_wanted, nullptr);
    SSL_CTX_set_info_callback(context_.get(), note_handshake_step);
    SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_OFF);
    if (options.session_reuse) {
        SSL_CTX_set_session_cache_mode(context_.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
        SSL_CTX_sess_set_new_cb(context_.get(), keep_session);
    }
    if (has_certificate_) use_certificate(context_.get(), options.cert_file, options.key_file);
    if (!verifies_) return;
    const bool loaded = options.ca_file.empty() ? SSL_CTX_set_default_verify_paths(context_.get()) == 1
                                                : SSL_CTX_load_verify_locations(
                                                      context_.get(), options.ca_file.c_str(), nullptr) == 1;
    if (!loaded) {
        refuse("cannot read certificates from `" + options.ca_file.string() +
               "`; tls.ca_file wants a file in PEM form");
    }
}

}  // namespace streamgauge::net
