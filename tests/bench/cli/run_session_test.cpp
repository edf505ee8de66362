#include "bench/cli/run_session.h"

#include "bench/cli/rig_error.h"
#include "bench/cli/usage_error.h"
#include "tests/bench/cli/simulated_run.h"

#include <gmock/gmock.h>

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <thread>

namespace streamgauge::cli {
namespace {

/// Keeps SIGTERM from threads that are made later, such as the server's: only the run is to see it.
struct WithoutSigterm {
    WithoutSigterm() {
        sigset_t set;
        sigemptyset(&set);
        sigaddset(&set, SIGTERM);
        pthread_sigmask(SIG_BLOCK, &set, nullptr);
    }
};

class RunSession : public ::testing::Test, WithoutSigterm, protected SimulatedRun {
  protected:
    FinishedRun session(const std::filesystem::path& file) {
        RunOptions options;
        options.out = out();
        options.workers = 2;
        const auto loaded = load({file, {}}, test.console);
        if (!loaded) throw UsageError(test.err.str());
        return run_session(*loaded, options, test.console);
    }
};

TEST_F(RunSession, GivesTheSummaryOfEveryRequest) {
    const auto run = session(scenario());
    EXPECT_EQ(run.summary.groups.at(0).due, 20u);
    EXPECT_EQ(run.summary.groups.at(0).token_events, 200u);
    EXPECT_FALSE(run.summary.run.interrupted);
    EXPECT_EQ(run.folder.path(), out());
}

TEST_F(RunSession, IsNotBegunOnAMachineThatCannotCarryIt) {
    const auto file = scenario("{ phase: steady, users: 900000, for: 600s }");
    try {
        session(file);
        FAIL() << "nine hundred thousand open files are more than a process gets";
    } catch (const RigError& error) {
        EXPECT_THAT(error.what(), ::testing::HasSubstr("phase `steady` needs 900,"));
        EXPECT_THAT(error.what(), ::testing::HasSubstr("connections.source_addresses"));
    }
    EXPECT_FALSE(std::filesystem::exists(out()));
    EXPECT_EQ(test.run({"run", file.string(), "--out", out().string()}), exit_code::not_measurable);
    EXPECT_EQ(server.statistics().requests, 0U);
}

TEST_F(RunSession, SignalEndsTheRunEarlyAndStillGivesASummary) {
    std::atomic<bool> over = false;
    std::thread sender([&] {
        while (server.statistics().requests == 0 && !over)
            std::this_thread::yield();
        ::kill(::getpid(), SIGTERM);
    });
    const auto run = session(scenario("{ phase: steady, users: 3, for: 600s }"));
    over = true;
    sender.join();
    EXPECT_EQ(run.summary.verdict.exit_code, 143);
    EXPECT_TRUE(run.summary.run.interrupted);
    EXPECT_EQ(run.summary.run.signal, SIGTERM);
    EXPECT_GE(run.summary.groups.at(0).due, 3u);
    EXPECT_THAT(test.err.str(), ::testing::HasSubstr("stopping: waiting for "));
    EXPECT_THAT(test.err.str(), ::testing::HasSubstr("SIGTERM again to stop at once"));
}

TEST_F(RunSession, FolderIsNotMadeWhenTheEngineCannotBe) {
    const auto file =
        folder.write("tls.yaml",
                     "version: 1\ntargets:\n  a: { url: \"https://127.0.0.1:1/\", api: openai-chat,\n"
                     "       tls: { ca_file: nowhere.pem } }\n"
                     "load: [ { phase: steady, users: 1, for: 1s } ]\n");
    EXPECT_THROW(session(file), UsageError);
    EXPECT_FALSE(std::filesystem::exists(out()));
}

}  // namespace
}  // namespace streamgauge::cli
