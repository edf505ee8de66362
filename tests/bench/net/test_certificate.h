#pragma once

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

namespace streamgauge::net::testing {

/// A key and a certificate that signs itself, for `localhost` and 127.0.0.1, made afresh for each test.
class TestCertificate {
  public:
    TestCertificate() : key_{EVP_EC_gen("P-256"), EVP_PKEY_free}, certificate_{X509_new(), X509_free} {
        X509* x509 = certificate_.get();
        X509_set_version(x509, X509_VERSION_3);
        ASN1_INTEGER_set(X509_get_serialNumber(x509), 1);
        X509_gmtime_adj(X509_getm_notBefore(x509), -60);
        X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
        X509_set_pubkey(x509, key_.get());
        X509_NAME* name = X509_get_subject_name(x509);
        X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                                   reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
        X509_set_issuer_name(x509, name);
        add_extension(NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1");
        add_extension(NID_basic_constraints, "critical,CA:TRUE");
        if (X509_sign(x509, key_.get(), EVP_sha256()) == 0) throw std::runtime_error{"cannot sign"};
    }

    /// A server context that presents the certificate.
    std::shared_ptr<SSL_CTX> server_context() const {
        std::shared_ptr<SSL_CTX> context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
        SSL_CTX_use_certificate(context.get(), certificate_.get());
        SSL_CTX_use_PrivateKey(context.get(), key_.get());
        return context;
    }

    void write_pem(const std::filesystem::path& file) const {
        std::unique_ptr<FILE, int (*)(FILE*)> out{std::fopen(file.c_str(), "w"), std::fclose};
        if (!out || PEM_write_X509(out.get(), certificate_.get()) != 1)
            throw std::runtime_error{"cannot write " + file.string()};
    }

    /// Encrypted when there is a passphrase.
    void write_key(const std::filesystem::path& file, const std::string& passphrase = {}) const {
        std::unique_ptr<FILE, int (*)(FILE*)> out{std::fopen(file.c_str(), "w"), std::fclose};
        const auto* cipher = passphrase.empty() ? nullptr : EVP_aes_256_cbc();
        if (!out || PEM_write_PKCS8PrivateKey(out.get(), key_.get(), cipher, passphrase.data(),
                                              static_cast<int>(passphrase.size()), nullptr, nullptr) != 1) {
            throw std::runtime_error{"cannot write " + file.string()};
        }
    }

    /// Makes a server demand a certificate that this one has signed, as it has signed itself.
    void demand_from_clients(SSL_CTX* server) const {
        X509_STORE_add_cert(SSL_CTX_get_cert_store(server), certificate_.get());
        SSL_CTX_set_verify(server, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
        static constexpr unsigned char name[] = "tests";
        SSL_CTX_set_session_id_context(server, name, sizeof name);
    }

  private:
    void add_extension(int kind, const char* value) {
        X509V3_CTX context;
        X509V3_set_ctx(&context, certificate_.get(), certificate_.get(), nullptr, nullptr, 0);
        std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension{
            X509V3_EXT_conf_nid(nullptr, &context, kind, value), X509_EXTENSION_free};
        X509_add_ext(certificate_.get(), extension.get(), -1);
    }

    std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> key_;
    std::unique_ptr<X509, void (*)(X509*)> certificate_;
};

}  // namespace streamgauge::net::testing
