#pragma once

#include "bench/api/api_dialect.h"
#include "bench/net/stamped_socket.h"
#include "bench/net/stream_deadline.h"
#include "bench/wire/content_decoder.h"
#include "bench/wire/event_decoder.h"
#include "bench/wire/http1_response_decoder.h"
#include "report/model/stream_timeline.h"

#include <boost/system/error_code.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace streamgauge::net {

/// Turns the bytes of one response, read by read, into a StreamTimeline: HTTP -> content coding -> events ->
/// what the dialect says they mean. No I/O and no clock: every moment comes with the bytes.
class StreamRecorder final : private wire::ResponseSink, private wire::ByteSink, private wire::EventSink {
  public:
    /// Events beyond this many end a stream as malformed, so that no server decides how much memory it takes.
    static constexpr std::size_t most_token_events = std::size_t{1} << 20;

    explicit StreamRecorder(const scenarios::Timeouts& timeouts) : timeouts_{timeouts} {}

    /// Starts on the response to the request of `timeline`, whose `sent` is set. Both live until the stream
    /// is over.
    void begin(report::StreamTimeline& timeline, api::ApiDialect& dialect);

    /// The write that carried the request's last byte began at `when`.
    void on_sent(Moment when) { progress_.sent = when; }
    /// Bytes of the connection, decrypted. Returns how many belong to this response.
    std::size_t feed(std::string_view bytes, const ReadStamp& stamp);
    /// The server closed its side, or the connection broke (`error` set).
    void on_closed(boost::system::error_code error, Moment when);
    /// The deadline passed.
    void on_deadline(Moment when);
    /// Ends the stream from our side as `outcome`.
    void end(report::Outcome outcome, std::string detail, Moment when);

    /// The stream is over; its outcome stands in the timeline.
    bool over() const { return over_; }
    /// The connection can carry another request.
    bool reusable() const { return over_ && response_.done() && keep_alive_ && !gave_up_; }
    /// Nothing of an answer has arrived.
    bool untouched() const { return timeline_->wire_bytes == 0; }

    /// Asks for the memory outside this object that the next feed() of one event will touch.
    void prefetch_contents() const;

    StreamDeadline deadline() const { return next_deadline(timeouts_, progress_); }
    /// True once after the deadline may have moved earlier.
    bool take_deadline_change();

  private:
    void on_header(const wire::ResponseHeader& header) override;
    void on_chunk(std::uint32_t size) override;
    void on_body(std::string_view bytes) override;
    void on_bytes(std::string_view bytes) override;
    void on_event(const wire::StreamEvent& event) override;
    void on_comment(std::string_view text) override;

    void open_stream(const wire::ResponseHeader& header);
    void begin_read(const ReadStamp& stamp);
    void finish_read(std::size_t body_wire_bytes);
    void note_token(const wire::StreamEvent& event, const api::EventMeaning& meaning);
    void note_meaning(const api::EventMeaning& meaning);
    /// The outcome the stream will have when the response ends; the first to be settled stands.
    void settle(report::Outcome outcome, std::string detail);
    void conclude(Moment when);
    void describe_error_status();

    scenarios::Timeouts timeouts_;
    report::StreamTimeline* timeline_ = nullptr;
    api::ApiDialect* dialect_ = nullptr;

    wire::Http1ResponseDecoder response_;
    std::unique_ptr<wire::ContentDecoder> content_;
    std::unique_ptr<wire::EventDecoder> events_;
    std::string error_body_;  ///< the first bytes of an answer that is not a stream

    StreamProgress progress_;
    ReadStamp read_stamp_{};
    bool read_has_body_ = false;
    bool settled_ = false;
    bool over_ = false;
    bool gave_up_ = false;
    bool keep_alive_ = false;
    bool deadline_changed_ = false;
    boost::system::error_code decode_error_;
};

}  // namespace streamgauge::net
