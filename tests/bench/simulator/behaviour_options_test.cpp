#include "bench/simulator/behaviour_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace streamgauge::simulator {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

TEST(BehaviourOptions, DefaultsInTheHelpAreTheDefaults) {
    for (const auto& option : behaviour_options()) {
        if (option.default_value.empty()) continue;
        Behaviour behaviour;
        EXPECT_EQ(set_behaviour(behaviour, option.name, option.default_value), std::nullopt) << option.name;
        EXPECT_EQ(behaviour, Behaviour{}) << option.name;
    }
}

TEST(BehaviourOptions, EveryOptionRefusesNonsense) {
    for (const auto& option : behaviour_options()) {
        Behaviour behaviour;
        const auto error = set_behaviour(behaviour, option.name, "no sense");
        ASSERT_TRUE(error) << option.name;
        EXPECT_THAT(*error, HasSubstr(std::string{option.name}));
        EXPECT_EQ(behaviour, Behaviour{}) << option.name;
    }
}

/// Every option with a value other than its default; the test below sees that each changes something.
struct Example {
    const char* name;
    const char* value;
};
constexpr Example example_list[] = {{"ttft", "1s"},
                                    {"cache_hits", "30%"},
                                    {"hit_ttft", "5ms"},
                                    {"itl", "uniform(1ms,2ms)"},
                                    {"seed", "18446744073709551615"},
                                    {"request_number", "7"},
                                    {"tokens", "0"},
                                    {"tokens_per_event", "4"},
                                    {"event_size", "2KiB"},
                                    {"reasoning", "3"},
                                    {"tool_call", "2"},
                                    {"refusal", "on"},
                                    {"role_first", "off"},
                                    {"usage", "on"},
                                    {"late_finish", "exponential(5ms)"},
                                    {"ping", "400ms"},
                                    {"line_end", "cr"},
                                    {"space_after_colon", "off"},
                                    {"bom", "true"},
                                    {"stamps", "1"},
                                    {"encoding", "deflate"},
                                    {"compress_held", "yes"},
                                    {"framing", "close"},
                                    {"http10", "on"},
                                    {"buffering", "block:4096"},
                                    {"buffering_layer", "wire"},
                                    {"fault", "reset"},
                                    {"at", "9"},
                                    {"fault_rate", "10%"},
                                    {"retry_after", "3s"},
                                    {"location", "http://127.0.0.1:9/x"}};

TEST(BehaviourOptions, EveryOptionChangesTheBehaviour) {
    EXPECT_EQ(std::size(example_list), behaviour_options().size());
    for (const auto& [name, value] : example_list) {
        Behaviour behaviour;
        EXPECT_EQ(set_behaviour(behaviour, name, value), std::nullopt) << name;
        EXPECT_NE(behaviour, Behaviour{}) << name;
    }
}

TEST(BehaviourOptions, ListIsReadWhole) {
    Behaviour behaviour;
    EXPECT_EQ(set_behaviours(behaviour, " ttft=1s;itl = uniform(1ms,2ms) ; bom; fault_rate=0.25;"),
              std::nullopt);
    EXPECT_EQ(behaviour.ttft, Distribution::constant(1s));
    EXPECT_EQ(behaviour.itl, Distribution::parse("uniform(1ms,2ms)"));
    EXPECT_TRUE(behaviour.bom);
    EXPECT_EQ(behaviour.fault_rate, 0.25);
    EXPECT_EQ(set_behaviours(behaviour, ""), std::nullopt);
}

TEST(BehaviourOptions, ErrorsNameTheOptionAndWhatItTakes) {
    Behaviour behaviour;
    EXPECT_THAT(*set_behaviours(behaviour, "tokens=3; line_end=nl"),
                HasSubstr("line_end: \"nl\" is not one of lf|"));
    EXPECT_THAT(*set_behaviour(behaviour, "ttfb", "1s"), HasSubstr("\"ttfb\" is no option"));
}

TEST(BehaviourOptions, BufferingTakesItsSize) {
    Behaviour behaviour;
    EXPECT_EQ(set_behaviour(behaviour, "buffering", "block:16KiB"), std::nullopt);
    EXPECT_EQ(behaviour.buffering, Buffering::block);
    EXPECT_EQ(behaviour.block_size, 16384u);
    EXPECT_EQ(set_behaviour(behaviour, "buffering", "timer:250ms"), std::nullopt);
    EXPECT_EQ(behaviour.buffering, Buffering::timer);
    EXPECT_EQ(behaviour.flush_period, 250ms);
    EXPECT_EQ(set_behaviour(behaviour, "buffering", "tokens:16"), std::nullopt);
    EXPECT_EQ(behaviour.buffering, Buffering::tokens);
    EXPECT_EQ(behaviour.token_window, 16u);
    for (const char* wrong : {"timer", "timer:", "timer:0", "timer:5", "timer:2h", "tokens", "tokens:0",
                              "block", "block:", "block:0", "block:-1", "blocks:3"}) {
        EXPECT_TRUE(set_behaviour(behaviour, "buffering", wrong)) << wrong;
    }
}

TEST(BehaviourOptions, LocationCannotSmuggleHeaderFields) {
    Behaviour behaviour;
    EXPECT_TRUE(set_behaviour(behaviour, "location", "/a\r\nSet-Cookie: b"));
    EXPECT_EQ(behaviour.location, "/health");
}

TEST(BehaviourOptions, NumbersAreBounded) {
    Behaviour behaviour;
    EXPECT_TRUE(set_behaviour(behaviour, "tokens", "1000001"));
    EXPECT_TRUE(set_behaviour(behaviour, "tokens_per_event", "0"));
    EXPECT_TRUE(set_behaviour(behaviour, "fault_rate", "1.5"));
    EXPECT_TRUE(set_behaviour(behaviour, "fault_rate", "nan"));
    EXPECT_TRUE(set_behaviour(behaviour, "event_size", "2MiB"));
}

}  // namespace
}  // namespace streamgauge::simulator
