#include "bench/probe/prober.h"

#include "bench/load/engine.h"
#include "report/model/timeline_sink.h"

#include <chrono>
#include <exception>
#include <list>
#include <mutex>
#include <thread>
#include <utility>

namespace streamgauge::probe {

namespace {

using namespace std::chrono_literals;

/// Late enough that every engine's worker waits when it comes.
constexpr auto preparation = 15ms;

/// One experiment on the way: its engine, and the timelines it has handed over.
class Running final : public report::TimelineSink {
  public:
    explicit Running(const Experiment& experiment, report::Moment start)
        : experiment_{experiment},
          engine_{experiment.scenario, {.workers = 1, .start = start, .nap = {}}, {this}} {}

    void on_timeline(const report::StreamTimeline& timeline) override {
        trials_.push_back({experiment_.variant, timeline});
        if (report::is_error(timeline.outcome)) engine_.stop();
    }

    void run() {
        try {
            health_ = engine_.run().health;
        } catch (...) {
            failure_ = std::current_exception();
        }
    }
    void abort() { engine_.abort(); }

    /// After run() has returned.
    void hand_over(std::vector<Trial>& trials, report::ClientHealth& health) {
        if (failure_) std::rethrow_exception(failure_);
        std::move(trials_.begin(), trials_.end(), std::back_inserter(trials));
        health.merge(health_);
    }

  private:
    const Experiment& experiment_;
    std::vector<Trial> trials_;
    report::ClientHealth health_;
    std::exception_ptr failure_;
    load::Engine engine_;
};

}  // namespace

struct Prober::State {
    std::mutex mutex;  ///< guards the two below
    std::list<Running> running;
    bool aborted = false;
    report::ClientHealth health;
};

Prober::Prober() : state_{std::make_unique<State>()} {}
Prober::~Prober() = default;

std::vector<Trial> Prober::run(std::span<const Experiment> experiments) {
    std::list<Running> all;
    const auto start = std::chrono::steady_clock::now() + preparation;
    for (const auto& experiment : experiments)
        all.emplace_back(experiment, start);
    {
        const std::lock_guard lock{state_->mutex};
        if (state_->aborted) return {};
        state_->running.swap(all);
    }
    {
        std::vector<std::jthread> threads;
        for (auto& each : state_->running)
            threads.emplace_back([&each] { each.run(); });
    }
    {
        const std::lock_guard lock{state_->mutex};
        state_->running.swap(all);
    }
    std::vector<Trial> trials;
    for (auto& each : all)
        each.hand_over(trials, state_->health);
    return trials;
}

void Prober::abort() {
    const std::lock_guard lock{state_->mutex};
    state_->aborted = true;
    for (auto& each : state_->running)
        each.abort();
}

const report::ClientHealth& Prober::health() const {
    return state_->health;
}

}  // namespace streamgauge::probe
