#include "bench/simulator/tls_session.h"

#include "bench/simulator/self_signed.h"
#include "tests/bench/simulator/temporary_folder.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <stdexcept>

namespace streamgauge::simulator {
namespace {

/// A client's side of TLS in memory.
class MemoryClient {
  public:
    MemoryClient()
        : context_{SSL_CTX_new(TLS_client_method()), SSL_CTX_free},
          session_{SSL_new(context_.get()), SSL_free} {
        SSL_set_bio(session_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(session_.get());
        BIO_set_mem_eof_return(SSL_get_rbio(session_.get()), -1);
    }

    void shake_hands() { SSL_do_handshake(session_.get()); }
    bool established() const { return SSL_is_init_finished(session_.get()) == 1; }
    void write(const std::string& text) {
        SSL_write(session_.get(), text.data(), static_cast<int>(text.size()));
    }
    void close() { SSL_shutdown(session_.get()); }

    std::string outgoing() {
        std::string bytes(static_cast<std::size_t>(BIO_pending(SSL_get_wbio(session_.get()))), '\0');
        BIO_read(SSL_get_wbio(session_.get()), bytes.data(), static_cast<int>(bytes.size()));
        return bytes;
    }
    void incoming(const std::string& bytes) {
        BIO_write(SSL_get_rbio(session_.get()), bytes.data(), static_cast<int>(bytes.size()));
    }
    std::string read() {
        std::string text(1 << 16, '\0');
        const int size = SSL_read(session_.get(), text.data(), static_cast<int>(text.size()));
        text.resize(static_cast<std::size_t>(std::max(size, 0)));
        return text;
    }

  private:
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
    std::unique_ptr<SSL, decltype(&SSL_free)> session_;
};

class Tls : public testing::Test {
  protected:
    Tls()
        : files_{write_self_signed(folder_.path())},
          context_{files_.certificate, files_.key},
          server_{context_} {}

    void establish() {
        std::string plain;
        for (int flight = 0; flight < 4; ++flight) {
            client_.shake_hands();
            std::string reply;
            ASSERT_TRUE(server_.receive(client_.outgoing(), plain, reply));
            client_.incoming(reply);
        }
        ASSERT_TRUE(client_.established());
    }

    TemporaryFolder folder_;
    CertificateFiles files_;
    TlsContext context_;
    TlsSession server_;
    MemoryClient client_;
};

TEST_F(Tls, CarriesTextBothWays) {
    establish();
    client_.write("request");
    std::string plain;
    std::string out;
    EXPECT_TRUE(server_.receive(client_.outgoing(), plain, out));
    EXPECT_EQ(plain, "request");
    EXPECT_TRUE(server_.send("answer", out));
    client_.incoming(out);
    std::string answer;
    while (answer.size() < 6) {
        const auto piece = client_.read();
        ASSERT_FALSE(piece.empty());
        answer += piece;
    }
    EXPECT_EQ(answer, "answer");
}

TEST_F(Tls, NothingCanBeSentBeforeTheHandshake) {
    std::string out;
    EXPECT_FALSE(server_.send("answer", out));
}

TEST_F(Tls, GarbageEndsTheSession) {
    std::string plain;
    std::string out;
    EXPECT_FALSE(server_.receive("GET / HTTP/1.1\r\n\r\n", plain, out));
    EXPECT_TRUE(plain.empty());
}

TEST_F(Tls, TheClientsGoodbyeEndsTheSession) {
    establish();
    client_.close();
    std::string plain;
    std::string out;
    EXPECT_FALSE(server_.receive(client_.outgoing(), plain, out));
}

TEST_F(Tls, FilesThatCannotBeUsedAreNamed) {
    try {
        const TlsContext context{"no-such-certificate.pem", files_.key};
        FAIL();
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string{error.what()}.find("no-such-certificate.pem"), std::string::npos);
    }
    EXPECT_THROW((TlsContext{files_.certificate, files_.authority}), std::runtime_error);
}

}  // namespace
}  // namespace streamgauge::simulator
