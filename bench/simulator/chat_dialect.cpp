#include "bench/simulator/dialect.h"

#include <fmt/format.h>

namespace streamgauge::simulator {

namespace {

std::string usage_object(const TokenCounts& counts) {
    return fmt::format(R"({{"prompt_tokens":{},"completion_tokens":{},"total_tokens":{},)"
                       R"("prompt_tokens_details":{{"cached_tokens":0}},)"
                       R"("completion_tokens_details":{{"reasoning_tokens":{}}}}})",
                       counts.input, counts.output, counts.input + counts.output, counts.reasoning);
}

/// The OpenAI chat completions API: chunks with `choices[].delta`, ended by `[DONE]`.
class ChatDialect final : public Dialect {
  public:
    explicit ChatDialect(AnswerFacts facts)
        : Dialect{std::move(facts)}, with_role_{facts_.role_in_first_token} {
        const std::string head = facts_.compact ? "{" : fmt::format("{},", header("chat.completion.chunk"));
        start_ = head + R"("choices":[{"index":0,"delta":)";
        usage_only_ = head + R"("choices":[])";
        null_usage_ = facts_.with_usage && !facts_.compact ? R"(,"usage":null)" : "";
        end_ = (facts_.compact ? R"(}])" : R"(,"logprobs":null,"finish_reason":null}])") + null_usage_;
    }

    std::vector<NamedEvent> opening() override {
        if (facts_.role_in_first_token) return {};
        return {{"", start_ + R"({"role":"assistant","content":""})" + end_ + "}"}};
    }

    std::vector<NamedEvent> between(Text, Text to) override {
        if (to != Text::tool_call) return {};
        return {{"", fmt::format(R"({}{{"tool_calls":[{{"index":0,"id":"call_{:08x}","type":"function",)"
                                 R"("function":{{"name":"write_down","arguments":""}}}}]}}{}}})",
                                 start_, facts_.number, end_)}};
    }

    std::string_view token_name() const override { return {}; }

    void token(std::string& out, Text kind, std::string_view text) override {
        out.append(start_).append(with_role_ ? R"({"role":"assistant",)" : "{");
        with_role_ = false;
        if (kind == Text::tool_call) {
            out.append(R"("tool_calls":[{"index":0,"function":{"arguments":")").append(text);
            out.append(R"("}}]})");
        } else {
            out.append(field(kind)).append(text).append(R"("})");
        }
        out.append(end_);
    }

    std::vector<NamedEvent> closing(Text last) override {
        std::vector<NamedEvent> events;
        events.push_back({"", fmt::format(R"({}{{}},"logprobs":null,"finish_reason":"{}"}}]{}}})", start_,
                                          finish_reason(last), null_usage_)});
        if (facts_.with_usage) {
            events.push_back({"", usage_only_ + R"(,"usage":)" + usage_object(facts_.counts) + "}"});
        }
        return events;
    }

    NamedEvent end_mark() const override { return {"", "[DONE]"}; }
    NamedEvent ping() const override { return {}; }
    NamedEvent error(std::string_view message) const override {
        return {"", error_body(Api::chat_completions, "server_error", message)};
    }

    std::string whole(const WholeAnswer& answer) const override {
        std::string message = R"({"role":"assistant","content":)";
        message += answer.answer.empty() ? "null" : '"' + answer.answer + '"';
        message += R"(,"refusal":)" + (answer.refusal.empty() ? "null" : '"' + answer.refusal + '"');
        if (!answer.reasoning.empty()) message += R"(,"reasoning_content":")" + answer.reasoning + '"';
        if (!answer.tool_arguments.empty()) {
            message += fmt::format(R"(,"tool_calls":[{{"id":"call_{:08x}","type":"function",)"
                                   R"("function":{{"name":"write_down","arguments":{}}}}}])",
                                   facts_.number, json_quoted(answer.tool_arguments));
        }
        return fmt::format(
            R"({},"choices":[{{"index":0,"message":{}}},"logprobs":null,"finish_reason":"{}"}}],"usage":{}}})",
            header("chat.completion"), message,
            finish_reason(answer.tool_arguments.empty() ? Text::answer : Text::tool_call),
            usage_object(facts_.counts));
    }

  private:
    std::string header(std::string_view object) const {
        return fmt::format(R"({{"id":"chatcmpl-{:016x}","object":"{}","created":{},"model":{})",
                           facts_.number, object, facts_.created_unix_s, json_quoted(facts_.model));
    }

    static std::string_view field(Text kind) {
        if (kind == Text::reasoning) return R"("reasoning_content":")";
        return kind == Text::refusal ? R"("refusal":")" : R"("content":")";
    }

    static std::string_view finish_reason(Text last) {
        return last == Text::tool_call ? "tool_calls" : "stop";
    }

    bool with_role_;
    std::string start_;
    std::string end_;
    std::string usage_only_;
    std::string null_usage_;
};

}  // namespace

std::unique_ptr<Dialect> make_chat_dialect(AnswerFacts facts) {
    return std::make_unique<ChatDialect>(std::move(facts));
}

}  // namespace streamgauge::simulator
