#include "bench/simulator/router.h"

#include "bench/simulator/behaviour_options.h"
#include "bench/simulator/dialect.h"
#include "bench/simulator/random.h"

#include <optional>
#include <utility>

namespace streamgauge::simulator {

namespace {

std::optional<Api> api_of(std::string_view path) {
    if (path == "/v1/chat/completions") return Api::chat_completions;
    if (path == "/v1/completions") return Api::completions;
    if (path == "/v1/messages") return Api::messages;
    return std::nullopt;
}

FixedResponse error_response(Api api, unsigned status, std::string_view message) {
    FixedResponse response;
    response.status = status;
    response.body = error_body(api, status == 404 ? "not_found_error" : "invalid_request_error", message);
    return response;
}

FixedResponse json_response(std::string body) {
    FixedResponse response;
    response.body = std::move(body);
    return response;
}

/// Per-request options win over the server's; those in the body win over those in the header.
std::optional<std::string> understand(const HttpRequest& request, Api api, ServedRequest& served) {
    if (auto error = set_behaviours(served.behaviour, request.behaviour)) return error;
    auto parsed = parse_completion_request(api, request.body, served.behaviour);
    if (parsed.error) return parsed.error;
    served.completion = std::move(parsed.request);
    if (auto error = check_limits(served); !error.empty()) return error;
    return std::nullopt;
}

void decide_fault(ServedRequest& served) {
    Random random = random_for(served.behaviour.seed, served.number, Purpose::fault);
    if (random.uniform() >= served.behaviour.fault_rate) served.behaviour.fault = Fault::none;
}

std::unique_ptr<Answer> serve_api(const HttpRequest& request, Api api, ServerState& state,
                                  const HttpFacts& http, Instant received, std::int64_t unix_s) {
    if (request.method != "POST") {
        return fixed_answer(error_response(api, 405, "Use POST."), http, received);
    }
    ServedRequest served;
    served.behaviour = state.defaults;
    if (const auto error = understand(request, api, served)) {
        return fixed_answer(error_response(api, 400, *error), http, received);
    }
    const std::uint64_t counted = state.next_number.fetch_add(1, std::memory_order_relaxed);
    served.number = served.behaviour.request_number.value_or(counted);
    served.received = received;
    served.received_unix_s = unix_s;
    decide_fault(served);
    return make_answer(served, http);
}

}  // namespace

std::unique_ptr<Answer> route(const HttpRequest& request, ServerState& state, Instant received,
                              std::int64_t unix_s, const std::string& date) {
    const HttpFacts http{request.keep_alive, request.http11, request.accept_encoding, request.authorization,
                         date};
    if (const auto api = api_of(request.path)) {
        return serve_api(request, *api, state, http, received, unix_s);
    }
    if (request.method == "GET" && request.path == "/health") {
        return fixed_answer(json_response(R"({"status":"ok"})"), http, received);
    }
    if (request.method == "GET" && request.path == "/stats") {
        return fixed_answer(json_response(state.statistics()), http, received);
    }
    if (request.method == "POST" && request.path == "/stats/reset") {
        state.reset_statistics();
        return fixed_answer(json_response("{}"), http, received);
    }
    return fixed_answer(
        error_response(Api::chat_completions, 404,
                       "No such endpoint: " + request.method + ' ' + request.path.substr(0, 256)),
        http, received);
}

std::unique_ptr<Answer> refuse(unsigned status, const std::string& message, Instant received,
                               const std::string& date) {
    HttpFacts http;
    http.keep_alive = false;
    http.date = date;
    return fixed_answer(error_response(Api::chat_completions, status, message), http, received);
}

}  // namespace streamgauge::simulator
