#include "bench/micro/floor/floor_tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>

#include <stdexcept>

namespace streamgauge::floor {

FloorTlsContext::FloorTlsContext() : context_{SSL_CTX_new(TLS_client_method())} {
    if (context_ == nullptr) throw std::runtime_error{"OpenSSL gives no context"};
    SSL_CTX_set_mode(context_, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_options(context_, SSL_OP_IGNORE_UNEXPECTED_EOF);
}

FloorTlsContext::~FloorTlsContext() {
    SSL_CTX_free(context_);
}

FloorTls::FloorTls(const FloorTlsContext& context, int descriptor) : session_{SSL_new(context.get())} {
    if (session_ == nullptr || SSL_set_fd(session_, descriptor) != 1)
        throw std::runtime_error{"OpenSSL gives no session"};
    SSL_set_connect_state(session_);
}

FloorTls::~FloorTls() {
    SSL_free(session_);
}

bool FloorTls::handshake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(session_);
    if (result == 1) return true;
    const int why = SSL_get_error(session_, result);
    if (why != SSL_ERROR_WANT_READ && why != SSL_ERROR_WANT_WRITE)
        throw std::runtime_error{"a TLS handshake failed"};
    return false;
}

void FloorTls::send_whole(std::string_view bytes) {
    if (SSL_write(session_, bytes.data(), static_cast<int>(bytes.size())) != static_cast<int>(bytes.size()))
        throw std::runtime_error{"cannot send a request"};
}

FloorTls::Read FloorTls::read(std::span<char> buffer) {
    ERR_clear_error();
    const int taken = SSL_read(session_, buffer.data(), static_cast<int>(buffer.size()));
    if (taken > 0) return {Status::bytes, {buffer.data(), static_cast<std::size_t>(taken)}};
    const int why = SSL_get_error(session_, taken);
    return {why == SSL_ERROR_WANT_READ ? Status::nothing : Status::closed, {}};
}

}  // namespace streamgauge::floor
