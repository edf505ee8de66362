#include "bench/load/engine.h"

#include "bench/load/resource_check.h"
#include "bench/load/shared_run.h"
#include "bench/load/worker.h"
#include "bench/net/worker_clock.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <sys/prctl.h>

#include <algorithm>
#include <exception>
#include <random>
#include <thread>

namespace streamgauge::load {

using net::WorkerClock;
using report::Outcome;

namespace {

/// A wait for a connection that a person reading the report should know of.
constexpr std::chrono::milliseconds noticeable_wait{10};

std::uint64_t random_nonce() {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

}  // namespace

struct Engine::State {
    State(const scenarios::Scenario& scenario, EngineOptions options,
          const std::vector<report::TimelineSink*>& sinks)
        : run{scenario, options.workers, options.start, random_nonce(), options.nap},
          machine{claim_machine()} {
        for (unsigned index = 0; index < options.workers; ++index) {
            workers.push_back(
                std::make_unique<Worker>(run, index, *sinks[index], [this] { end_all(Outcome::cancelled); }));
        }
    }

    void end_all(Outcome outcome) {
        for (auto& worker : workers)
            worker->abort(outcome);
    }

    /// On its own thread each; rethrows the first failure once all have ended.
    void run_workers() {
        std::vector<std::exception_ptr> failures(workers.size());
        {
            std::vector<std::jthread> threads;
            auto failure = failures.begin();
            for (auto& worker : workers) {
                threads.emplace_back([this, &worker, &slot = *failure++] { run_worker(*worker, slot); });
            }
        }
        for (const auto& failure : failures) {
            if (failure) std::rethrow_exception(failure);
        }
    }

    void run_worker(Worker& worker, std::exception_ptr& failure) {
        // Timers of a load generator are worth a wake-up of their own.
        prctl(PR_SET_TIMERSLACK, 1UL, 0UL, 0UL, 0UL);
        try {
            worker.run();
        } catch (...) {
            failure = std::current_exception();
            end_all(Outcome::aborted);
        }
    }

    /// What the run took of the machine. Called once all workers have ended.
    void describe_connections(report::ClientHealth& health) const {
        const auto& ledger = *run.ledger;
        health.peak_descriptors = machine.descriptors_in_use + ledger.peak();
        health.descriptor_limit = machine.descriptors;
        health.peak_ports = ledger.peak_to_one_address();
        health.port_limit = port_limit(run.scenario, machine);
        const auto waits = ledger.paced_waits();
        if (waits.longest < noticeable_wait) return;
        health.notes.push_back(fmt::format(
            "{} new connections waited for their turn, up to {}, because new ones are paced at {:.0f} a "
            "second; "
            "the wait counts in TTFT (`connections.max_rate` sets the pace)",
            waits.count, scenarios::format_duration(waits.longest), run.scenario.connections.max_rate));
    }

    SharedRun run;
    MachineLimits machine;
    std::vector<std::unique_ptr<Worker>> workers;
};

Engine::Engine(const scenarios::Scenario& scenario, EngineOptions options,
               std::vector<report::TimelineSink*> sinks)
    : state_{std::make_unique<State>(scenario, options, sinks)} {}

Engine::~Engine() = default;

void Engine::start_at(report::Moment start) {
    state_->run.start = start;
}

EngineResult Engine::run() {
    state_->run_workers();
    EngineResult result;
    result.duration = WorkerClock::now() - state_->run.start;
    for (const auto& worker : state_->workers)
        result.health.merge(worker->health());
    state_->describe_connections(result.health);
    return result;
}

void Engine::stop() {
    for (auto& worker : state_->workers)
        worker->stop();
}

void Engine::abort() {
    state_->end_all(Outcome::aborted);
}

Progress Engine::progress() const {
    const auto& run = state_->run;
    Progress progress;
    progress.streams_open = run.in_flight.load(std::memory_order_relaxed);
    progress.requests_started = run.started.load(std::memory_order_relaxed);
    progress.requests_done = run.done.load(std::memory_order_relaxed);
    progress.errors = run.errors.load(std::memory_order_relaxed);
    for (const auto& worker : state_->workers)
        progress.token_events += worker->token_events();
    progress.phase = run.plan.phase_at(WorkerClock::now() - run.start);
    progress.draining = progress.phase == run.scenario.load.size();
    return progress;
}

}  // namespace streamgauge::load
