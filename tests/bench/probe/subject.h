#pragma once

#include "bench/probe/experiment.h"

#include <chrono>

namespace streamgauge::probe {

/// A subject as the command line makes one.
inline Subject usual_subject() {
    using namespace std::chrono_literals;
    Subject subject;
    scenarios::Target target;
    target.name = "probe";
    target.url.text = "http://127.0.0.1:8000/v1/chat/completions";
    target.url.host = "127.0.0.1";
    target.url.port = 8000;
    target.url.path_and_query = "/v1/chat/completions";
    subject.scenario.targets = {target};
    subject.scenario.workload.max_tokens = 128;
    subject.timeout = 30s;
    return subject;
}

}  // namespace streamgauge::probe
