#include "bench/simulator/answer.h"

#include "bench/simulator/stream_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace streamgauge::simulator {

namespace {

constexpr std::uint64_t most_held_bytes = 200 << 20;

std::string_view reason_of(unsigned status) {
    switch (status) {
        case 200:
            return "OK";
        case 302:
            return "Found";
        case 400:
            return "Bad Request";
        case 401:
            return "Unauthorized";
        case 404:
            return "Not Found";
        case 405:
            return "Method Not Allowed";
        case 413:
            return "Content Too Large";
        case 429:
            return "Too Many Requests";
        case 431:
            return "Request Header Fields Too Large";
        case 500:
            return "Internal Server Error";
        case 503:
            return "Service Unavailable";
        default:
            return "Unknown";
    }
}

/// Bytes that are ready, written at one moment.
class ReadyAnswer final : public Answer {
  public:
    ReadyAnswer(std::string bytes, Ending ending, Instant due)
        : bytes_{std::move(bytes)}, ending_{ending}, due_{due} {}

    Instant next_due() const override { return written_ ? never : due_; }
    AnswerStep advance(Instant, WriteBatch& batch) override {
        batch.bytes.append(bytes_);
        batch.end_write();
        written_ = true;
        return {ending_, false, due_};
    }

  private:
    std::string bytes_;
    Ending ending_;  ///< none: the connection stays open and silent
    Instant due_;
    bool written_ = false;
};

/// A beginning, then filler without end for as long as the client reads.
class EndlessAnswer final : public Answer {
  public:
    EndlessAnswer(std::string beginning, bool chunked, Instant due)
        : beginning_{std::move(beginning)}, chunked_{chunked}, due_{due} {}

    Instant next_due() const override { return due_; }
    AnswerStep advance(Instant now, WriteBatch& batch) override {
        constexpr std::size_t piece_size = 64 << 10;
        const AnswerStep step{Ending::none, false, due_};
        batch.bytes.append(std::exchange(beginning_, {}));
        if (chunked_) batch.bytes.append(fmt::format("{:x}\r\n", piece_size));
        batch.bytes.append(piece_size, 'a');
        if (chunked_) batch.bytes.append("\r\n");
        batch.end_write();
        due_ = now + std::chrono::milliseconds{2};
        return step;
    }

