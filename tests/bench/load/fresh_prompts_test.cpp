#include "bench/load/fresh_prompts.h"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

#include <set>

namespace streamgauge::load {
namespace {

using ::testing::EndsWith;

/// Always the same prompt.
class OnePrompt final : public PromptSource {
  public:
    explicit OnePrompt(api::Prompt prompt) : prompt_(std::move(prompt)) {}
    api::Prompt prompt(const RequestKey&) const override { return prompt_; }

  private:
    api::Prompt prompt_;
};

FreshPrompts fresh(api::Prompt prompt, std::uint64_t seed = 1) {
    return {std::make_unique<OnePrompt>(std::move(prompt)), seed};
}

TEST(FreshPrompts, BeginEachInItsOwnWordsAtOneLength) {
    const auto prompts = fresh({"How wide is the Danube?", {}, 99});
    std::set<std::string> openings;
    std::set<std::size_t> lengths;
    for (std::uint64_t index = 0; index < 500; ++index) {
        for (std::uint32_t member = 0; member < 2; ++member) {
            const auto prompt = prompts.prompt({0, 0, index, member});
            EXPECT_THAT(prompt.text, EndsWith(".\nHow wide is the Danube?"));
            EXPECT_EQ(prompt.max_tokens, 99u);
            openings.insert(prompt.text.substr(0, prompt.text.find('\n')));
            lengths.insert(prompt.text.size());
        }
    }
    EXPECT_EQ(openings.size(), 1000u);
    EXPECT_EQ(lengths.size(), 1u);
}

TEST(FreshPrompts, FollowFromSeedAndKey) {
    const RequestKey key{1, 2, 3, 1};
    EXPECT_EQ(fresh({"a", {}, {}}).prompt(key).text, fresh({"a", {}, {}}).prompt(key).text);
    EXPECT_NE(fresh({"a", {}, {}}, 1).prompt(key).text, fresh({"a", {}, {}}, 2).prompt(key).text);
}

struct Messages {
    std::string given;
    std::string pointer;  ///< to the text that begins in words of its own
    std::string ending;
};

class OfMessages : public ::testing::TestWithParam<Messages> {};

TEST_P(OfMessages, BeginTheFirstText) {
    const auto prompt = fresh({"", GetParam().given, {}}).prompt({0, 0, 0, 1});
    const auto messages = boost::json::parse(prompt.messages_json);
    boost::system::error_code error;
    const auto* text = messages.find_pointer(GetParam().pointer, error);
    ASSERT_TRUE(text && text->is_string()) << prompt.messages_json;
    EXPECT_EQ(text->get_string().size(), 59 + 2 + GetParam().ending.size());
    EXPECT_TRUE(text->get_string().ends_with(".\n" + GetParam().ending)) << prompt.messages_json;
}

INSTANTIATE_TEST_SUITE_P(
    FreshPrompts, OfMessages,
    ::testing::Values(
        Messages{R"([{"role":"system","content":"Be brief"},{"role":"user","content":"Hi"}])", "/0/content",
                 "Be brief"},
        Messages{R"([{"role":"user","content":[{"type":"image_url"},{"type":"text","text":"Look"}]}])",
                 "/0/content/1/text", "Look"},
        Messages{R"([{"role":"assistant","content":null},{"role":"user","content":"Hi"}])", "/1/content",
                 "Hi"}));

TEST(FreshPrompts, LeaveMessagesWithoutTextAlone) {
    const std::string given = R"([{"role":"user","content":[{"type":"image_url"}]},3])";
    EXPECT_EQ(fresh({"", given, {}}).prompt({}).messages_json, given);
}

}  // namespace
}  // namespace streamgauge::load
