#pragma once

#include "bench/simulator/answer.h"
#include "bench/simulator/event_source.h"
#include "bench/simulator/response_writer.h"

#include <cstddef>
#include <string>

namespace streamgauge::simulator {

/// An answer as a stream of events: the events of an EventSource put through a ResponseWriter, with pings
/// between them and the faults that strike in mid-stream.
class StreamAnswer final : public Answer {
  public:
    StreamAnswer(const ServedRequest& request, const HttpFacts& http);

    Instant next_due() const override;
    AnswerStep advance(Instant now, WriteBatch& batch) override;
    bool is_stream() const override { return true; }
    bool byte_by_byte() const override { return behaviour_.fault == Fault::dribble; }

  private:
    Instant next_event_due() const;
    AnswerStep start(Instant now, WriteBatch& batch);
    AnswerStep next_event(Instant now, WriteBatch& batch);
    AnswerStep end(Instant now, WriteBatch& batch, AnswerStep step);
    bool fault_due() const;
    bool strike(Instant now, WriteBatch& batch, AnswerStep& step);
    void ping(Instant now, WriteBatch& batch);
    void cut_inside_character(Instant now, WriteBatch& batch);

    Behaviour behaviour_;
    EventSource source_;
    ResponseWriter writer_;
    bool keep_alive_;
    bool started_ = false;
    bool struck_ = false;  ///< the fault has had its moment
    bool silent_ = false;  ///< stalled: no more events
    Instant received_;
    Instant next_ping_ = never;
    std::string tail_;  ///< what follows a write that was cut inside a character
    Instant tail_due_ = never;
    std::string text_;
};

}  // namespace streamgauge::simulator
