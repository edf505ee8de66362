#include "bench/probe/diagnosis.h"

#include "bench/probe/refusal.h"
#include "report/buffering/remedies/find_remedies.h"
#include "report/buffering/sentence.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

namespace streamgauge::probe {

namespace {

using report::BufferingKind;
using report::BufferingVerdict;
using scenarios::format_duration;
using namespace std::chrono_literals;

/// Below this the two could differ by chance.
constexpr double clearly_larger = 1.5;
constexpr double clearly_shorter = 0.7;
/// Bursts of less are as likely made by the server, several tokens at a time.
constexpr nanoseconds hardly_seen = 100ms;
constexpr double uncertain_limit = 0.01;

bool is_regular(BufferingKind kind) {
    using enum BufferingKind;
    return kind == timer || kind == token_window || kind == timer_or_window || kind == block_or_window ||
           kind == unclear;
}

bool is_whole(BufferingKind kind) {
    using enum BufferingKind;
    return kind == full || kind == instant;
}

bool is_answered(const Observation* observation) {
    return observation != nullptr && observation->answered > 0;
}

/// Larger events against the usual ones.
struct SizeEffect {
    double larger = 1;  ///< bytes of an event
    double fewer = 1;   ///< events in a burst, usual over large
    bool by_bursts =
        true;  ///< false: of too few bursts, so `fewer` is the wait for the first, usual over large

    /// Where bytes decide when a burst is let go, it holds as many fewer events as they are larger.
    bool bytes_decide() const { return fewer > 1 + (larger - 1) * 0.5; }
    bool bytes_do_not_matter() const { return fewer < 1.25; }
};

std::optional<SizeEffect> size_effect(const Evidence& evidence) {
    const auto* usual = evidence.find(Variant::plain);
    const auto* large = evidence.find(Variant::large_events);
    if (!is_answered(usual) || !is_answered(large) || usual->event_bytes <= 0) return std::nullopt;
    const double larger = large->event_bytes / usual->event_bytes;
    if (larger < clearly_larger) return std::nullopt;
    if (usual->events_per_burst > 0 && large->events_per_burst > 0)
        return SizeEffect{larger, usual->events_per_burst / large->events_per_burst, true};
    return SizeEffect{larger, std::chrono::duration<double>(*usual->ttft) / *large->ttft, false};
}

/// Does the first token wait for the last? Where it does, a shorter answer begins sooner.
enum class LengthEffect { unknown, waits, does_not };

LengthEffect length_effect(const Evidence& evidence) {
    const auto* usual = evidence.find(Variant::plain);
    const auto* shorter = evidence.find(Variant::short_answer);
    if (!is_answered(usual) || !is_answered(shorter) ||
        shorter->token_events > usual->token_events * clearly_shorter)
        return LengthEffect::unknown;
    const auto sooner = *usual->ttft - *shorter->ttft;
    if (sooner >= 100ms && sooner >= *usual->ttft * 15 / 100) return LengthEffect::waits;
    if (sooner < 50ms && sooner < *usual->ttft * 5 / 100) return LengthEffect::does_not;
    return LengthEffect::unknown;
}

/// The verdict without compression, sharpened by what larger events and shorter answers showed.
BufferingVerdict usual_verdict(const Evidence& evidence) {
    auto verdict = evidence.usual;
    const bool more =
        is_answered(evidence.find(Variant::large_events)) || is_answered(evidence.find(Variant::long_answer));
    const bool undecided = is_regular(verdict.kind) || verdict.kind == BufferingKind::insufficient ||
                           verdict.kind == BufferingKind::instant;
    if (more && undecided && evidence.all.kind != BufferingKind::insufficient) verdict = evidence.all;
    if (const auto effect = size_effect(evidence); effect && is_regular(verdict.kind)) {
        if (effect->bytes_decide()) {
            verdict.kind = BufferingKind::block;
            verdict.timer_period.reset();
            verdict.window_tokens.reset();
        } else if (effect->bytes_do_not_matter() && verdict.kind == BufferingKind::block_or_window) {
            verdict.kind = BufferingKind::token_window;
            verdict.block_bytes.reset();
        }
    }
    if (verdict.kind == BufferingKind::full && length_effect(evidence) == LengthEffect::does_not) {
        verdict.kind = BufferingKind::instant;
        verdict.severity = report::BufferingSeverity::none;
        verdict.estimated_hold.reset();
    }
    return verdict;
}

/// The answer with a coding that is held, if there is one.
const Observation* held_by_coding(const Evidence& evidence) {
    for (const auto variant : {Variant::gzip, Variant::brotli}) {
        const auto* observation = evidence.find(variant);
        if (is_answered(observation) && observation->is_encoded() && observation->is_held())
            return observation;
    }
    return nullptr;
}

std::string in_words(std::optional<nanoseconds> time) {
    return time ? format_duration(*time) : "?";
}

class Diagnosing {
  public:
    Diagnosing(const Evidence& evidence, const Subject& subject)
        : evidence_{evidence}, subject_{subject}, plain_{evidence.find(Variant::plain)} {}

