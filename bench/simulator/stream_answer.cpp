#include "bench/simulator/stream_answer.h"

#include "bench/simulator/http_request_reader.h"

#include <algorithm>
#include <optional>

namespace streamgauge::simulator {

namespace {

constexpr std::chrono::milliseconds tail_delay{1};

Encoding encoding_for(const Behaviour& behaviour, const HttpFacts& http) {
    if (behaviour.fault == Fault::corrupt_gzip) return Encoding::gzip;
    if (behaviour.encoding == Encoding::identity) return Encoding::identity;
    const bool accepted = accepts_coding(http.accept_encoding, encoding_name(behaviour.encoding));
    return accepted ? behaviour.encoding : Encoding::identity;
}

Framing framing_for(const Behaviour& behaviour, const HttpFacts& http) {
    if (behaviour.framing == Framing::length) return Framing::length;
    if (behaviour.http10 || !http.http11) return Framing::close;
    return behaviour.fault == Fault::bad_chunk ? Framing::chunked : behaviour.framing;
}

ResponseStyle style_for(const Behaviour& behaviour, const HttpFacts& http, std::optional<bool> cache_hit) {
    ResponseStyle style;
    style.encoding = encoding_for(behaviour, http);
    style.compress_held = behaviour.compress_held;
    style.framing = framing_for(behaviour, http);
    style.http10 = behaviour.http10;
    style.keep_alive = http.keep_alive && style.framing != Framing::close;
    style.buffering = {behaviour.buffering, behaviour.block_size, behaviour.flush_period,
                       behaviour.token_window};
    if (style.framing == Framing::length) style.buffering.mode = Buffering::full;
    style.layer = behaviour.buffering_layer;
    style.cache_hit = cache_hit;
    style.date = http.date;
    return style;
}

/// Where to cut `bytes` so that the cut lies inside the last character of several bytes; 0 if there is none.
std::size_t cut_position(std::string_view bytes) {
    for (std::size_t position = bytes.size(); position > 0; --position) {
        if ((static_cast<unsigned char>(bytes[position - 1]) & 0xC0) == 0xC0) return position;
    }
    return 0;
}

}  // namespace

StreamAnswer::StreamAnswer(const ServedRequest& request, const HttpFacts& http)
    : behaviour_{request.behaviour},
      source_{request},
      writer_{style_for(request.behaviour, http, source_.cache_hit())},
      keep_alive_{style_for(request.behaviour, http, source_.cache_hit()).keep_alive},
      received_{request.received} {
    if (behaviour_.ping.count() > 0) next_ping_ = received_ + behaviour_.ping;
}

Instant StreamAnswer::next_due() const {
    if (!started_) return received_;
    if (!tail_.empty()) return tail_due_;
    return std::min({next_event_due(), next_ping_, writer_.flush_due()});
}

Instant StreamAnswer::next_event_due() const {
    return silent_ ? never : source_.next_due();
}

AnswerStep StreamAnswer::advance(Instant now, WriteBatch& batch) {
    if (!started_) return start(now, batch);
    if (!tail_.empty()) {
        batch.bytes.append(tail_);
        batch.end_write();
        tail_.clear();
        return {Ending::none, false, tail_due_};
    }
    if (const Instant due = writer_.flush_due(); due <= std::min(next_event_due(), next_ping_)) {
        writer_.flush(batch);
        return {Ending::none, false, due};
    }
    if (next_ping_ >= next_event_due()) return next_event(now, batch);
    const AnswerStep step{Ending::none, false, next_ping_};
    ping(now, batch);
    next_ping_ = std::max(next_ping_ + behaviour_.ping, now);
    return step;
}

/// The header and the events that come at once are one write, as servers do it.
AnswerStep StreamAnswer::start(Instant now, WriteBatch& batch) {
    started_ = true;
    writer_.start(batch);
    if (behaviour_.bom) writer_.write("\xEF\xBB\xBF", now, batch);
    text_.clear();
    while (source_.structural_next() && source_.next_due() <= received_)
        source_.emit(now, text_);
    if (!text_.empty()) writer_.write(text_, now, batch);
    if (behaviour_.buffering == Buffering::none) batch.join();
    return {Ending::none, false, received_};
}

void StreamAnswer::ping(Instant now, WriteBatch& batch) {
    text_.clear();
    source_.emit_ping(text_);
    writer_.write(text_, now, batch);
}

AnswerStep StreamAnswer::next_event(Instant now, WriteBatch& batch) {
    AnswerStep step{Ending::none, false, source_.next_due()};
    if (fault_due()) {
        struck_ = true;
        if (strike(now, batch, step)) return step;
    }
    text_.clear();
    step.token = source_.emit(now, text_);
    writer_.write(text_, now, batch);
    if (step.token) writer_.token_written(batch);
    if (step.token && behaviour_.fault == Fault::split_utf8) cut_inside_character(now, batch);
    if (source_.done() && !source_.structural_next()) return end(now, batch, step);
    return step;
}

AnswerStep StreamAnswer::end(Instant now, WriteBatch& batch, AnswerStep step) {
    writer_.finish(now, batch);
    step.ending = keep_alive_ ? Ending::keep_alive : Ending::close;
    return step;
}

bool StreamAnswer::fault_due() const {
    if (struck_ || source_.structural_next()) return false;
    return source_.token_index() == behaviour_.at || !source_.tokens_left();
}

/// Does what the fault does at its moment. True if that took the place of the event that is due.
bool StreamAnswer::strike(Instant now, WriteBatch& batch, AnswerStep& step) {
    text_.clear();
    switch (behaviour_.fault) {
        case Fault::reset:
            step.ending = Ending::reset;
            return true;
        case Fault::truncate:
            step = end(now, batch, step);
            return true;
        case Fault::error_event:
            source_.emit_error("The simulated server gave up.", text_);
            writer_.write(text_, now, batch);
            step = end(now, batch, step);
            return true;
        case Fault::stall:
            silent_ = true;
            return true;
        case Fault::malformed_json:
            if (!source_.tokens_left()) return false;
            source_.emit_malformed(now, text_);
            writer_.write(text_, now, batch);
            return true;
        case Fault::bad_chunk:
            writer_.write_raw("no-hex\r\ndata: lost\n\n\r\n", batch);
            step.ending = Ending::close;
            return true;
        case Fault::corrupt_gzip:
            writer_.corrupt_encoding();
            return false;
        default:
            return false;
    }
}

/// Keeps back what follows the first byte of the last multi-byte character of the batch.
void StreamAnswer::cut_inside_character(Instant now, WriteBatch& batch) {
    const std::size_t cut = writer_.encodes() ? 0 : cut_position(batch.bytes);
    if (cut == 0) return;
    tail_ = batch.bytes.substr(cut);
    tail_due_ = now + tail_delay;
    batch.bytes.resize(cut);
    std::erase_if(batch.ends, [cut](std::size_t end) { return end > cut; });
    batch.end_write();
}

}  // namespace streamgauge::simulator
