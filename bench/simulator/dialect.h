#pragma once

#include "bench/simulator/completion_request.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::simulator {

/// What a token event carries.
enum class Text { none, reasoning, answer, refusal, tool_call };

/// A server-sent event: its name (may be empty) and one line of data.
struct NamedEvent {
    std::string_view name;
    std::string data;
};

/// Counts for the usage figures of an answer.
struct TokenCounts {
    std::uint64_t input = 0;
    std::uint64_t output = 0;
    std::uint64_t reasoning = 0;  ///< part of `output`
};

/// The text of a finished answer, for requests that do not stream.
struct WholeAnswer {
    std::string reasoning;
    std::string answer;
    std::string refusal;
    std::string tool_arguments;  ///< a JSON object
};

/// What a dialect needs to know of the answer it writes.
struct AnswerFacts {
    std::uint64_t number = 0;  ///< makes the identifiers
    std::int64_t created_unix_s = 0;
    std::string model;
    bool with_usage = false;
    bool role_in_first_token = false;  ///< no opening event carries the role
    bool compact = false;              ///< leave out what a client can do without, to make small events
    bool refusal = false;
    bool has_tool_call = false;
    TokenCounts counts;
};

/// How one API words an answer. Text handed in is already fit for a JSON string.
class Dialect {
  public:
    explicit Dialect(AnswerFacts facts) : facts_{std::move(facts)} {}
    virtual ~Dialect() = default;

    /// Events before any text.
    virtual std::vector<NamedEvent> opening() = 0;
    /// Events between text of one kind (`none` at the start) and the first of another.
    virtual std::vector<NamedEvent> between(Text from, Text to) = 0;
    /// Name of the events that token() writes.
    virtual std::string_view token_name() const = 0;
    /// Appends the data of a token event, without the closing brace, so that members can be added.
    virtual void token(std::string& out, Text kind, std::string_view text) = 0;
    /// Events after the last text; the end mark is apart.
    virtual std::vector<NamedEvent> closing(Text last) = 0;
    virtual NamedEvent end_mark() const = 0;
    /// A ping event; without data if the API has none and a comment is to be sent.
    virtual NamedEvent ping() const = 0;
    virtual NamedEvent error(std::string_view message) const = 0;
    /// The answer to a request that does not stream.
    virtual std::string whole(const WholeAnswer& answer) const = 0;

  protected:
    AnswerFacts facts_;
};

std::unique_ptr<Dialect> make_dialect(Api api, AnswerFacts facts);

/// The dialects; use make_dialect.
std::unique_ptr<Dialect> make_chat_dialect(AnswerFacts facts);
std::unique_ptr<Dialect> make_completions_dialect(AnswerFacts facts);
std::unique_ptr<Dialect> make_messages_dialect(AnswerFacts facts);

/// `text` as a JSON string with its quotes.
std::string json_quoted(std::string_view text);

/// The JSON body of an error answer, in the shape of `api`.
std::string error_body(Api api, std::string_view type, std::string_view message);

}  // namespace streamgauge::simulator
