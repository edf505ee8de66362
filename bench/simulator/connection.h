#pragma once

#include "bench/simulator/answer.h"
#include "bench/simulator/clock.h"
#include "bench/simulator/http_request_reader.h"
#include "bench/simulator/tls_session.h"
#include "bench/simulator/write_batch.h"

#include <boost/asio/ip/tcp.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

class Worker;

/// One connection of a client: reads requests, runs their answers one after the other. Lives on the thread of
/// its worker.
class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(boost::asio::ip::tcp::socket socket, Worker& worker, std::uint32_t slot,
               std::uint32_t generation);

    /// Begins to read.
    void start();

    /// Does one thing that is due: an event of the answer, or the end of the wait for the client to close.
    /// Gives when to be called again; never if not by the clock.
    Instant act();

    /// Closes at once, without ceremony.
    void abandon();

    std::uint32_t generation() const { return generation_; }

  private:
    enum class State { serving, closing, closed };

    void wait_readable();
    void wait_writable();
    void on_readable();
    void on_writable();
    ssize_t receive();
    void take_bytes(std::string_view bytes);
    void read_request();
    void begin(std::unique_ptr<Answer> answer);
    void count(const AnswerStep& step, Instant now);
    void conclude(Ending ending);
    void end_answer();
    void write(const WriteBatch& batch, bool byte_by_byte);
    void write_piece(std::string_view piece);
    void send_bytes(std::string_view bytes);
    void close_in_order();
    void shut_sending_side();
    void reset();

    boost::asio::ip::tcp::socket socket_;
    Worker& worker_;
    std::uint32_t slot_;
    std::uint32_t generation_;
    State state_ = State::serving;
    bool reading_ = false;    ///< a wait for the socket to be readable is under way
    bool scheduled_ = false;  ///< has an entry in the timer queue
    std::unique_ptr<Answer> answer_;
    HttpRequestReader reader_;
    std::unique_ptr<TlsSession> tls_;
    std::string input_;    ///< read and not yet used
    std::string backlog_;  ///< what the socket did not take
    std::size_t backlog_sent_ = 0;
    Instant received_{};    ///< kernel arrival of the last bytes read
    Instant held_until_{};  ///< until then the client did not read
    Instant close_deadline_ = never;
};

}  // namespace streamgauge::simulator
