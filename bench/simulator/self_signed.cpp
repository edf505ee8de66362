#include "bench/simulator/self_signed.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <system_error>

namespace streamgauge::simulator {

namespace {

template <auto Function>
struct Free {
    template <class Handle>
    void operator()(Handle* handle) const {
        Function(handle);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using File = std::unique_ptr<std::FILE, Free<std::fclose>>;

void require(bool condition) {
    if (!condition) throw std::runtime_error{"OpenSSL cannot make a certificate."};
}

Key make_key() {
    Key key{EVP_EC_gen("P-256")};
    require(key != nullptr);
    return key;
}

void add_extension(X509* certificate, X509* issuer, int kind, const char* value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value);
    require(extension != nullptr);
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}

/// A certificate with name, serial number, key and dates, not yet signed.
Certificate make_certificate(const char* common_name, EVP_PKEY* key) {
    Certificate certificate{X509_new()};
    require(certificate != nullptr);
    std::uint32_t serial = 0;
    RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), serial | 1u);
    constexpr long one_day = 24 * 3600;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -one_day);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 30 * one_day);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common_name), -1, -1, 0);
    return certificate;
}

void sign(X509* certificate, X509* issuer, EVP_PKEY* issuer_key) {
    X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
    require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
}

File create(const std::string& path, mode_t mode) {
    ::unlink(path.c_str());
    const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
    if (descriptor < 0) {
        throw std::runtime_error{"Cannot write " + path + ": " + std::generic_category().message(errno) +
                                 "."};
    }
    return File{::fdopen(descriptor, "w")};
}

void write_certificate(const std::string& path, X509* certificate) {
    const File file = create(path, 0644);
    require(PEM_write_X509(file.get(), certificate) == 1);
}

}  // namespace

CertificateFiles write_self_signed(const std::string& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error) throw std::runtime_error{"Cannot create the folder " + folder + ": " + error.message() + "."};
    CertificateFiles files{folder + "/ca.pem", folder + "/server.pem", folder + "/server.key"};

    const Key authority_key = make_key();
    const Certificate authority = make_certificate("streamgauge throw-away CA", authority_key.get());
    add_extension(authority.get(), authority.get(), NID_basic_constraints, "critical,CA:TRUE");
    add_extension(authority.get(), authority.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(authority.get(), authority.get(), NID_subject_key_identifier, "hash");
    sign(authority.get(), authority.get(), authority_key.get());

    const Key server_key = make_key();
    const Certificate server = make_certificate("localhost", server_key.get());
    add_extension(server.get(), authority.get(), NID_basic_constraints, "critical,CA:FALSE");
    add_extension(server.get(), authority.get(), NID_ext_key_usage, "serverAuth");
    add_extension(server.get(), authority.get(), NID_authority_key_identifier, "keyid");
    add_extension(server.get(), authority.get(), NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:::1");
    sign(server.get(), authority.get(), authority_key.get());

    write_certificate(files.authority, authority.get());
    write_certificate(files.certificate, server.get());
    const File key_file = create(files.key, 0600);
    require(PEM_write_PrivateKey(key_file.get(), server_key.get(), nullptr, nullptr, 0, nullptr, nullptr) ==
            1);
    return files;
}

}  // namespace streamgauge::simulator
