#include "bench/net/tls_context.h"

#include "tests/bench/net/test_certificate.h"

#include <gtest/gtest.h>

#include <fstream>

namespace streamgauge::net {
namespace {

std::filesystem::path temporary_file(const std::string& name) {
    return ::testing::TempDir() + "streamgauge-" + name + "-" + std::to_string(getpid());
}

void expect_refused(const std::filesystem::path& file) {
    scenarios::TlsOptions options;
    options.ca_file = file;
    try {
        const TlsContext context{options};
        FAIL() << file << " was accepted";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string{error.what()}.find(file.string()), std::string::npos) << error.what();
    }
}

TEST(TlsContext, VerifiesUnlessToldNotTo) {
    EXPECT_TRUE(TlsContext{scenarios::TlsOptions{}}.verifies());
    scenarios::TlsOptions options;
    options.insecure = true;
    EXPECT_FALSE(TlsContext{options}.verifies());
}

TEST(TlsContext, TakesACaFile) {
    const auto file = temporary_file("ca.pem");
    testing::TestCertificate{}.write_pem(file);
    scenarios::TlsOptions options;
    options.ca_file = file;
    EXPECT_NE(TlsContext{options}.native(), nullptr);
    std::filesystem::remove(file);
}

TEST(TlsContext, NamesACaFileThatIsMissing) {
    expect_refused("/nowhere/ca.pem");
}

TEST(TlsContext, NamesACaFileThatHoldsNoCertificate) {
    const auto file = temporary_file("no.pem");
    std::ofstream{file} << "not a certificate\n";
    expect_refused(file);
    std::filesystem::remove(file);
}

/// A certificate and its key as files, for as long as this lives.
class CertificateFiles {
  public:
    explicit CertificateFiles(const std::string& passphrase = {}) {
        certificate_.write_pem(options.cert_file = temporary_file("own.pem"));
        certificate_.write_key(options.key_file = temporary_file("own.key"), passphrase);
    }
    ~CertificateFiles() {
        std::filesystem::remove(options.cert_file);
        std::filesystem::remove(options.key_file);
    }
    CertificateFiles(const CertificateFiles&) = delete;
    CertificateFiles& operator=(const CertificateFiles&) = delete;

    scenarios::TlsOptions options;

  private:
    testing::TestCertificate certificate_;
};

std::string refusal(const scenarios::TlsOptions& options) {
    try {
        const TlsContext context{options};
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "accepted";
}

TEST(TlsContext, TakesACertificateOfOurOwn) {
    EXPECT_FALSE(TlsContext{scenarios::TlsOptions{}}.has_certificate());
    const CertificateFiles files;
    EXPECT_TRUE(TlsContext{files.options}.has_certificate());
}

TEST(TlsContext, AnEncryptedKeyIsNotAskedFor) {
    const CertificateFiles files{"a passphrase"};
    EXPECT_EQ(refusal(files.options),
              "the key in `" + files.options.key_file.string() +
                  "` is encrypted; tls.key_file wants one without a passphrase (`openssl pkey -in KEY -out "
                  "PLAIN_KEY` writes it)");
}

TEST(TlsContext, NamesAKeyOfAnotherCertificate) {
    const CertificateFiles files;
    testing::TestCertificate{}.write_key(files.options.key_file);
    EXPECT_EQ(refusal(files.options),
              "the key in `" + files.options.key_file.string() + "` does not belong to the certificate in `" +
                  files.options.cert_file.string() + "`; name the pair in tls.cert_file and tls.key_file");
}

TEST(TlsContext, NamesFilesThatHoldNeitherKeyNorCertificate) {
    const CertificateFiles files;
    scenarios::TlsOptions swapped = files.options;
    std::swap(swapped.cert_file, swapped.key_file);
    EXPECT_EQ(refusal(swapped), "cannot read a certificate from `" + swapped.cert_file.string() +
                                    "`; tls.cert_file wants a file in PEM form");
    scenarios::TlsOptions twice = files.options;
    twice.key_file = twice.cert_file;
    EXPECT_EQ(refusal(twice), "cannot read a private key from `" + twice.key_file.string() +
                                  "`; tls.key_file wants a file in PEM form");
}

}  // namespace
}  // namespace streamgauge::net
