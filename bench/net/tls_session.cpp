#include "bench/net/tls_session.h"

#include <boost/asio/ip/address.hpp>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

namespace streamgauge::net {

struct TlsSession::State {
    std::string_view input;  ///< bytes of the socket that OpenSSL has not taken yet
    std::string output;
    std::string server_name;
    std::string failure;
    SSL* ssl = nullptr;
    TlsSessionStore* sessions = nullptr;
    Status status = Status::handshaking;
    bool verifies = true;
    bool has_certificate = false;     ///< of our own
    bool certificate_wanted = false;  ///< the server has asked for one
    bool buffers_set_up = false;      ///< by a step of a handshake

    ~State() {
        // A session is not to be spoiled for others by a connection that ends without a word, as ours do.
        if (status != Status::failed) SSL_set_shutdown(ssl, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);
        SSL_free(ssl);
    }

    Status fail(int result);
    Status handshake();
    void name_server(bool verify);
    void free_buffers();
    std::string describe(unsigned long error) const;
};

namespace {

int read_input(BIO* bio, char* into, int size) {
    auto& input = *static_cast<std::string_view*>(BIO_get_data(bio));
    BIO_clear_retry_flags(bio);
    if (input.empty()) {
        BIO_set_retry_read(bio);
        return -1;
    }
    const std::size_t taken = std::min(input.size(), static_cast<std::size_t>(size));
    std::memcpy(into, input.data(), taken);
    input.remove_prefix(taken);
    return static_cast<int>(taken);
}

int write_output(BIO* bio, const char* bytes, int size) {
    static_cast<std::string*>(BIO_get_data(bio))->append(bytes, static_cast<std::size_t>(size));
    return size;
}

long control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* make_method(const char* name) {
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, name);
    BIO_meth_set_read(method, read_input);
    BIO_meth_set_write(method, write_output);
    BIO_meth_set_ctrl(method, control);
    return method;
}

BIO* make_bio(void* data) {
    static BIO_METHOD* const method = make_method("worker buffer");
    BIO* bio = BIO_new(method);
    if (bio == nullptr) throw std::bad_alloc{};
    BIO_set_data(bio, data);
    BIO_set_init(bio, 1);
    return bio;
}

bool is_address(const std::string& name) {
    boost::system::error_code error;
    boost::asio::ip::make_address(name, error);
    return !error;
}

}  // namespace

void TlsSession::State::name_server(bool verify) {
    if (is_address(server_name)) {
        if (verify) X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), server_name.c_str());
        return;
    }
    SSL_set_tlsext_host_name(ssl, server_name.c_str());
    if (verify) SSL_set1_host(ssl, server_name.c_str());
}

TlsSession::TlsSession(const TlsContext& context, const std::string& server_name, TlsSessionStore* sessions)
    : state_{std::make_unique<State>()} {
    state_->server_name = server_name;
    state_->sessions = sessions;
    state_->verifies = context.verifies();
    state_->has_certificate = context.has_certificate();
    state_->ssl = SSL_new(context.native());
    if (state_->ssl == nullptr) throw std::bad_alloc{};
    SSL_set_app_data(state_->ssl, state_.get());
    if (sessions != nullptr && sessions->newest() != nullptr)
        SSL_set_session(state_->ssl, sessions->newest());
    SSL_set_bio(state_->ssl, make_bio(&state_->input), make_bio(&state_->output));
    state_->name_server(context.verifies());
    SSL_set_connect_state(state_->ssl);
    state_->handshake();
}

TlsSession::~TlsSession() = default;
TlsSession::TlsSession(TlsSession&&) noexcept = default;
TlsSession& TlsSession::operator=(TlsSession&&) noexcept = default;

TlsSession::Status TlsSession::State::handshake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl);
    if (result == 1) return status = Status::open;
    return fail(result);
}

TlsSession::Status TlsSession::State::fail(int result) {
    const int reason = SSL_get_error(ssl, result);
    if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) return status;
    if (reason == SSL_ERROR_ZERO_RETURN) return status = Status::closed;
    const long verification = SSL_get_verify_result(ssl);
    const unsigned long error = ERR_get_error();
    if (verifies && verification != X509_V_OK) {
        failure = "the certificate of `" + server_name +
                  "` does not verify: " + X509_verify_cert_error_string(verification) +
                  "; name its CA in `tls.ca_file`, or write `tls: { insecure: true }` for a test";
    } else {
        failure = "TLS with `" + server_name + "` failed: " + describe(error);
    }
    return status = Status::failed;
}

/// What went wrong, and the way out where a server's alert tells what it is.
std::string TlsSession::State::describe(unsigned long error) const {
    if (error == 0) return "the connection was closed";
    const char* words = ERR_reason_error_string(error);
    std::string reason = words != nullptr ? words : "unknown error";
    const bool refused = ERR_GET_REASON(error) > SSL_AD_REASON_OFFSET;  // an alert, not a fault of ours
    if (!refused || !certificate_wanted) return reason;
    if (!has_certificate) {
        return "the server asks for a client certificate (" + reason +
               "); name one in `tls: { cert_file, key_file }`";
    }
    return "the server refuses the certificate in `tls.cert_file` (" + reason +
           "); is it signed by an authority that the server trusts?";
}

bool TlsSession::keep_session(SSL* ssl, SSL_SESSION* session) {
    auto* sessions = static_cast<State*>(SSL_get_app_data(ssl))->sessions;
    if (sessions != nullptr) sessions->keep(session);
    return sessions != nullptr;
}

void TlsSession::note_certificate_wanted(SSL* ssl) {
    static_cast<State*>(SSL_get_app_data(ssl))->certificate_wanted = true;
}

void TlsSession::note_handshake_step(const SSL* ssl) {
    static_cast<State*>(SSL_get_app_data(ssl))->buffers_set_up = true;
}

/// OpenSSL gives back the buffers that data went through. But a session ticket, which comes after the
/// handshake, is a handshake step: it sets up a buffer for writing, 16 KiB that a stream only reading would
/// keep to its end.
void TlsSession::State::free_buffers() {
    if (buffers_set_up && status == Status::open) buffers_set_up = SSL_free_buffers(ssl) != 1;
}

bool TlsSession::resumed() const {
    return SSL_session_reused(state_->ssl) == 1;
}

TlsSession::Status TlsSession::feed(std::string_view bytes, std::span<char> scratch, PlaintextSink& sink) {
    State& state = *state_;
    state.input = bytes;
    if (state.status == Status::handshaking) state.handshake();
    while (state.status == Status::open) {
        ERR_clear_error();
        const int taken = SSL_read(state.ssl, scratch.data(), static_cast<int>(scratch.size()));
        if (taken <= 0) {
            state.fail(taken);
            break;
        }
        sink.on_plaintext({scratch.data(), static_cast<std::size_t>(taken)});
    }
    state.input = {};
    state.free_buffers();
    return state.status;
}

TlsSession::Status TlsSession::write(std::string_view bytes) {
    while (!bytes.empty() && state_->status == Status::open) {
        ERR_clear_error();
        const int written = SSL_write(state_->ssl, bytes.data(),
                                      static_cast<int>(std::min(bytes.size(), std::size_t{1} << 20)));
        if (written <= 0) return state_->fail(written);
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return state_->status;
}

std::string TlsSession::take_output() {
    return std::exchange(state_->output, {});
}

TlsSession::Status TlsSession::status() const {
    return state_->status;
}

const std::string& TlsSession::failure() const {
    return state_->failure;
}

}  // namespace streamgauge::net
