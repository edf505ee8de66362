#include "bench/simulator/event_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace streamgauge::simulator {

namespace {

constexpr std::uint64_t default_tokens = 100;
constexpr std::uint64_t compact_below_bytes = 160;

bool with_usage(const CompletionRequest& completion, Switch wanted) {
    if (wanted != Switch::automatic) return wanted == Switch::on;
    return completion.api == Api::messages || completion.include_usage;
}

}  // namespace

EventSource::EventSource(const ServedRequest& request)
    : behaviour_{request.behaviour},
      sse_{behaviour_},
      gap_random_{random_for(behaviour_.seed, request.number, Purpose::gap)},
      words_{random_for(behaviour_.seed, request.number, Purpose::words),
             behaviour_.fault == Fault::split_utf8},
      received_{request.received},
      padding_seed_{random_for(behaviour_.seed, request.number, Purpose::padding).next()} {
    plan_counts(request);
    const bool role_first = behaviour_.role_first != Switch::off;
    dialect_ =
        make_dialect(request.completion.api,
                     {.number = request.number,
                      .created_unix_s = request.received_unix_s,
                      .model = request.completion.model,
                      .with_usage = with_usage(request.completion, behaviour_.usage),
                      .role_in_first_token = !role_first,
                      .compact = behaviour_.event_size > 0 &&
                                 behaviour_.event_size<compact_below_bytes, .refusal = behaviour_.refusal,
                                                       .has_tool_call = behaviour_.tool_call> 0,
                      .counts = counts_});
    if (behaviour_.cache_hits) {
        Random cache = random_for(behaviour_.seed, request.number, Purpose::cache);
        cache_hit_ = cache.uniform() < *behaviour_.cache_hits;
    }
    const auto& ttft = cache_hit_.value_or(false) ? behaviour_.hit_ttft : behaviour_.ttft;
    Random first_token = random_for(behaviour_.seed, request.number, Purpose::first_token);
    Random finish = random_for(behaviour_.seed, request.number, Purpose::finish);
    token_due_ = received_ + ttft.sample(first_token);
    late_finish_ = behaviour_.late_finish.sample(finish);
    queue_structural(dialect_->opening(), role_first ? received_ : token_due_);
    if (token_events_ == 0) stage_ = Stage::finish;
}

void EventSource::plan_counts(const ServedRequest& request) {
    tokens_ = behaviour_.tokens.value_or(request.completion.max_tokens.value_or(default_tokens));
    const std::uint64_t per_event = behaviour_.tokens_per_event;
    answer_events_ = (tokens_ + per_event - 1) / per_event;
    token_events_ = answer_events_ + behaviour_.tool_call;
    counts_.input = request.completion.input_tokens;
    counts_.output = tokens_ + behaviour_.tool_call;
    counts_.reasoning = std::min(std::min(behaviour_.reasoning, answer_events_) * per_event, tokens_);
}

Instant EventSource::next_due() const {
    if (structural_next()) return structural_due_;
    switch (stage_) {
        case Stage::tokens:
            return token_due_;
        case Stage::finish:
            return token_due_ + late_finish_;
        case Stage::done:
            break;
    }
    return never;
}

Text EventSource::kind_of(std::uint64_t index) const {
    if (index >= answer_events_) return Text::tool_call;
    if (index < behaviour_.reasoning) return Text::reasoning;
    return behaviour_.refusal ? Text::refusal : Text::answer;
}

void EventSource::queue_structural(std::vector<NamedEvent> events, Instant due) {
    structural_ = std::move(events);
    next_structural_ = 0;
    structural_due_ = due;
}

bool EventSource::emit(Instant now, std::string& out) {
    if (!structural_next() && stage_ == Stage::tokens && kind_of(token_index_) != open_block_) {
        const Text kind = kind_of(token_index_);
        queue_structural(dialect_->between(open_block_, kind), token_due_);
        open_block_ = kind;
    }
    if (!structural_next() && stage_ == Stage::finish) begin_finish();
    if (structural_next()) {
        const NamedEvent& event = structural_[next_structural_++];
        sse_.event(out, event.name, event.data);
        return false;
    }
    if (stage_ != Stage::tokens) return false;
    append_token_event(now, out);
    advance_token();
    return true;
}

