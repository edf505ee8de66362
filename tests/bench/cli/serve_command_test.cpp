#include "bench/cli/serve_command.h"

#include "bench/simulator/behaviour_options.h"

#include <CLI/CLI.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

namespace streamgauge::cli {
namespace {

using testing::HasSubstr;

/// Parses `serve` with arguments; whether an action was set, or the message of the error.
struct Parsed {
    bool action = false;
    std::string error;
};

Parsed parse(std::vector<std::string> arguments) {
    CLI::App app;
    std::function<int()> action;
    add_serve_command(app, action);
    arguments.insert(arguments.begin(), "serve");
    try {
        app.parse(std::vector<std::string>{arguments.rbegin(), arguments.rend()});
    } catch (const CLI::ParseError& error) {
        return {false, error.what()};
    }
    return {action != nullptr, {}};
}

TEST(ServeCommand, NeedsNoOptions) {
    EXPECT_TRUE(parse({}).action);
}

TEST(ServeCommand, OtherCommandsSetNoAction) {
    CLI::App app;
    app.add_subcommand("other");
    std::function<int()> action;
    add_serve_command(app, action);
    app.parse(std::vector<std::string>{"other"});
    EXPECT_EQ(action, nullptr);
}

TEST(ServeCommand, TakesEveryOptionOfABehaviourInBothSpellings) {
    for (const auto& option : simulator::behaviour_options()) {
        const std::string value{option.default_value.empty() ? "1" : option.default_value};
        std::string name{option.name};
        EXPECT_EQ(parse({"--" + name, value}).error, "") << name;
        std::replace(name.begin(), name.end(), '_', '-');
        EXPECT_EQ(parse({"--" + name, value}).error, "") << name;
        if (option.is_flag) {
            EXPECT_EQ(parse({"--" + name}).error, "") << name;
        }
    }
}

TEST(ServeCommand, AFlagWithoutAValueLeavesTheNextOptionAlone) {
    EXPECT_TRUE(parse({"--stamps", "--port", "0"}).action);
    EXPECT_TRUE(parse({"--stamps", "off", "--bom"}).action);
}

TEST(ServeCommand, ErrorsNameTheOptionAndItsChoicesAndEndNoSentence) {
    const auto error = parse({"--fault", "flood"}).error;
    EXPECT_THAT(error, HasSubstr("fault: \"flood\" is not one of none|reset|"));
    EXPECT_FALSE(error.ends_with('.'));
    EXPECT_THAT(parse({"--port", "70000"}).error, HasSubstr("--port"));
    EXPECT_THAT(parse({"--threads", "0"}).error, HasSubstr("--threads"));
}

TEST(ServeCommand, TlsNeedsBothFilesOrAFolder) {
    EXPECT_FALSE(parse({"--tls-cert", "a.pem"}).action);
    EXPECT_TRUE(parse({"--tls-cert", "a.pem", "--tls-key", "a.key"}).action);
    EXPECT_FALSE(parse({"--tls-cert", "a.pem", "--tls-key", "a.key", "--tls-self-signed", "d"}).action);
}

TEST(ServeCommand, HelpListsEveryOptionOnceAndSaysWhatItTakes) {
    CLI::App app;
    std::function<int()> action;
    add_serve_command(app, action);
    const auto help = app.get_subcommand("serve")->help();
    EXPECT_THAT(help, HasSubstr("--tokens-per-event COUNT"));
    EXPECT_EQ(help.find("--tokens_per_event"), std::string::npos);
    EXPECT_THAT(help, HasSubstr("lognormal(median=20ms,p95=60ms)"));
    EXPECT_THAT(help, HasSubstr("echo_authorization"));
    EXPECT_THAT(help, HasSubstr("(200ms)"));
}

TEST(ServeCommand, WhatCannotServeExitsWithTwo) {
    CLI::App app;
    std::function<int()> action;
    add_serve_command(app, action);
    app.parse(std::vector<std::string>{"nowhere", "--address", "serve"});
    testing::internal::CaptureStderr();
    EXPECT_EQ(action(), 2);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("nowhere"));
}

}  // namespace
}  // namespace streamgauge::cli
