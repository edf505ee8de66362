#pragma once

#include "bench/api/api_dialect.h"
#include "bench/api/json_walk.h"

#include <string>
#include <string_view>
#include <vector>

namespace streamgauge::api {

/// What the dialects whose events are JSON objects have in common: one pass over the members of the object,
/// of which this class knows `error` and the simulator's stamp, `streamgauge`.
class JsonDialect : public ApiDialect {
  public:
    EventMeaning read(const wire::StreamEvent& event) final;
    std::string error_message(std::string_view body) const final;

  protected:
    /// Looks at an event before its JSON; true when all is said.
    virtual bool take_event(const wire::StreamEvent& event, EventMeaning& meaning) = 0;
    /// Takes a member of the object.
    virtual JsonError take_member(std::string_view key, Json value, EventMeaning& meaning) = 0;

    /// Takes a JSON `error`: an object with `message`, or a string; null and empty ones are none.
    JsonError take_error(Json value, EventMeaning& meaning);
    void set_detail(std::string_view text, EventMeaning& meaning);
    void set_finish_reason(Json value, EventMeaning& meaning);

  private:
    JsonError walk(std::string_view data, EventMeaning& meaning);

    simdjson::ondemand::parser parser_;
    std::vector<char> padded_;  ///< the event's data with the padding simdjson wants behind it
    std::string detail_;
    std::string finish_reason_;
};

/// Counts `value` as generated text of that kind if it holds any.
inline void take_text(Json value, report::TokenKind kind, EventMeaning& meaning) {
    if (!has_text(value)) return;
    if (!meaning.token) meaning.token = kind;
    if (kind == report::TokenKind::answer) meaning.has_answer = true;
}

}  // namespace streamgauge::api
