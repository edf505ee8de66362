#include "bench/cli/run_session.h"

#include "bench/cli/abort_guard.h"
#include "bench/cli/progress_reporter.h"
#include "bench/cli/rig_error.h"
#include "bench/cli/signal_watch.h"
#include "bench/cli/usage_error.h"
#include "bench/live/progress_line.h"
#include "bench/live/request_watch.h"
#include "bench/load/engine.h"
#include "bench/load/resource_check.h"
#include "report/export/escape.h"
#include "report/export/run_info.h"
#include "report/export/run_recorder.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <utility>

namespace streamgauge::cli {

namespace {

using namespace std::chrono_literals;

/// One moment on the run's clock and on the wall clock.
struct Start {
    report::Moment moment{};
    std::int64_t unix_ns = 0;
};

/// Late enough that the rows' files are open and every worker waits when it comes.
Start soon() {
    constexpr auto preparation = 15ms;
    const auto wall = std::chrono::system_clock::now() + preparation;
    const auto moment = std::chrono::steady_clock::now() + preparation;
    return {moment, std::chrono::nanoseconds(wall.time_since_epoch()).count()};
}

/// What the scenario names (certificates, prompts) is read here; what is wrong with it is the user's to mend.
std::unique_ptr<load::Engine> make_engine(const scenarios::Scenario& scenario, load::EngineOptions options,
                                          const live::RequestWatch& watch) {
    try {
        return std::make_unique<load::Engine>(scenario, options, watch.sinks());
    } catch (const std::runtime_error& error) {
        throw UsageError(error.what());
    }
}

/// A run that is certain to fail for want of files, ports or addresses is not begun.
void require_resources(const scenarios::Scenario& scenario, unsigned workers) {
    const auto missing = load::all_missing(scenario, workers);
    if (!missing.empty()) throw RigError(fmt::format("{}", fmt::join(missing, "\n")));
}

report::RunFolder make_folder(const scenarios::Scenario& scenario, const RunOptions& options) {
    if (!options.out.empty()) return report::RunFolder::create(options.out);
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return report::RunFolder::create_own(
        report::default_run_path(scenario, std::chrono::nanoseconds(now).count()));
}

std::string describe_start(const scenarios::Scenario& scenario, const report::RunFolder& folder) {
    std::chrono::nanoseconds total{0};
    for (const auto& phase : scenario.load)
        total += phase.duration;
    return fmt::format("running {} for {}, seed {}, into {}", report::terminal_text(scenario.name, 200),
                       scenarios::format_duration(total), scenario.seed, folder.path().string());
}

/// What hampers the recording of a run; empty while nothing does.
std::string trouble_of(const report::RunRecorder& recorder) {
    return recorder.live().trouble.value_or("");
}

/// What signals do to a run: the first drains it, the second ends it, the third ends the program.
class Interruption {
  public:
    Interruption(load::Engine& engine, ProgressReporter& reporter) : engine_(engine), reporter_(reporter) {}

    void take(int signal, int count) {
        if (count > 2 || (count > 1 && !running_)) {
            reporter_.leave();
            std::_Exit(128 + signal);
        }
        const std::string again = signal == SIGINT ? "Ctrl-C again" : "SIGTERM again";
        if (!running_) {
            reporter_.say(fmt::format("writing the report, {} to leave it unwritten", again));
        } else if (count == 1) {
            engine_.stop();
            reporter_.stopping(again);
            reporter_.announce(fmt::format("stopping: waiting for {} open streams, {} to stop at once",
                                           live::with_thousands(engine_.progress().streams_open), again));
        } else {
            engine_.abort();
            reporter_.ending();
            reporter_.announce("stopping at once and writing the report");
        }
    }

    /// A condition of the scenario does what the first signal does.
    void abort(const report::RunInfo::Abort& struck) {
        engine_.stop();
        reporter_.stopping("Ctrl-C twice");
        reporter_.say(fmt::format("stopping: `{}` struck on {} after {} ({}), waiting for {} open streams",
                                  report::terminal_text(struck.condition, 80), struck.target,
                                  scenarios::format_duration(struck.at), struck.measured,
                                  live::with_thousands(engine_.progress().streams_open)));
    }

    void run_is_over() { running_ = false; }

  private:
    load::Engine& engine_;
    ProgressReporter& reporter_;
    std::atomic<bool> running_ = true;
};

}  // namespace

FinishedRun run_session(const scenarios::Scenario& scenario, const RunOptions& options, Console& console,
                        const report::RunComparer* baseline) {
    require_resources(scenario, options.workers);
    const bool shows_view = console.err_is_terminal && !options.quiet;
    SignalWatch signals(shows_view);  // first: threads made from here on inherit the blocked signals
    live::RequestWatch watch(options.workers, scenario.targets.size());
    const auto engine = make_engine(scenario, {.workers = options.workers, .start = {}, .nap = {}}, watch);
    const auto folder = make_folder(scenario, options);
    const auto start = soon();
    engine->start_at(start.moment);
    report::RunRecorder recorder(scenario, folder,
                                 report::describe_run(scenario, options.workers, start.unix_ns),
                                 options.workers, start.moment, start.unix_ns);
    AbortGuard guard(scenario, options.workers);
    for (unsigned worker = 0; worker < options.workers; ++worker) {
        watch.forward(worker, guard.in_front_of(worker, recorder.sink(worker)));
        if (!options.quiet) recorder.observe(worker, watch.observer(worker));
    }

    ProgressReporter reporter({scenario, start.moment, options.workers, watch,
                               [&] { return engine->progress(); }, [&] { return trouble_of(recorder); }},
                              console, {options.quiet, options.no_colour});
    reporter.announce(describe_start(scenario, folder));
    Interruption interruption(*engine, reporter);
    signals.start([&](int signal, int count) { interruption.take(signal, count); },
                  {[&] { reporter.suspend(); }, [&] { reporter.resume(); }});
    guard.start(
        start.moment, [&] { return signals.first_signal() == 0 && !engine->progress().draining; },
        [&](const report::RunInfo::Abort& struck) { interruption.abort(struck); });

    const auto result = engine->run();
    const auto struck = guard.stop();
    const int signal = signals.first_signal();
    interruption.run_is_over();
    reporter.stop();
    auto summary = recorder.finish(result.health, result.duration, signal, struck, baseline);
    signals.stop();
    return {std::move(summary), folder};
}

}  // namespace streamgauge::cli