    Diagnosis run();

  private:
    void judge();
    void explain_coding();
    void explain_size();
    void explain_length();
    void place();
    void find_remedies();
    void look_at_failures();
    void look_at_client();
    void say_kind();
    void refuse();

    const Observation& seen() const;

    const Evidence& evidence_;
    const Subject& subject_;
    const Observation* plain_;
    Diagnosis diagnosis_;
};

/// The answer in which it shows.
const Observation& Diagnosing::seen() const {
    return diagnosis_.only_compressed ? *held_by_coding(evidence_) : *plain_;
}

void Diagnosing::refuse() {
    if (plain_ == nullptr) {
        diagnosis_.sentence = "Nothing was sent.";
        return;
    }
    if (!answered_with_document(*plain_)) {
        diagnosis_.sentence = refusal_sentence(*plain_, subject_);
        return;
    }
    diagnosis_.answer = Answer::held;
    diagnosis_.sentence = "No: the server answers with one JSON document, not with a stream.";
    diagnosis_.verdict.kind = BufferingKind::not_streamed;
    diagnosis_.verdict.evidence = plain_->failure;
    diagnosis_.remedies = report::find_remedies(report::remedy_catalogue(), plain_->headers,
                                                diagnosis_.verdict, {subject_.target().url.tls, false});
}

void Diagnosing::judge() {
    diagnosis_.verdict = usual_verdict(evidence_);
    if (diagnosis_.verdict.is_buffered()) return;
    if (const auto* held = held_by_coding(evidence_)) {
        diagnosis_.only_compressed = true;
        diagnosis_.verdict = held->verdict;
        diagnosis_.verdict.kind = BufferingKind::compression;
    }
}

void Diagnosing::say_kind() {
    using enum BufferingKind;
    const auto& verdict = diagnosis_.verdict;
    if (diagnosis_.only_compressed) {
        diagnosis_.answer = Answer::held;
        diagnosis_.sentence = fmt::format(
            "Only without compression: a client that accepts {} gets its tokens held back (p95 held {}).",
            seen().content_encoding, in_words(verdict.estimated_hold));
    } else if (verdict.is_buffered()) {
        diagnosis_.answer = Answer::held;
        diagnosis_.sentence = "No: " + report::buffering_sentence("it", verdict) + ".";
    } else if (verdict.kind == none) {
        diagnosis_.answer = Answer::streams;
        diagnosis_.sentence = "Yes, it streams: tokens arrive as they are made.";
    } else if (verdict.kind == unclear && verdict.estimated_hold && *verdict.estimated_hold < hardly_seen) {
        diagnosis_.answer = Answer::streams;
        diagnosis_.sentence = fmt::format("Yes, it streams, several tokens at a time (up to {} apart).",
                                          in_words(verdict.estimated_hold));
    } else if (verdict.kind == instant) {
        diagnosis_.sentence =
            "Cannot say: the whole answer came at once, and no sooner for a shorter one, as from a "
            "cache or a very fast model. Ask for more with --max-tokens and a new --prompt.";
    } else if (verdict.kind == unclear) {
        diagnosis_.sentence =
            "Cannot say: tokens come in bursts without a clear pattern. Probe again, or ask for a "
            "longer answer with --max-tokens.";
    } else {
        diagnosis_.sentence =
            fmt::format("Cannot say: {}. Ask for a longer answer with --max-tokens or --prompt.",
                        verdict.evidence.empty() ? "too little came" : verdict.evidence);
    }
}

void Diagnosing::explain_coding() {
    std::vector<std::string> unused, flowing;
    for (const auto variant : {Variant::gzip, Variant::brotli}) {
        const auto* coded = evidence_.find(variant);
        if (!is_answered(coded)) continue;
        if (!coded->is_encoded()) {
            unused.emplace_back(to_string(variant));
        } else if (!coded->is_held()) {
            flowing.push_back(coded->content_encoding);
        } else if (diagnosis_.only_compressed) {
            diagnosis_.reasons.push_back(
                fmt::format("With {} accepted the first token takes {}; without, {}.",
                            coded->content_encoding, in_words(coded->ttft), in_words(plain_->ttft)));
        } else {
            diagnosis_.reasons.push_back(
                fmt::format("With {} accepted it is held as well.", coded->content_encoding));
        }
    }
    if (!flowing.empty()) {
        diagnosis_.reasons.push_back(
            fmt::format("Compressed with {} it flows.", fmt::join(flowing, " and ")));
    }
    if (!unused.empty() && diagnosis_.verdict.is_buffered() && !diagnosis_.only_compressed) {
        diagnosis_.reasons.push_back(
            fmt::format("Compression plays no part: the server did not use {}.", fmt::join(unused, " or ")));
    }
}

void Diagnosing::explain_size() {
    const auto* large = evidence_.find(Variant::large_events);
    if (large == nullptr) return;
    if (large->answered == 0) {
        diagnosis_.left_out.push_back({Variant::large_events, "the server refused: " + large->failure});
        return;
    }
    if (!diagnosis_.verdict.is_buffered()) return;
    const auto effect = size_effect(evidence_);
    if (!effect) {
        diagnosis_.left_out.push_back(
            {Variant::large_events, "this server cannot be asked for larger events"});
        return;
    }
    auto figures = fmt::format("Events {:.1f} times as large came ", effect->larger);
    if (effect->by_bursts) {
        figures += fmt::format("{:.0f} at a time instead of {:.0f}, the first ", large->events_per_burst,
                               plain_->events_per_burst);
    }
    figures += fmt::format("after {} instead of {}", in_words(large->ttft), in_words(plain_->ttft));
    if (effect->bytes_decide()) {
        diagnosis_.reasons.push_back(figures + ": bytes decide, so it is a buffer that fills up.");
    } else if (effect->bytes_do_not_matter()) {
        diagnosis_.reasons.push_back(figures + ": time or number decides, not bytes.");
    }
}

void Diagnosing::explain_length() {
    const auto* shorter = evidence_.find(Variant::short_answer);
    if (!is_answered(shorter) || (!is_whole(evidence_.usual.kind))) return;
    const auto figures = fmt::format("An answer of {:.0f} tokens begins after {}, one of {:.0f} after {}",
                                     shorter->token_events, in_words(shorter->ttft), plain_->token_events,
                                     in_words(plain_->ttft));
    switch (length_effect(evidence_)) {
        case LengthEffect::waits:
            diagnosis_.reasons.push_back(figures + ": the first token waits for the last.");
            break;
        case LengthEffect::does_not:
            diagnosis_.reasons.push_back(figures + ": the first token does not wait for the last.");
            break;
        case LengthEffect::unknown:
            break;
    }
}

void Diagnosing::place() {
    using enum BufferingKind;
    const auto kind = diagnosis_.verdict.kind;
    if (!diagnosis_.verdict.is_buffered()) return;
    if (kind == compression) {
        diagnosis_.where = "In whatever compresses the answer: it is not flushed after each event.";
        return;
    }
    const auto& shown = seen();
    if (shown.events_per_chunk >= clearly_larger) {
        diagnosis_.where = fmt::format(
            "In a program that handles the body (a proxy, a gateway or the server): each "
            "HTTP chunk carries about {:.0f} events.",
            shown.events_per_chunk);
    } else if (shown.events_per_chunk > 0 && shown.events_per_burst >= 3) {
        diagnosis_.where =
            "Below HTTP, at the last hop: each event still has an HTTP chunk of its own, so a socket or "
            "TLS layer gathers them.";
    }
}

void Diagnosing::find_remedies() {
    const auto& shown = seen();
    diagnosis_.remedies = report::find_remedies(report::remedy_catalogue(), shown.headers, diagnosis_.verdict,
                                                {subject_.target().url.tls, shown.is_encoded()});
    if (diagnosis_.remedies.empty())
        diagnosis_.on_the_way = report::products_on_the_way(report::remedy_catalogue(), shown.headers);
}

void Diagnosing::look_at_failures() {
    for (const auto& each : evidence_.observations) {
        if (each.cut > 0) {
            diagnosis_.cautions.push_back(fmt::format(
                "{} of {} answers ({}) were not complete within {} and were judged by what had come.",
                each.cut, each.requests, to_string(each.variant), format_duration(subject_.timeout)));
        }
        if (each.failure.empty() || each.variant == Variant::large_events) continue;
        if (each.broken > 0 && diagnosis_.answer != Answer::held) {
            diagnosis_.answer = Answer::broken;
            diagnosis_.sentence = fmt::format("No: answers break off ({} of {}): {}.", each.broken,
                                              each.requests, each.failure);
        } else {
            diagnosis_.cautions.push_back(
                fmt::format("A request ({}) failed: {}.", to_string(each.variant), each.failure));
        }
    }
}

void Diagnosing::look_at_client() {
    std::uint64_t uncertain = 0, all = 0;
    for (const auto& each : evidence_.observations) {
        uncertain += each.uncertain_events;
        all += each.all_events;
    }
    const double share = all == 0 ? 0 : static_cast<double>(uncertain) / static_cast<double>(all);
    if (share <= uncertain_limit) return;
    diagnosis_.client_kept_up = false;
    diagnosis_.cautions.push_back(fmt::format(
        "This machine was busy: for {:.0f}% of the tokens it cannot tell when they came. They are left "
        "out; probe again when it is idle.",
        share * 100));
}

Diagnosis Diagnosing::run() {
    if (!is_answered(plain_)) {
        refuse();
        return std::move(diagnosis_);
    }
    judge();
    say_kind();
    explain_coding();
    explain_size();
    explain_length();
    place();
    find_remedies();
    look_at_failures();
    look_at_client();
    return std::move(diagnosis_);
}

}  // namespace

const Observation* Evidence::find(Variant variant) const {
    const auto found = std::ranges::find(observations, variant, &Observation::variant);
    return found == observations.end() ? nullptr : &*found;
}

Evidence gather(std::span<const Trial> trials) {
    using enum Variant;
    Evidence evidence;
    for (const auto variant : {plain, gzip, brotli, short_answer, large_events, long_answer}) {
        if (auto observation = observe(trials, variant))
            evidence.observations.push_back(std::move(*observation));
    }
    evidence.usual = pooled_verdict(trials, std::array{plain, gzip, brotli});
    evidence.all = pooled_verdict(trials, std::array{plain, gzip, brotli, large_events, long_answer});
    return evidence;
}

std::vector<Variant> follow_ups(const Evidence& evidence, const Subject& subject) {
    using enum BufferingKind;
    const auto* plain = evidence.find(Variant::plain);
    if (!is_answered(plain) || plain->broken > 0) return {};
    const auto kind = evidence.usual.kind;
    std::vector<Variant> variants;
    if (kind == block || is_regular(kind)) variants.push_back(Variant::large_events);
    if ((kind == insufficient || kind == instant || kind == unclear) && !subject.answer_length_given)
        variants.push_back(Variant::long_answer);
    return variants;
}

Diagnosis diagnose(const Evidence& evidence, const Subject& subject) {
    return Diagnosing{evidence, subject}.run();
}

}  // namespace streamgauge::probe
