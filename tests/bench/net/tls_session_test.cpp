#include "bench/net/tls_session.h"

#include "tests/bench/net/test_certificate.h"

#include <gtest/gtest.h>

#include <array>

namespace streamgauge::net {
namespace {

using Status = TlsSession::Status;

/// The other end: an OpenSSL server over memory.
class Server {
  public:
    explicit Server(const testing::TestCertificate& certificate)
        : context_{certificate.server_context()}, ssl_{SSL_new(context_.get()), SSL_free} {
        SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_accept_state(ssl_.get());
    }

    /// Takes the client's bytes and gives the answer.
    std::string exchange(std::string_view bytes) {
        if (!bytes.empty()) BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
        std::array<char, 4096> plain{};
        int taken = 0;
        while ((taken = SSL_read(ssl_.get(), plain.data(), plain.size())) > 0)
            received.append(plain.data(), static_cast<std::size_t>(taken));
        return output();
    }
    std::string send(std::string_view bytes) {
        SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size()));
        return output();
    }
    std::string close() {
        SSL_shutdown(ssl_.get());
        return output();
    }

    std::string received;

  private:
    std::string output() {
        char* data = nullptr;
        const long size = BIO_get_mem_data(SSL_get_wbio(ssl_.get()), &data);
        std::string bytes(data, static_cast<std::size_t>(size));
        (void)BIO_reset(SSL_get_wbio(ssl_.get()));
        return bytes;
    }

    std::shared_ptr<SSL_CTX> context_;
    std::unique_ptr<SSL, void (*)(SSL*)> ssl_;
};

class Plaintext final : public PlaintextSink {
  public:
    void on_plaintext(std::string_view bytes) override { text += bytes; }
    std::string text;
};

class TlsSessionTest : public ::testing::Test {
  protected:
    TlsSessionTest() : server_{certificate_} {
        ca_file_ = ::testing::TempDir() + "streamgauge-ca-" + std::to_string(getpid()) + ".pem";
        certificate_.write_pem(ca_file_);
    }
    ~TlsSessionTest() override { std::filesystem::remove(ca_file_); }

    scenarios::TlsOptions trusting() const {
        scenarios::TlsOptions options;
        options.ca_file = ca_file_;
        return options;
    }

    Status shake_hands(TlsSession& session) {
        for (int i = 0; i < 10 && session.status() == Status::handshaking; ++i) {
            session.feed(server_.exchange(session.take_output()), scratch_, plain_);
        }
        // The server's session tickets follow its side of the handshake.
        session.feed(server_.exchange(session.take_output()), scratch_, plain_);
        return session.status();
    }

    testing::TestCertificate certificate_;
    Server server_;
    std::filesystem::path ca_file_;
    std::array<char, 16384> scratch_{};
    Plaintext plain_;
};

TEST_F(TlsSessionTest, CarriesBytesBothWays) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    ASSERT_EQ(shake_hands(session), Status::open) << session.failure();
    session.write("a request");
    server_.exchange(session.take_output());
    EXPECT_EQ(server_.received, "a request");
    session.feed(server_.send("an answer"), scratch_, plain_);
    EXPECT_EQ(plain_.text, "an answer");
}

TEST_F(TlsSessionTest, PlaintextComesWithTheReadThatCompletesItsRecord) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    ASSERT_EQ(shake_hands(session), Status::open);
    const std::string record = server_.send("token");
    for (std::size_t i = 0; i + 1 < record.size(); ++i) {
        session.feed(std::string_view{record}.substr(i, 1), scratch_, plain_);
        ASSERT_EQ(plain_.text, "");
    }
    session.feed(std::string_view{record}.substr(record.size() - 1), scratch_, plain_);
    EXPECT_EQ(plain_.text, "token");
}

TEST_F(TlsSessionTest, SeveralRecordsInOneReadAreAllDelivered) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    ASSERT_EQ(shake_hands(session), Status::open);
    const std::string much(40'000, 'x');
    std::string records = server_.send("a");
    records += server_.send(much);
    records += server_.send("b");
    session.feed(records, scratch_, plain_);
    EXPECT_TRUE(plain_.text == "a" + much + "b") << plain_.text.size();
}

TEST_F(TlsSessionTest, AnAddressIsVerifiedAsAnAddress) {
    const TlsContext context{trusting()};
    TlsSession session{context, "127.0.0.1"};
    EXPECT_EQ(shake_hands(session), Status::open) << session.failure();
}

TEST_F(TlsSessionTest, ACertificateForAnotherNameIsRefused) {
    const TlsContext context{trusting()};
    TlsSession session{context, "gateway.example"};
    EXPECT_EQ(shake_hands(session), Status::failed);
    EXPECT_NE(session.failure().find("`gateway.example` does not verify"), std::string::npos)
        << session.failure();
}

TEST_F(TlsSessionTest, AnUnknownIssuerIsRefusedWithTheWayOut) {
    const TlsContext context{scenarios::TlsOptions{}};
    TlsSession session{context, "localhost"};
    EXPECT_EQ(shake_hands(session), Status::failed);
    EXPECT_NE(session.failure().find("tls.ca_file"), std::string::npos) << session.failure();
}

TEST_F(TlsSessionTest, InsecureTakesAnyCertificate) {
    scenarios::TlsOptions options;
    options.insecure = true;
    const TlsContext context{options};
    TlsSession session{context, "gateway.example"};
    EXPECT_EQ(shake_hands(session), Status::open);
}

TEST_F(TlsSessionTest, AServerThatSpeaksNoTlsIsToldApart) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    EXPECT_EQ(session.feed("HTTP/1.1 400 Bad Request\r\n\r\n", scratch_, plain_), Status::failed);
    EXPECT_NE(session.failure().find("TLS with `localhost` failed"), std::string::npos) << session.failure();
}

TEST_F(TlsSessionTest, AnOrderlyEndIsNoFailure) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    ASSERT_EQ(shake_hands(session), Status::open);
    std::string records = server_.send("last");
    records += server_.close();
    EXPECT_EQ(session.feed(records, scratch_, plain_), Status::closed);
    EXPECT_EQ(plain_.text, "last");
}

}  // namespace
}  // namespace streamgauge::net
