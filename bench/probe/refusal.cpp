#include "bench/probe/refusal.h"

#include "scenarios/quantity.h"

#include <boost/algorithm/string/replace.hpp>
#include <fmt/format.h>

#include <string_view>

namespace streamgauge::probe {

namespace {

using report::Outcome;

std::string_view usual_path(std::string_view api) {
    if (api == "openai-completions") return "/v1/completions";
    if (api == "anthropic-messages") return "/v1/messages";
    return "/v1/chat/completions";
}

std::string path_advice(const Subject& subject) {
    return fmt::format("Check the path of the URL: for {} it usually ends in {}", subject.target().api,
                       usual_path(subject.target().api));
}

/// What to do about a refusal that names its reason.
std::string advice_for_message(std::string_view message, const Subject& subject) {
    if (message.find("max_completion_tokens") != std::string_view::npos) {
        return fmt::format("Try --extra '{{\"max_tokens\": null, \"max_completion_tokens\": {}}}'",
                           subject.max_tokens());
    }
    if (message.find("logprobs") != std::string_view::npos) return "Leave log probabilities out";
    return fmt::format(
        "Name the model with --model (it was `{}`), and what else the server wants with --extra",
        subject.scenario.workload.model);
}

std::string advice_for_status(const Observation& plain, const Subject& subject) {
    const int status = plain.failed_status;
    if (status == 401 || status == 403 || status == 407)
        return "Give the key from the environment: --key-env NAME, or --header 'Name: ${env:NAME}'";
    if (status == 404 || status == 405)
        return path_advice(subject) + "; or the model does not exist (--model)";
    if (status == 400 || status == 422) return advice_for_message(plain.failure, subject);
    if (status == 413) return "Shorten the prompt with --prompt";
    if (status == 415 || status == 406) return "Check --api";
    if (status == 429) return "Wait a little and try again";
    if (status >= 500) return "The server, or the one behind it, is in trouble; look at its log";
    return {};
}

std::string ended(std::string text) {
    while (!text.empty() && (text.back() == '.' || text.back() == ' '))
        text.pop_back();
    if (text.empty() || text.back() == '?' || text.back() == '!') return text;
    return text + ".";
}

std::string joined(std::string first, std::string second) {
    first = ended(std::move(first));
    second = ended(std::move(second));
    if (first.empty() || second.empty()) return first + second;
    return first + " " + second;
}

std::string no_token_in_time(const Observation& plain, const Subject& subject) {
    const auto time = scenarios::format_duration(subject.timeout);
    if (plain.failed_status == 0) {
        return fmt::format(
            "The server took the request and did not answer within {}. Wait longer with --timeout, "
            "or look at its log and queue.",
            time);
    }
    return fmt::format(
        "The server answered HTTP {} and sent no token within {}. If the whole answer is held until "
        "its end, wait longer with --timeout, or ask for less with --max-tokens.",
        plain.failed_status, time);
}

std::string not_an_event_stream(const Observation& plain, const Subject& subject) {
    if (plain.content_type.find("text/html") != std::string::npos) {
        return joined(
            fmt::format("HTTP {} with a web page (text/html), not with an answer", plain.failed_status),
            path_advice(subject));
    }
    return joined(plain.failure, "");
}

std::string reason_of(const Observation& plain, const Subject& subject) {
    switch (plain.failed_as) {
        case Outcome::http_error:
            return joined(plain.failure, advice_for_status(plain, subject));
        case Outcome::malformed:
            return not_an_event_stream(plain, subject);
        case Outcome::timeout_first_token:
        case Outcome::timeout_idle:
        case Outcome::timeout_stall:
        case Outcome::timeout_total:
            return no_token_in_time(plain, subject);
        case Outcome::tls_failed:
            return joined(plain.failure,
                          "A private certificate needs --ca-file FILE; --insecure skips the check");
        case Outcome::error_event:
            return joined("The server ended the stream with an error: " + plain.failure, "");
        case Outcome::completed:
            return "The answer was complete and held no token. Check --prompt and --max-tokens.";
        default:
            return joined(plain.failure, "");
    }
}

}  // namespace

bool answered_with_document(const Observation& plain) {
    return plain.answered == 0 && plain.failed_as == Outcome::malformed && plain.failed_status / 100 == 2 &&
           plain.content_type.find("application/json") != std::string::npos;
}

std::string refusal_sentence(const Observation& plain, const Subject& subject) {
    auto sentence = reason_of(plain, subject);
    // The key of a scenario that the engine's own sentences name.
    boost::algorithm::replace_all(sentence, "`url`", "the URL");
    return "Cannot say: " + sentence;
}

}  // namespace streamgauge::probe
