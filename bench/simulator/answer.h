#pragma once

#include "bench/simulator/clock.h"
#include "bench/simulator/event_source.h"
#include "bench/simulator/write_batch.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace streamgauge::simulator {

/// What becomes of the connection after a step of an answer.
enum class Ending {
    none,        ///< the answer goes on
    keep_alive,  ///< done; the next request may come
    close,       ///< done; close in good order
    reset,       ///< close with a TCP RST
};

/// What one step of an answer did.
struct AnswerStep {
    Ending ending = Ending::none;
    bool token = false;  ///< a token event went out
    Instant due{};       ///< when the step was due
};

/// One answer on its way: says when it wants to act next and, asked at that time, which bytes to write. No
/// I/O, no clock.
class Answer {
  public:
    virtual ~Answer() = default;

    /// When to call advance() next; never for an answer that only waits for the client to go.
    virtual Instant next_due() const = 0;

    /// Does the next thing due. `now` is read just before the write and goes into stamps. What is to be
    /// written is appended to `batch`.
    virtual AnswerStep advance(Instant now, WriteBatch& batch) = 0;

    /// Whether this is a stream of events that counts in the statistics.
    virtual bool is_stream() const { return false; }
    /// Whether every byte is to be written on its own.
    virtual bool byte_by_byte() const { return false; }
};

/// Request fields of HTTP that bear on the answer.
struct HttpFacts {
    bool keep_alive = true;
    bool http11 = true;           ///< an HTTP/1.0 client cannot read chunks
    std::string accept_encoding;  ///< field value; empty: identity
    std::string authorization;
    std::string date;  ///< for the answer's Date field
};

/// An ordinary answer with a Content-Length.
struct FixedResponse {
    unsigned status = 200;
    std::string_view content_type = "application/json";
    std::string extra_fields;  ///< further header lines, each ended by CRLF
    std::string body;
};

/// The bytes of an ordinary answer.
std::string render(const FixedResponse& response, const HttpFacts& http);

/// An ordinary answer, written at `due`.
std::unique_ptr<Answer> fixed_answer(const FixedResponse& response, const HttpFacts& http, Instant due);

/// The answer to a request of one of the three APIs, with all that its behaviour asks for.
std::unique_ptr<Answer> make_answer(const ServedRequest& request, const HttpFacts& http);

/// What is wrong with the combination of options, as a sentence; empty if nothing is.
std::string check_limits(const ServedRequest& request);

}  // namespace streamgauge::simulator
