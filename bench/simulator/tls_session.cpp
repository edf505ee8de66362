#include "bench/simulator/tls_session.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <new>
#include <stdexcept>

namespace streamgauge::simulator {

namespace {

/// Takes HTTP/1.1 when the client offers protocols (RFC 7301), and goes on without if it does not offer that.
int select_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
    static constexpr unsigned char http11_text[] = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int result = SSL_select_next_proto(&found, chosen_size, http11_text, sizeof http11_text - 1,
                                             offered, offered_size);
    if (result != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
    *chosen = found;
    return SSL_TLSEXT_ERR_OK;
}

}  // namespace

void TlsContext::Free::operator()(ssl_ctx_st* context) const {
    SSL_CTX_free(context);
}

TlsContext::TlsContext(const std::string& certificate_file, const std::string& key_file)
    : context_{SSL_CTX_new(TLS_server_method())} {
    if (!context_) throw std::runtime_error{"OpenSSL cannot be set up."};
    SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION);
    SSL_CTX_set_mode(context_.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_alpn_select_cb(context_.get(), select_protocol, nullptr);
    if (SSL_CTX_use_certificate_chain_file(context_.get(), certificate_file.c_str()) != 1) {
        throw std::runtime_error{"The certificate " + certificate_file + " cannot be read as PEM."};
    }
    if (SSL_CTX_use_PrivateKey_file(context_.get(), key_file.c_str(), SSL_FILETYPE_PEM) != 1) {
        throw std::runtime_error{"The key " + key_file +
                                 " cannot be read as PEM or does not fit the certificate."};
    }
    ERR_clear_error();
}

void TlsSession::Free::operator()(ssl_st* session) const {
    SSL_free(session);
}

TlsSession::TlsSession(const TlsContext& context)
    : session_{SSL_new(context.native())},
      from_network_{BIO_new(BIO_s_mem())},
      to_network_{BIO_new(BIO_s_mem())} {
    if (!session_ || from_network_ == nullptr || to_network_ == nullptr) throw std::bad_alloc{};
    SSL_set_bio(session_.get(), from_network_, to_network_);
    SSL_set_accept_state(session_.get());
}

TlsSession::~TlsSession() = default;

void TlsSession::drain(std::string& out) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(to_network_, &data);
    if (size > 0) out.append(data, static_cast<std::size_t>(size));
    (void)BIO_reset(to_network_);
}

bool TlsSession::receive(std::string_view network, std::string& plain, std::string& out) {
    ERR_clear_error();
    BIO_write(from_network_, network.data(), static_cast<int>(network.size()));
    char piece[16384];
    int read = 0;
    while ((read = SSL_read(session_.get(), piece, sizeof piece)) > 0) {
        plain.append(piece, static_cast<std::size_t>(read));
    }
    const int error = SSL_get_error(session_.get(), read);
    drain(out);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

bool TlsSession::send(std::string_view plain, std::string& out) {
    ERR_clear_error();
    const int written = SSL_write(session_.get(), plain.data(), static_cast<int>(plain.size()));
    drain(out);
    return written == static_cast<int>(plain.size());
}

void TlsSession::close(std::string& out) {
    ERR_clear_error();
    if (SSL_is_init_finished(session_.get())) SSL_shutdown(session_.get());
    drain(out);
}

}  // namespace streamgauge::simulator
