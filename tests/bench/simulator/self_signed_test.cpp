#include "bench/simulator/self_signed.h"

#include "tests/bench/simulator/temporary_folder.h"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <stdexcept>

namespace streamgauge::simulator {
namespace {

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Certificate read_certificate(const std::string& path) {
    std::FILE* file = std::fopen(path.c_str(), "r");
    EXPECT_NE(file, nullptr);
    Certificate certificate{PEM_read_X509(file, nullptr, nullptr, nullptr), X509_free};
    std::fclose(file);
    return certificate;
}

TEST(SelfSigned, CertificateIsForLocalhostAndSignedByItsAuthority) {
    const TemporaryFolder folder;
    const auto files = write_self_signed(folder.path() + "/new");
    const auto authority = read_certificate(files.authority);
    const auto server = read_certificate(files.certificate);
    EXPECT_EQ(X509_check_host(server.get(), "localhost", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_ip_asc(server.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(server.get(), "::1", 0), 1);
    EXPECT_EQ(X509_check_host(server.get(), "example.com", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_verify(server.get(), X509_get0_pubkey(authority.get())), 1);
    EXPECT_EQ(X509_check_ca(authority.get()), 1);
    EXPECT_EQ(X509_check_ca(server.get()), 0);
}

TEST(SelfSigned, KeyIsForTheOwnerAlone) {
    const TemporaryFolder folder;
    const auto files = write_self_signed(folder.path());
    using std::filesystem::perms;
    EXPECT_EQ(std::filesystem::status(files.key).permissions(), perms::owner_read | perms::owner_write);
}

TEST(SelfSigned, EachCallMakesANewPair) {
    const TemporaryFolder folder;
    const auto text_of = [](const std::string& path) {
        std::ifstream file{path};
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    };
    const auto first = text_of(write_self_signed(folder.path()).certificate);
    EXPECT_NE(first, text_of(write_self_signed(folder.path()).certificate));
}

TEST(SelfSigned, SaysWhichFolderCannotBeUsed) {
    const TemporaryFolder folder;
    std::ofstream{folder.path() + "/file"} << "x";
    try {
        write_self_signed(folder.path() + "/file");
        FAIL() << "a file taken for a folder";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string{error.what()}.find("/file"), std::string::npos);
    }
}

}  // namespace
}  // namespace streamgauge::simulator
