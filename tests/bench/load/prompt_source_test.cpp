#include "bench/load/prompt_source.h"

#include <gmock/gmock.h>

#include <unistd.h>

#include <fstream>
#include <set>
#include <stdexcept>

namespace streamgauge::load {
namespace {

TEST(PromptSource, TextIsTheSameForEveryRequest) {
    scenarios::Scenario scenario;
    scenario.workload.prompts = scenarios::TextPrompt{"How wide is the Danube?"};
    const auto source = make_prompt_source(scenario);
    EXPECT_EQ(source->prompt({0, 0, 0}).text, "How wide is the Danube?");
    EXPECT_EQ(source->prompt({1, 7, 3}).text, "How wide is the Danube?");
}

TEST(PromptSource, FileIsFoundBesideTheScenarioAndDealtInOrder) {
    const auto folder =
        std::filesystem::temp_directory_path() / ("prompt_source_test." + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::ofstream(folder / "prompts.jsonl") << "\"a\"\n\"b\"\n\"c\"\n";
    scenarios::Scenario scenario;
    scenario.file = folder / "scenario.yaml";
    scenario.workload.prompts = scenarios::FilePrompts{"prompts.jsonl"};
    const auto source = make_prompt_source(scenario);
    std::string open_loop, second_user;
    for (std::uint64_t i = 0; i < 6; ++i) {
        open_loop += source->prompt({0, 0, i}).text;
        second_user += source->prompt({0, 1, i}).text;
    }
    EXPECT_EQ(open_loop, "abcbca");
    EXPECT_EQ(second_user, "bcbcac");
    std::filesystem::remove_all(folder);
}

TEST(PromptSource, PairsAskFreshOrIdenticalPrompts) {
    scenarios::Scenario scenario;
    scenario.workload.prompts = scenarios::TextPrompt{"How wide is the Danube?"};
    scenario.comparison.emplace();
    const auto fresh = make_prompt_source(scenario);
    EXPECT_NE(fresh->prompt({0, 0, 0, 0}).text, fresh->prompt({0, 0, 0, 1}).text);
    EXPECT_EQ(fresh->prompt({0, 0, 0, 0}).text.size(), fresh->prompt({0, 0, 0, 1}).text.size());
    scenario.comparison->prompts = scenarios::PairPrompts::identical;
    const auto identical = make_prompt_source(scenario);
    EXPECT_EQ(identical->prompt({0, 0, 0, 0}).text, "How wide is the Danube?");
    EXPECT_EQ(identical->prompt({0, 0, 0, 1}).text, "How wide is the Danube?");
}

TEST(PromptSource, MissingFileIsOneSentence) {
    scenarios::Scenario scenario;
    scenario.file = "/nowhere/scenario.yaml";
    scenario.workload.prompts = scenarios::FilePrompts{"prompts.jsonl"};
    EXPECT_THROW(make_prompt_source(scenario), std::runtime_error);
}

TEST(PromptSource, SyntheticPromptsFollowFromSeedAndKey) {
    scenarios::Scenario scenario;
    scenario.workload.prompts =
        scenarios::SyntheticPrompts{{scenarios::LengthDistribution::Kind::constant, 50, 0}, 0.5};
    const auto source = make_prompt_source(scenario);
    EXPECT_EQ(source->prompt({0, 3, 5}).text, make_prompt_source(scenario)->prompt({0, 3, 5}).text);
    std::set<std::string> different;
    for (const RequestKey key : {RequestKey{0, 3, 5}, {0, 5, 3}, {1, 3, 5}, {0, 3, 6}}) {
        different.insert(source->prompt(key).text);
    }
    EXPECT_EQ(different.size(), 4u);
    scenario.seed = 2;
    EXPECT_NE(source->prompt({0, 3, 5}).text, make_prompt_source(scenario)->prompt({0, 3, 5}).text);
}

TEST(DealtItem, EachRoundHoldsEveryItemAndStartsOneLater) {
    for (std::uint64_t size = 1; size < 8; ++size) {
        for (std::uint64_t round = 0; round < 2 * size; ++round) {
            std::set<std::uint64_t> seen;
            for (std::uint64_t i = 0; i < size; ++i)
                seen.insert(dealt_item(round * size + i, size));
            EXPECT_EQ(seen.size(), size);
            EXPECT_EQ(dealt_item(round * size, size), round % size);
        }
    }
}

}  // namespace
}  // namespace streamgauge::load
