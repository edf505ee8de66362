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

}  // namespace
}  // namespace streamgauge::net
