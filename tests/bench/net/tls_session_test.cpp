#include "bench/net/tls_session.h"

#include "tests/bench/net/test_certificate.h"

#include <gmock/gmock.h>

#include <malloc.h>

#include <array>

namespace streamgauge::net {
namespace {

using ::testing::HasSubstr;
using Status = TlsSession::Status;

/// The other end: an OpenSSL server over memory.
class Server {
  public:
    explicit Server(std::shared_ptr<SSL_CTX> context)
        : context_{std::move(context)}, ssl_{SSL_new(context_.get()), SSL_free} {
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
    TlsSessionTest() : context_{certificate_.server_context()}, server_{context_} {
        const std::string stem = ::testing::TempDir() + "streamgauge-" + std::to_string(getpid());
        ca_file_ = stem + ".pem";
        key_file_ = stem + ".key";
        certificate_.write_pem(ca_file_);
        certificate_.write_key(key_file_);
    }
    ~TlsSessionTest() override {
        std::filesystem::remove(ca_file_);
        std::filesystem::remove(key_file_);
    }

    scenarios::TlsOptions trusting() const {
        scenarios::TlsOptions options;
        options.ca_file = ca_file_;
        return options;
    }

    Status shake_hands(TlsSession& session) { return shake_hands(session, server_); }
    Status shake_hands(TlsSession& session, Server& server) {
        for (int i = 0; i < 10 && session.status() == Status::handshaking; ++i) {
            session.feed(server.exchange(session.take_output()), scratch_, plain_);
        }
        // The server's session tickets, or its word on our certificate, follow its side of the handshake.
        session.feed(server.exchange(session.take_output()), scratch_, plain_);
        return session.status();
    }

    testing::TestCertificate certificate_;
    std::shared_ptr<SSL_CTX> context_;
    Server server_;
    std::filesystem::path ca_file_;
    std::filesystem::path key_file_;
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

/// What differs between the versions of TLS, tried with each.
class TlsVersionTest : public TlsSessionTest, public ::testing::WithParamInterface<int> {
  protected:
    TlsVersionTest() { SSL_CTX_set_max_proto_version(context_.get(), GetParam()); }

    /// Shakes hands with a server of its own, and gives back whether an earlier session was resumed.
    bool resumes(const TlsContext& context, TlsSessionStore* sessions) {
        Server server{context_};
        TlsSession session{context, "localhost", sessions};
        EXPECT_EQ(shake_hands(session, server), Status::open) << session.failure();
        session.write("a request");
        server.exchange(session.take_output());
        EXPECT_EQ(server.received, "a request");
        return session.resumed();
    }
};

TEST_P(TlsVersionTest, ResumesTheNewestSession) {
    auto options = trusting();
    options.session_reuse = true;
    const TlsContext context{options};
    TlsSessionStore sessions;
    EXPECT_FALSE(resumes(context, &sessions));
    ASSERT_NE(sessions.newest(), nullptr);
    for (int i = 0; i < 3; ++i)
        EXPECT_TRUE(resumes(context, &sessions));
}

/// Sanitizers count no heap, so there this tells nothing.
TEST_P(TlsVersionTest, KeepsNoBufferOfARecordForASessionTicket) {
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    while (session.status() == Status::handshaking)
        session.feed(server_.exchange(session.take_output()), scratch_, plain_);
    ASSERT_EQ(session.status(), Status::open) << session.failure();
    session.write("a request");
    const std::string tickets = server_.exchange(session.take_output());
    const auto before = mallinfo2().uordblks;
    session.feed(tickets, scratch_, plain_);
    EXPECT_LT(mallinfo2().uordblks, before + 8'192);
}

TEST_P(TlsVersionTest, WithoutAStoreEveryHandshakeIsAFullOne) {
    const TlsContext context{trusting()};
    EXPECT_FALSE(resumes(context, nullptr));
    EXPECT_FALSE(resumes(context, nullptr));
}

TEST_P(TlsVersionTest, AServerThatForgotTheSessionGetsAFullHandshake) {
    auto options = trusting();
    options.session_reuse = true;
    const TlsContext context{options};
    TlsSessionStore sessions;
    EXPECT_FALSE(resumes(context, &sessions));
    context_ = certificate_.server_context();
    EXPECT_FALSE(resumes(context, &sessions));
}

TEST_P(TlsVersionTest, ShowsItsCertificateToAServerThatDemandsOne) {
    certificate_.demand_from_clients(context_.get());
    auto options = trusting();
    options.cert_file = ca_file_;
    options.key_file = key_file_;
    const TlsContext context{options};
    EXPECT_FALSE(resumes(context, nullptr));
}

TEST_P(TlsVersionTest, WithoutOneSaysThatTheServerDemandsIt) {
    certificate_.demand_from_clients(context_.get());
    Server server{context_};
    const TlsContext context{trusting()};
    TlsSession session{context, "localhost"};
    EXPECT_EQ(shake_hands(session, server), Status::failed);
    EXPECT_THAT(session.failure(), HasSubstr("the server asks for a client certificate"));
    EXPECT_THAT(session.failure(), HasSubstr("`tls: { cert_file, key_file }`"));
}

TEST_P(TlsVersionTest, SaysThatTheServerRefusesItsCertificate) {
    const testing::TestCertificate another;
    another.demand_from_clients(context_.get());
    Server server{context_};
    auto options = trusting();
    options.cert_file = ca_file_;
    options.key_file = key_file_;
    const TlsContext context{options};
    TlsSession session{context, "localhost"};
    EXPECT_EQ(shake_hands(session, server), Status::failed);
    EXPECT_THAT(session.failure(), HasSubstr("the server refuses the certificate in `tls.cert_file`"));
}

INSTANTIATE_TEST_SUITE_P(All, TlsVersionTest, ::testing::Values(TLS1_2_VERSION, TLS1_3_VERSION),
                         [](const auto& version) {
                             return version.param == TLS1_2_VERSION ? "Tls12" : "Tls13";
                         });

}  // namespace
}  // namespace streamgauge::net
