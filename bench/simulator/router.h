#pragma once

#include "bench/simulator/answer.h"
#include "bench/simulator/behaviour.h"
#include "bench/simulator/http_request_reader.h"

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace streamgauge::simulator {

/// What all threads of a server share.
struct ServerState {
    Behaviour defaults;                         ///< of requests that say nothing else
    std::atomic<std::uint64_t> next_number{0};  ///< of the next request to an API
    std::function<std::string()> statistics;    ///< the JSON of GET /stats; any thread
    std::function<void()> reset_statistics;     ///< POST /stats/reset; any thread
};

/// The answer to one request: an API's, `GET /health`, `GET /stats`, `POST /stats/reset`, or an error.
/// `received` is the arrival of its last byte, `unix_s` the time of day, `date` the same as a Date field.
std::unique_ptr<Answer> route(const HttpRequest& request, ServerState& state, Instant received,
                              std::int64_t unix_s, const std::string& date);

/// The answer to bytes that are not a request that can be served; the connection ends after it.
std::unique_ptr<Answer> refuse(unsigned status, const std::string& message, Instant received,
                               const std::string& date);

}  // namespace streamgauge::simulator
