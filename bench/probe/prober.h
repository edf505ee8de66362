#pragma once

#include "bench/probe/experiment.h"
#include "report/model/client_health.h"
#include "report/model/stream_timeline.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace streamgauge::probe {

/// One request of an experiment, and what came of it.
struct Trial {
    Variant variant = Variant::plain;
    report::StreamTimeline timeline;
};

/// Runs experiments, each on an engine of its own.
class Prober {
  public:
    Prober();
    ~Prober();

    /// All experiments at the same time. An experiment whose request fails makes no more of them. Throws
    /// std::runtime_error when a CA file or a prompt file cannot be used.
    std::vector<Trial> run(std::span<const Experiment> experiments);

    /// Ends what runs now, and all later runs at once. Any thread.
    void abort();

    /// How this client fared in all runs.
    const report::ClientHealth& health() const;

  private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace streamgauge::probe
