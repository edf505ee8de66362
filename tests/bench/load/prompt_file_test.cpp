#include "bench/load/prompt_file.h"

#include <gmock/gmock.h>

#include <unistd.h>

#include <fstream>
#include <stdexcept>

namespace streamgauge::load {
namespace {

std::string error_of(std::string_view text) {
    try {
        parse_prompts(text, "p.jsonl");
    } catch (const std::runtime_error& error) {
        return error.what();
    }
    return "no error";
}

TEST(ParsePrompts, ReadsStringsAndObjects) {
    const auto prompts = parse_prompts(
        "\"hello\"\n"
        "{\"prompt\": \"there\", \"max_tokens\": 7}\r\n"
        "\n"
        "{\"messages\": [{\"role\": \"user\", \"content\": \"\\u00e9\"}]}",
        "p.jsonl");
    ASSERT_EQ(prompts.size(), 3u);
    EXPECT_EQ(prompts[0].text, "hello");
    EXPECT_FALSE(prompts[0].max_tokens.has_value());
    EXPECT_EQ(prompts[1].text, "there");
    EXPECT_EQ(prompts[1].max_tokens, 7u);
    EXPECT_EQ(prompts[2].messages_json, R"([{"role":"user","content":"é"}])");
    EXPECT_EQ(prompts[2].text, "");
}

TEST(ParsePrompts, SkipsAByteOrderMark) {
    EXPECT_EQ(parse_prompts("\xef\xbb\xbf\"a\"\n", "p.jsonl").front().text, "a");
}

struct BadLine {
    std::string_view text, error;
};

class BadPromptLine : public ::testing::TestWithParam<BadLine> {};

TEST_P(BadPromptLine, IsNamed) {
    EXPECT_THAT(error_of(GetParam().text), ::testing::StartsWith(GetParam().error));
}

INSTANTIATE_TEST_SUITE_P(
    Table, BadPromptLine,
    ::testing::Values(
        BadLine{"\"a\"\n{\"prompt\": ", "p.jsonl:2: the line is not JSON ("},
        BadLine{"\n\n7", "p.jsonl:3: a line must be a string or an object"},
        BadLine{"{\"prompt\": 7}", "p.jsonl:1: `prompt` must be a string"},
        BadLine{"{\"messages\": \"x\"}", "p.jsonl:1: `messages` must be a list"},
        BadLine{"{\"messages\": []}", "p.jsonl:1: `messages` must be a list"},
        BadLine{"{\"max_tokens\": 5}", "p.jsonl:1: an object needs either `prompt` or `messages`"},
        BadLine{"{\"prompt\": \"a\", \"messages\": [{}]}", "p.jsonl:1: an object needs either"},
        BadLine{"{\"prompt\": \"a\", \"max_tokens\": 0}", "p.jsonl:1: `max_tokens` must be a whole number"},
        BadLine{"{\"prompt\": \"a\", \"max_tokens\": -1}", "p.jsonl:1: `max_tokens` must be a whole number"},
        BadLine{"{\"prompt\": \"a\", \"max_tokens\": 5000000000}", "p.jsonl:1: `max_tokens` must be"},
        BadLine{"{\"prompt\": \"a\", \"max_tokens\": \"7\"}", "p.jsonl:1: `max_tokens` must be"},
        BadLine{"{\"prompt\": \"a\", \"max_token\": 7}", "p.jsonl:1: unknown key `max_token`"},
        BadLine{"\n \n", "prompt file p.jsonl holds no prompt"},
        BadLine{"", "prompt file p.jsonl holds no prompt"}));

TEST(ParsePrompts, BoundsALine) {
    const std::string longest = '"' + std::string(max_prompt_line_bytes - 2, 'a') + '"';
    EXPECT_EQ(parse_prompts(longest, "p.jsonl").front().text.size(), max_prompt_line_bytes - 2);
    EXPECT_EQ(error_of("\"" + longest), "p.jsonl:1: the line is longer than 1 MiB");
}

TEST(ReadPromptFile, ReadsAndNamesWhatItCannotRead) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("prompt_file_test." + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "good.jsonl") << "\"a\"\n";
    EXPECT_EQ(read_prompt_file(folder / "good.jsonl").size(), 1u);
    const auto missing = folder / "missing.jsonl";
    try {
        read_prompt_file(missing);
        FAIL() << "a missing file was read";
    } catch (const std::runtime_error& error) {
        EXPECT_EQ(error.what(), "prompt file " + missing.string() + " is not there or is no regular file");
    }
    EXPECT_THROW(read_prompt_file(folder), std::runtime_error);
    std::ofstream(folder / "large.jsonl").close();
    std::filesystem::resize_file(folder / "large.jsonl", max_prompt_file_bytes + 1);
    EXPECT_THROW(read_prompt_file(folder / "large.jsonl"), std::runtime_error);
    std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace streamgauge::load
