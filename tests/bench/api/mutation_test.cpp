#include "bench/api/api_dialect.h"
#include "bench/api/clean_text.h"
#include "tests/bench/api/meaning.h"
#include "tests/bench/wire/mutate.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

/// Damaged events, from a fixed seed: nothing may crash, and whatever comes out is bounded and clean.
namespace streamgauge::api {
namespace {

constexpr int rounds = 3000;

const std::vector<std::string> samples = {
    R"({"id":"a","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi \u00e9","tool_calls":[{"function":)"
    R"({"name":"f","arguments":"{}"}}]},"logprobs":{"content":[{"token":"a"}]},"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":1,"completion_tokens":2,"completion_tokens_details":{"reasoning_tokens":3}},)"
    R"("streamgauge":{"sent_ns":12,"received_ns":34}})",
    R"({"error":{"message":"over\u001b[31mloaded \ud83d\ude00","type":"x","code":503},"object":"error"})",
    R"({"choices":[{"text":"x","token_ids":[1,2,3]}]})",
    R"({"type":"message_start","message":{"usage":{"input_tokens":1},"content":[]}})",
    R"({"type":"content_block_delta","delta":{"type":"text_delta","text":"x"},"content_block":{"name":"y"}})",
    "[DONE]"};

void expect_bounded(const EventMeaning& meaning, const std::string& data) {
    EXPECT_EQ(clean_text(meaning.detail), meaning.detail) << data;
    EXPECT_EQ(clean_text(meaning.finish_reason, 64), meaning.finish_reason) << data;
    EXPECT_FALSE(meaning.has_answer && !meaning.token) << data;
    EXPECT_FALSE(meaning.malformed && meaning.token) << data;
}

TEST(Mutation, OfEvents) {
    wire::Mutator mutator(4);
    for (const auto name : dialect_names()) {
        const auto dialect = make_dialect(name);
        for (int i = 0; i < rounds; ++i) {
            const auto& sample = samples[static_cast<std::size_t>(i) % samples.size()];
            const auto data = mutator.mutate(sample, {"{", "}", "[", "]", "\"", "\\", ",", ":", "null", "-1",
                                                      "1e999", "\\ud800", "\"error\":", "\xFF"});
            const std::vector<char> copy(data.begin(), data.end());
            expect_bounded(meaning_of(*dialect, {copy.data(), copy.size()}), data);
            (void)dialect->error_message({copy.data(), copy.size()});
        }
    }
}

TEST(Mutation, OfEventsCutAtEveryPlace) {
    for (const auto name : dialect_names()) {
        const auto dialect = make_dialect(name);
        for (const auto& sample : samples) {
            for (std::size_t size = 1; size < sample.size(); ++size) {
                const auto meaning = meaning_of(*dialect, sample.substr(0, size));
                EXPECT_TRUE(meaning.malformed) << sample.substr(0, size);
            }
        }
    }
}

TEST(Mutation, DeepNesting) {
    for (const auto name : dialect_names()) {
        const auto dialect = make_dialect(name);
        for (const std::string open :
             {"[", "{\"choices\":[", "{\"delta\":", "{\"error\":", "{\"message\":"}) {
            std::string data;
            for (int i = 0; i < 100'000; ++i)
                data += open;
            EXPECT_TRUE(meaning_of(*dialect, data).malformed) << open;
            EXPECT_TRUE(meaning_of(*dialect, "{\"x\":" + data).malformed) << open;
        }
    }
}

}  // namespace
}  // namespace streamgauge::api