void EventSource::begin_finish() {
    auto events = dialect_->closing(open_block_);
    if (behaviour_.fault != Fault::no_end_mark) events.push_back(dialect_->end_mark());
    queue_structural(std::move(events), token_due_ + late_finish_);
    stage_ = Stage::done;
}

void EventSource::advance_token() {
    ++token_index_;
    if (tokens_left()) {
        token_due_ += behaviour_.itl.sample(gap_random_);
        return;
    }
    stage_ = Stage::finish;
}

void EventSource::append_tool_piece(std::uint64_t index, std::string& text) {
    if (index == answer_events_) text += R"({\"text\":\")";
    words_.append(text);
    if (index + 1 == token_events_) text += R"(\"})";
}

void EventSource::append_text(std::uint64_t index, std::string& text) {
    if (index >= answer_events_) return append_tool_piece(index, text);
    const std::uint64_t before = index * behaviour_.tokens_per_event;
    const std::uint64_t count = std::min(behaviour_.tokens_per_event, tokens_ - before);
    for (std::uint64_t token = 0; token < count; ++token)
        words_.append(text);
}

void EventSource::append_stamp(Instant now, std::string& out) const {
    fmt::format_to(std::back_inserter(out), R"(,"streamgauge":{{"sent_ns":{},"received_ns":{},"index":{}}})",
                   monotonic_ns(now), monotonic_ns(received_), token_index_);
}

void EventSource::append_token_event(Instant now, std::string& out) {
    const std::size_t start = out.size();
    text_.clear();
    append_text(token_index_, text_);
    sse_.begin(out, dialect_->token_name());
    dialect_->token(out, kind_of(token_index_), text_);
    if (behaviour_.stamps) append_stamp(now, out);
    constexpr std::string_view padding_member = R"(,"obfuscation":"")";
    const std::size_t size = out.size() - start + 1 + 2 * sse_.line_end().size() + padding_member.size();
    if (size < behaviour_.event_size) {
        out.append(padding_member.substr(0, padding_member.size() - 1));
        append_padding(out, padding_seed_ + token_index_, behaviour_.event_size - size);
        out += '"';
    }
    out += '}';
    sse_.end(out);
}

void EventSource::emit_malformed(Instant now, std::string& out) {
    std::string event;
    append_token_event(now, event);
    event.resize(event.size() / 2);
    out.append(event);
    sse_.end(out);
    advance_token();
}

void EventSource::emit_error(std::string_view message, std::string& out) const {
    const NamedEvent event = dialect_->error(message);
    sse_.event(out, event.name, event.data);
}

void EventSource::emit_ping(std::string& out) const {
    const NamedEvent event = dialect_->ping();
    if (event.data.empty()) {
        sse_.comment(out, "ping");
    } else {
        sse_.event(out, event.name, event.data);
    }
}

Instant EventSource::whole_due() {
    Instant due = token_due_;
    for (std::uint64_t gap = 1; gap < token_events_; ++gap)
        due += behaviour_.itl.sample(gap_random_);
    return due;
}

std::string EventSource::whole_answer() {
    WholeAnswer whole;
    for (std::uint64_t index = 0; index < answer_events_; ++index) {
        const Text kind = kind_of(index);
        append_text(index, kind == Text::reasoning ? whole.reasoning
                           : kind == Text::refusal ? whole.refusal
                                                   : whole.answer);
    }
    if (behaviour_.tool_call > 0) {
        whole.tool_arguments = R"({"text":")";
        for (std::uint64_t piece = 0; piece < behaviour_.tool_call; ++piece)
            words_.append(whole.tool_arguments);
        whole.tool_arguments += R"("})";
    }
    return dialect_->whole(whole);
}

}  // namespace streamgauge::simulator
