#include "bench/simulator/dialect.h"

#include <fmt/format.h>

namespace streamgauge::simulator {

namespace {

std::string usage_object(const TokenCounts& counts) {
    return fmt::format(R"({{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{}}})", counts.input,
                       counts.output, counts.input + counts.output);
}

/// The older OpenAI completions API: `choices[].text`. It knows neither reasoning nor tool calls: all is
/// text.
class CompletionsDialect final : public Dialect {
  public:
    explicit CompletionsDialect(AnswerFacts facts)
        : Dialect{std::move(facts)},
          start_{(facts_.compact ? "{" : header() + ",") + R"("choices":[{"index":0,"text":")"},
          usage_{facts_.with_usage && !facts_.compact ? R"(,"usage":null)" : ""} {}

    std::vector<NamedEvent> opening() override { return {}; }
    std::vector<NamedEvent> between(Text, Text) override { return {}; }
    std::string_view token_name() const override { return {}; }

    void token(std::string& out, Text, std::string_view text) override {
        out.append(start_).append(text);
        out.append(facts_.compact ? R"("}])" : R"(","logprobs":null,"finish_reason":null}])");
        out.append(usage_);
    }

    std::vector<NamedEvent> closing(Text) override {
        std::vector<NamedEvent> events;
        events.push_back({"", start_ + R"(","logprobs":null,"finish_reason":"stop"}])" + usage_ + "}"});
        if (facts_.with_usage) {
            events.push_back(
                {"", header() + R"(,"choices":[],"usage":)" + usage_object(facts_.counts) + "}"});
        }
        return events;
    }

    NamedEvent end_mark() const override { return {"", "[DONE]"}; }
    NamedEvent ping() const override { return {}; }
    NamedEvent error(std::string_view message) const override {
        return {"", error_body(Api::completions, "server_error", message)};
    }

    std::string whole(const WholeAnswer& answer) const override {
        const std::string tool_text = json_quoted(answer.tool_arguments);
        return fmt::format(
            R"({},"choices":[{{"index":0,"text":"{}{}{}{}","logprobs":null,"finish_reason":"stop"}}],"usage":{}}})",
            header(), answer.reasoning, answer.answer, answer.refusal,
            tool_text.substr(1, tool_text.size() - 2), usage_object(facts_.counts));
    }

  private:
    std::string header() const {
        return fmt::format(R"({{"id":"cmpl-{:016x}","object":"text_completion","created":{},"model":{})",
                           facts_.number, facts_.created_unix_s, json_quoted(facts_.model));
    }

    std::string start_;
    std::string usage_;
};

}  // namespace

std::unique_ptr<Dialect> make_completions_dialect(AnswerFacts facts) {
    return std::make_unique<CompletionsDialect>(std::move(facts));
}

}  // namespace streamgauge::simulator