  private:
    std::string beginning_;
    bool chunked_;
    Instant due_;
};

std::string stream_header(const HttpFacts& http, std::string_view framing_fields) {
    return fmt::format(
        "HTTP/1.1 200 OK\r\nDate: {}\r\nServer: streamgauge\r\n"
        "Content-Type: text/event-stream; charset=utf-8\r\nCache-Control: no-cache\r\n{}\r\n",
        http.date, framing_fields);
}

FixedResponse error_response(Api api, unsigned status, std::string_view type, std::string_view message) {
    FixedResponse response;
    response.status = status;
    response.body = error_body(api, type, message);
    return response;
}

/// The answers that are wrong as a whole and ordinary in form.
std::optional<FixedResponse> faulty_response(const ServedRequest& request, const HttpFacts& http) {
    const Behaviour& behaviour = request.behaviour;
    const Api api = request.completion.api;
    switch (behaviour.fault) {
        case Fault::rate_limit: {
            auto response =
                error_response(api, 429, "rate_limit_error", "Too many requests. Try again later.");
            const auto seconds = std::chrono::ceil<std::chrono::seconds>(behaviour.retry_after);
            response.extra_fields = fmt::format("Retry-After: {}\r\n", seconds.count());
            return response;
        }
        case Fault::server_error:
            return error_response(api, 500, "server_error", "The simulated server failed.");
        case Fault::overloaded:
            return error_response(api, 503, "overloaded_error", "The simulated server is overloaded.");
        case Fault::not_found:
            return error_response(api, 404, "not_found_error", "The model does not exist.");
        case Fault::echo_authorization:
            return error_response(api, 401, "authentication_error",
                                  "Incorrect API key provided: " + http.authorization);
        case Fault::html:
            return FixedResponse{200, "text/html; charset=utf-8", "",
                                 "<!DOCTYPE html>\n<html><head><title>Welcome</title></head>"
                                 "<body><h1>It works</h1></body></html>\n"};
        case Fault::redirect:
            return FixedResponse{302, "text/plain", "Location: " + behaviour.location + "\r\n", ""};
        case Fault::empty:
            return FixedResponse{200, "text/event-stream; charset=utf-8", "", ""};
        default:
            return std::nullopt;
    }
}

/// The answers that are wrong as a whole and no ordinary HTTP; null for every other fault.
std::unique_ptr<Answer> broken_answer(Fault fault, const HttpFacts& http, Instant due) {
    switch (fault) {
        case Fault::never_answer:
            return std::make_unique<ReadyAnswer>("", Ending::none, never);
        case Fault::headers_only:
            return std::make_unique<ReadyAnswer>(stream_header(http, "Transfer-Encoding: chunked\r\n"),
                                                 Ending::none, due);
        case Fault::endless_line: {
            const std::string framing =
                http.http11 ? "Transfer-Encoding: chunked\r\n" : "Connection: close\r\n";
            const std::string start = http.http11 ? "6\r\ndata: \r\n" : "data: ";
            return std::make_unique<EndlessAnswer>(stream_header(http, framing) + start, http.http11, due);
        }
        case Fault::endless_header:
            return std::make_unique<EndlessAnswer>("HTTP/1.1 200 OK\r\nX-Endless: ", false, due);
        case Fault::garbage:
            return std::make_unique<ReadyAnswer>("\x16\x03\x01 this is not HTTP\r\n\xff\xfe\r\n",
                                                 Ending::close, due);
        default:
            return nullptr;
    }
}

}  // namespace

std::string render(const FixedResponse& response, const HttpFacts& http) {
    return fmt::format(
        "HTTP/1.1 {} {}\r\nDate: {}\r\nServer: streamgauge\r\nContent-Type: {}\r\nContent-Length: "
        "{}\r\n{}{}\r\n{}",
        response.status, reason_of(response.status), http.date, response.content_type, response.body.size(),
        response.extra_fields,
        !http.keep_alive ? "Connection: close\r\n"
        : http.http11    ? ""
                         : "Connection: keep-alive\r\n",
        response.body);
}

std::unique_ptr<Answer> fixed_answer(const FixedResponse& response, const HttpFacts& http, Instant due) {
    return std::make_unique<ReadyAnswer>(render(response, http),
                                         http.keep_alive ? Ending::keep_alive : Ending::close, due);
}

std::unique_ptr<Answer> make_answer(const ServedRequest& request, const HttpFacts& http) {
    if (const auto response = faulty_response(request, http)) {
        return fixed_answer(*response, http, request.received);
    }
    if (auto answer = broken_answer(request.behaviour.fault, http, request.received)) return answer;
    if (request.completion.stream) return std::make_unique<StreamAnswer>(request, http);
    EventSource source{request};
    FixedResponse response;
    const Instant due = source.whole_due();
    response.body = source.whole_answer();
    return fixed_answer(response, http, due);
}

std::string check_limits(const ServedRequest& request) {
    const Behaviour& behaviour = request.behaviour;
    const bool held = behaviour.buffering == Buffering::full || behaviour.framing == Framing::length;
    if (!held) return {};
    const std::uint64_t tokens =
        behaviour.tokens.value_or(request.completion.max_tokens.value_or(100)) + behaviour.tool_call;
    const std::uint64_t text = tokens * 16;
    const std::uint64_t events = tokens / behaviour.tokens_per_event + 1 + behaviour.tool_call;
    if (text + events * std::max<std::uint64_t>(behaviour.event_size, 300) <= most_held_bytes) return {};
    return "The answer is too long to be held back whole; ask for fewer tokens or smaller events.";
}

}  // namespace streamgauge::simulator
