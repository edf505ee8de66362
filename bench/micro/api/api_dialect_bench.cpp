#include "bench/api/api_dialect.h"

#include <benchmark/benchmark.h>

#include <string>

namespace streamgauge::api {
namespace {

/// The sample's data with its text made as long as it takes to reach `size` bytes.
std::string sized(std::string begin, const std::string& end, std::size_t size) {
    const auto frame = begin.size() + end.size();
    begin.append(size > frame ? size - frame : 1, 'x');
    return begin + end;
}

void read(benchmark::State& state, const char* api, std::string_view type, const std::string& data) {
    const auto dialect = make_dialect(api);
    wire::StreamEvent event;
    event.type = type;
    event.data = data;
    std::uint64_t tokens = 0;
    for (auto _ : state) {
        tokens += dialect->read(event).token.has_value();
    }
    if (tokens != static_cast<std::uint64_t>(state.iterations())) state.SkipWithError("not seen as a token");
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(data.size()));
}

/// Argument: bytes of the event's data.
void openai_chat(benchmark::State& state) {
    read(state, "openai-chat", "",
         sized(
             R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"my-model",)"
             R"("choices":[{"index":0,"delta":{"content":")",
             R"("},"logprobs":null,"finish_reason":null}]})", static_cast<std::size_t>(state.range(0))));
}

void openai_chat_stamped(benchmark::State& state) {
    read(
        state, "openai-chat", "",
        sized(
            R"({"id":"chatcmpl-1","object":"chat.completion.chunk","created":1700000000,"model":"my-model",)"
            R"("choices":[{"index":0,"delta":{"content":")",
            R"("},"finish_reason":null}],"streamgauge":{"sent_ns":1234567890123,"received_ns":1234567890123}})",
            static_cast<std::size_t>(state.range(0))));
}

void openai_completions(benchmark::State& state) {
    read(state, "openai-completions", "",
         sized(R"({"id":"cmpl-1","object":"text_completion","created":1700000000,"model":"my-model",)"
               R"("choices":[{"index":0,"text":")",
               R"(","logprobs":null,"finish_reason":null}]})", static_cast<std::size_t>(state.range(0))));
}

void anthropic_messages(benchmark::State& state) {
    read(state, "anthropic-messages", "content_block_delta",
         sized(R"({"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":")", R"("}})",
               static_cast<std::size_t>(state.range(0))));
}

void request_body(benchmark::State& state) {
    const auto dialect = make_dialect("openai-chat");
    const scenarios::Workload workload;
    const Prompt prompt{.text = std::string(static_cast<std::size_t>(state.range(0)), 'x')};
    for (auto _ : state) {
        benchmark::DoNotOptimize(dialect->request_body(workload, prompt));
    }
    state.SetItemsProcessed(state.iterations());
}

BENCHMARK(openai_chat)->ArgName("data_bytes")->Arg(200)->Arg(258)->Arg(2048);
BENCHMARK(openai_chat_stamped)->ArgName("data_bytes")->Arg(258);
BENCHMARK(openai_completions)->ArgName("data_bytes")->Arg(258);
BENCHMARK(anthropic_messages)->ArgName("data_bytes")->Arg(100)->Arg(258);
BENCHMARK(request_body)->ArgName("prompt_bytes")->Arg(1000)->Arg(10000);

}  // namespace
}  // namespace streamgauge::api
