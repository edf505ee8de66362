#pragma once

#include "bench/simulator/clock.h"
#include "bench/simulator/dialect.h"
#include "bench/simulator/random.h"
#include "bench/simulator/sse_format.h"
#include "bench/simulator/words.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace streamgauge::simulator {

/// One request as the server sees it.
struct ServedRequest {
    CompletionRequest completion;
    Behaviour behaviour;
    std::uint64_t number = 0;  ///< counted by the server or given by the request
    Instant received{};        ///< kernel arrival of the request's last byte
    std::int64_t received_unix_s = 0;
};

/// The events of one answer: which, when due and with which text. No I/O, no clock; deterministic by seed and
/// request number. Due times are absolute, so that a late event does not shift those after it.
class EventSource {
  public:
    explicit EventSource(const ServedRequest& request);

    /// Whether the answer is said to come from a cache; empty when nothing is said of caches.
    std::optional<bool> cache_hit() const { return cache_hit_; }
    /// When the next event is due; never after the last.
    Instant next_due() const;
    /// Whether an event without text comes next: role, block start, finish, usage, end mark.
    bool structural_next() const { return next_structural_ < structural_.size(); }
    /// Token events emitted so far.
    std::uint64_t token_index() const { return token_index_; }
    bool tokens_left() const { return token_index_ < token_events_; }
    bool done() const { return stage_ == Stage::done; }

    /// Appends the next event to `out`. `now` goes into its stamp. True if it was a token event.
    bool emit(Instant now, std::string& out);
    /// Appends the next token event cut off inside its JSON. There must be one.
    void emit_malformed(Instant now, std::string& out);
    /// Appends an error event.
    void emit_error(std::string_view message, std::string& out) const;
    /// Appends a ping.
    void emit_ping(std::string& out) const;

    /// The whole answer as ordinary JSON.
    std::string whole_answer();
    /// When the last event is due: when an answer that does not stream is ready. Draws all gaps.
    Instant whole_due();

  private:
    enum class Stage { tokens, finish, done };

    void plan_counts(const ServedRequest& request);
    Text kind_of(std::uint64_t index) const;
    void append_text(std::uint64_t index, std::string& text);
    void append_tool_piece(std::uint64_t index, std::string& text);
    void append_token_event(Instant now, std::string& out);
    void append_stamp(Instant now, std::string& out) const;
    void queue_structural(std::vector<NamedEvent> events, Instant due);
    void advance_token();
    void begin_finish();

    Behaviour behaviour_;
    SseFormat sse_;
    Random gap_random_;
    Words words_;
    Instant received_;
    std::uint64_t padding_seed_;
    std::optional<bool> cache_hit_;
    std::unique_ptr<Dialect> dialect_;

    TokenCounts counts_;
    std::uint64_t answer_events_ = 0;
    std::uint64_t token_events_ = 0;  ///< answer_events_ and the tool call's
    std::uint64_t tokens_ = 0;        ///< of the answer

    Stage stage_ = Stage::tokens;
    std::vector<NamedEvent> structural_;
    std::size_t next_structural_ = 0;
    Instant structural_due_{};
    Instant token_due_{};  ///< of the next token event, then of the last
    std::chrono::nanoseconds late_finish_{0};
    std::uint64_t token_index_ = 0;
    Text open_block_ = Text::none;
    std::string text_;  ///< of the token event being written
};

}  // namespace streamgauge::simulator
