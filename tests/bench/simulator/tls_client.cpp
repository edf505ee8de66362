#include "tests/bench/simulator/tls_client.h"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace streamgauge::simulator {

namespace {

int connect_to(std::uint16_t port) {
    const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    return descriptor;
}

void expect_name(SSL* session, const std::string& name) {
    X509_VERIFY_PARAM* parameters = SSL_get0_param(session);
    if (X509_VERIFY_PARAM_set1_ip_asc(parameters, name.c_str()) != 1) {
        SSL_set1_host(session, name.c_str());
        SSL_set_tlsext_host_name(session, name.c_str());
    }
}

std::string last_error() {
    std::array<char, 256> text{};
    ERR_error_string_n(ERR_get_error(), text.data(), text.size());
    return text.data();
}

}  // namespace

TlsExchange exchange_over_tls(std::uint16_t port, const std::string& authority_file, const std::string& name,
                              const std::string& request) {
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_client_method()),
                                                                    SSL_CTX_free};
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_load_verify_locations(context.get(), authority_file.c_str(), nullptr);
    const std::unique_ptr<SSL, decltype(&SSL_free)> session{SSL_new(context.get()), SSL_free};
    constexpr unsigned char protocol_list[] = "\x02h2\x08http/1.1";
    SSL_set_alpn_protos(session.get(), protocol_list, sizeof protocol_list - 1);
    expect_name(session.get(), name);
    const int descriptor = connect_to(port);
    SSL_set_fd(session.get(), descriptor);

    TlsExchange exchange;
    exchange.trusted = SSL_connect(session.get()) == 1;
    if (!exchange.trusted) exchange.error = last_error();
    if (exchange.trusted) {
        const unsigned char* protocol = nullptr;
        unsigned size = 0;
        SSL_get0_alpn_selected(session.get(), &protocol, &size);
        if (size > 0) exchange.protocol.assign(reinterpret_cast<const char*>(protocol), size);
        SSL_write(session.get(), request.data(), static_cast<int>(request.size()));
        std::array<char, 16384> room{};
        for (int read = 0; (read = SSL_read(session.get(), room.data(), room.size())) > 0;) {
            exchange.answer.append(room.data(), static_cast<std::size_t>(read));
        }
    }
    ::close(descriptor);
    return exchange;
}

}  // namespace streamgauge::simulator
