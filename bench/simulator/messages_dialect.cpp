#include "bench/simulator/dialect.h"

#include <fmt/format.h>

namespace streamgauge::simulator {

namespace {

/// The Anthropic messages API: named events, text in numbered content blocks, ended by `message_stop`.
class MessagesDialect final : public Dialect {
  public:
    using Dialect::Dialect;

    std::vector<NamedEvent> opening() override {
        return {{"message_start",
                 fmt::format(R"({{"type":"message_start","message":{{"id":"msg_{:016x}","type":"message",)"
                             R"("role":"assistant","model":{},"content":[],"stop_reason":null,)"
                             R"("stop_sequence":null,"usage":{{"input_tokens":{},"output_tokens":1}}}}}})",
                             facts_.number, json_quoted(facts_.model), facts_.counts.input)}};
    }

    std::vector<NamedEvent> between(Text from, Text to) override {
        std::vector<NamedEvent> events;
        if (from != Text::none) end_block(events, from);
        if (to == Text::none) return events;
        events.push_back({"content_block_start",
                          fmt::format(R"({{"type":"content_block_start","index":{},"content_block":{}}})",
                                      block_, block_object(to))});
        if (from == Text::none) events.push_back(ping());
        prefix_ = fmt::format(R"({{"type":"content_block_delta","index":{},"delta":{{"type":)", block_);
        return events;
    }

    std::string_view token_name() const override { return "content_block_delta"; }

    void token(std::string& out, Text kind, std::string_view text) override {
        out.append(prefix_).append(delta_field(kind)).append(text).append(R"("})");
    }

    std::vector<NamedEvent> closing(Text last) override {
        std::vector<NamedEvent> events = between(last, Text::none);
        std::string usage;
        if (facts_.with_usage) {
            usage = fmt::format(R"(,"usage":{{"input_tokens":{},"output_tokens":{},)"
                                R"("output_tokens_details":{{"thinking_tokens":{}}}}})",
                                facts_.counts.input, facts_.counts.output, facts_.counts.reasoning);
        }
        events.push_back(
            {"message_delta",
             fmt::format(
                 R"({{"type":"message_delta","delta":{{"stop_reason":"{}","stop_sequence":null}}{}}})",
                 stop_reason(), usage)});
        return events;
    }

    NamedEvent end_mark() const override { return {"message_stop", R"({"type":"message_stop"})"}; }
    NamedEvent ping() const override { return {"ping", R"({"type":"ping"})"}; }
    NamedEvent error(std::string_view message) const override {
        return {"error", error_body(Api::messages, "overloaded_error", message)};
    }

    std::string whole(const WholeAnswer& answer) const override {
        std::string content;
        const auto add = [&content](std::string block) {
            if (!content.empty()) content += ',';
            content += block;
        };
        if (!answer.reasoning.empty()) {
            add(fmt::format(R"({{"type":"thinking","thinking":"{}","signature":"c2lt"}})", answer.reasoning));
        }
        const std::string& text = answer.refusal.empty() ? answer.answer : answer.refusal;
        if (!text.empty()) add(fmt::format(R"({{"type":"text","text":"{}"}})", text));
        if (!answer.tool_arguments.empty()) {
            add(fmt::format(R"({{"type":"tool_use","id":"toolu_{:08x}","name":"write_down","input":{}}})",
                            facts_.number, answer.tool_arguments));
        }
        return fmt::format(R"({{"id":"msg_{:016x}","type":"message","role":"assistant","model":{},)"
                           R"("content":[{}],"stop_reason":"{}","stop_sequence":null,)"
                           R"("usage":{{"input_tokens":{},"output_tokens":{}}}}})",
                           facts_.number, json_quoted(facts_.model), content, stop_reason(),
                           facts_.counts.input, facts_.counts.output);
    }

  private:
    void end_block(std::vector<NamedEvent>& events, Text kind) {
        if (kind == Text::reasoning) {
            events.push_back({"content_block_delta",
                              fmt::format(R"({{"type":"content_block_delta","index":{},)"
                                          R"("delta":{{"type":"signature_delta","signature":"c2lt"}}}})",
                                          block_)});
        }
        events.push_back(
            {"content_block_stop", fmt::format(R"({{"type":"content_block_stop","index":{}}})", block_)});
        ++block_;
    }

    std::string block_object(Text kind) const {
        if (kind == Text::reasoning) return R"({"type":"thinking","thinking":"","signature":""})";
        if (kind != Text::tool_call) return R"({"type":"text","text":""})";
        return fmt::format(R"({{"type":"tool_use","id":"toolu_{:08x}","name":"write_down","input":{{}}}})",
                           facts_.number);
    }

    static std::string_view delta_field(Text kind) {
        if (kind == Text::reasoning) return R"("thinking_delta","thinking":")";
        if (kind == Text::tool_call) return R"("input_json_delta","partial_json":")";
        return R"("text_delta","text":")";
    }

    std::string_view stop_reason() const {
        if (facts_.refusal) return "refusal";
        return facts_.has_tool_call ? "tool_use" : "end_turn";
    }

    unsigned block_ = 0;
    std::string prefix_;
};

}  // namespace

std::unique_ptr<Dialect> make_messages_dialect(AnswerFacts facts) {
    return std::make_unique<MessagesDialect>(std::move(facts));
}

}  // namespace streamgauge::simulator
