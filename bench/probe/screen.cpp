#include "bench/probe/screen.h"

#include "bench/probe/rhythm_strip.h"
#include "report/export/escape.h"
#include "report/export/text_table.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <optional>
#include <string_view>
#include <vector>

namespace streamgauge::probe {

namespace {

using report::Shade;
using report::terminal_text;
using scenarios::format_duration;
using namespace std::chrono_literals;

constexpr std::size_t label_width = 13;  ///< two spaces in front included
constexpr std::size_t widest = 100;
constexpr std::size_t narrowest = 50;

std::string in_words(std::optional<nanoseconds> time) {
    return time ? format_duration(*time) : "-";
}

std::string_view title_of(Variant variant) {
    switch (variant) {
        case Variant::plain:
            return "no compression";
        case Variant::gzip:
            return "gzip accepted";
        case Variant::brotli:
            return "br accepted";
        case Variant::short_answer:
            return "short answer";
        case Variant::large_events:
            return "larger events";
        case Variant::long_answer:
            return "longer answer";
    }
    return "";
}

/// What a variant showed, in a few words.
std::string finding_of(const Observation& each) {
    using enum report::BufferingKind;
    if (each.answered == 0) return "no answer";
    const auto& verdict = each.verdict;
    switch (verdict.kind) {
        case none:
            return "flows";
        case full:
            return "whole answer at its end";
        case block:
            return verdict.block_bytes ? fmt::format("blocks of {} bytes", *verdict.block_bytes) : "blocks";
        case timer:
            return verdict.timer_period ? fmt::format("every {}", format_duration(*verdict.timer_period))
                                        : "by a timer";
        case token_window:
            return verdict.window_tokens ? fmt::format("{} tokens at a time", *verdict.window_tokens)
                                         : "some tokens at a time";
        case timer_or_window:
        case block_or_window:
            return "regular bursts";
        case compression:
            return "held by the compressor";
        case instant:
            return "at once and early";
        case unclear:
            return "bursts, no clear pattern";
        case insufficient:
            return "too little to tell";
        case not_streamed:
            return "one document";
    }
    return "";
}

Shade shade_of(Answer answer) {
    switch (answer) {
        case Answer::streams:
            return Shade::good;
        case Answer::held:
        case Answer::broken:
            return Shade::bad;
        case Answer::not_measurable:
            return Shade::warning;
    }
    return Shade::plain;
}

/// Builds the text row by row.
class Writer {
  public:
    Writer(const Report& report, const report::TerminalStyle& style)
        : report_{report},
          diagnosis_{report.diagnosis},
          style_{style},
          width_{std::clamp(static_cast<std::size_t>(std::max(style.width, 0)), narrowest, widest)},
          plain_{report.evidence.find(Variant::plain)} {}

    void heading();
    void answer();
    void figures();
    void rhythm();
    void cause();
    void mending();
    void on_the_way();
    void tried();
    void sent();

    std::string text;

  private:
    void blank() {
        if (!text.ends_with("\n\n")) text += '\n';
    }
    void row(std::string_view label, std::string_view words, Shade shade = Shade::plain);
    void strip(const Observation& observation, nanoseconds end, std::size_t columns);
    const Observation* other_rhythm() const;
    std::string coding_of(const Observation& each) const;

    const Report& report_;
    const Diagnosis& diagnosis_;
    const report::TerminalStyle& style_;
    std::size_t width_;
    const Observation* plain_;
};

/// A label, and words wrapped beside it.
void Writer::row(std::string_view label, std::string_view words, Shade shade) {
    const auto body = report::wrapped(words, width_ - label_width, 0);
    text += report::shaded(fmt::format("  {:<{}}", label, label_width - 2), Shade::dim, style_.colour);
    std::string indented;
    for (const char c : body) {
        indented += c;
        if (c == '\n') indented += std::string(label_width, ' ');
    }
    text += report::shaded(indented, shade, style_.colour) + '\n';
}

void Writer::heading() {
    const auto url = terminal_text(report_.subject.target().url.text, 300);
    text += report::shaded(report::wrapped(url, width_, 0), Shade::bold, style_.colour) + "\n\n";
}

void Writer::answer() {
    text += report::shaded(report::wrapped(terminal_text(diagnosis_.sentence), width_, 0),
                           shade_of(diagnosis_.answer), style_.colour) +
            '\n';
    for (const auto& caution : diagnosis_.cautions) {
        const auto words = report::wrapped(terminal_text(caution), width_, 0);
        text += report::shaded(words, Shade::warning, style_.colour) + '\n';
    }
}

void Writer::figures() {
    blank();
    std::string ttft = in_words(plain_->ttft) + " to the first token";
    if (plain_->ttfb && *plain_->ttft - *plain_->ttfb > std::max<nanoseconds>(20ms, *plain_->ttft / 5))
        ttft += fmt::format("; response headers (TTFB) after {}", in_words(plain_->ttfb));
    if (plain_->connect && *plain_->connect > 1ms)
        ttft += fmt::format("; connecting took {} before that", in_words(plain_->connect));
    row("TTFT", ttft);
    row("speed", fmt::format("{:.3g} tokens/s over the whole answer of {:.0f} tokens, {}",
                             plain_->tokens_per_second, plain_->token_events, in_words(plain_->e2e)));
}

/// The compressed answer, where it comes otherwise than the plain one.
const Observation* Writer::other_rhythm() const {
    for (const auto variant : {Variant::gzip, Variant::brotli}) {
        const auto* other = report_.evidence.find(variant);
        if (other != nullptr && other->answered > 0 && other->is_encoded() &&
            other->verdict.kind != plain_->verdict.kind)
            return other;
    }
    return nullptr;
}

void Writer::strip(const Observation& observation, nanoseconds end, std::size_t columns) {
    const auto line = rhythm_strip(observation.arrivals, end, columns, style_.unicode);
    text += report::shaded(
        fmt::format("  {:<{}}", observation.is_encoded() ? observation.content_encoding : "rhythm",
                    label_width - 2),
        Shade::dim, style_.colour);
    text += report::shaded(line, observation.is_held() ? Shade::bad : Shade::good, style_.colour) + '\n';
}

void Writer::rhythm() {
    blank();
    const auto* other = other_rhythm();
    auto end = plain_->arrivals.back();
    if (other != nullptr) end = std::max(end, other->arrivals.back());
    // Two tokens of an even stream to a mark, so that it draws as a line.
    const auto columns = std::clamp(plain_->arrivals.size() / 2,
                                    std::min<std::size_t>(64, width_ - label_width), width_ - label_width);
    strip(*plain_, end, columns);
    if (other != nullptr) strip(*other, end, columns);
    const auto last = format_duration(end);
    const std::string_view legend = style_.unicode
                                        ? "each mark is tokens arriving; taller: more at once"
                                        : "each mark is tokens arriving: _ - = # as more come at once";
    const auto inner = columns - 2 - last.size();
    text += report::shaded(fmt::format("{:{}}0s{:^{}}{}", "", label_width, legend, inner, last), Shade::dim,
                           style_.colour) +
            '\n';
}

void Writer::cause() {
    blank();
    if (!diagnosis_.verdict.evidence.empty())
        row("evidence", terminal_text(diagnosis_.verdict.evidence) + ".");
    for (const auto& reason : diagnosis_.reasons)
        row("", terminal_text(reason));
    if (!diagnosis_.where.empty()) row("where", terminal_text(diagnosis_.where));
}

/// What stands on the way where nothing is held, and how long it lets a stream be silent.
void Writer::on_the_way() {
    if (diagnosis_.on_the_way.empty()) return;
    const auto& first = diagnosis_.on_the_way.front();
    std::string words;
    for (const auto& each : diagnosis_.on_the_way) {
        words +=
            fmt::format("{}{} ({})", words.empty() ? "" : ", ", each.product, terminal_text(each.why, 80));
    }
    row("on the way", words);
    if (!first.timeout.empty()) row("timeout", first.timeout);
}

void Writer::mending() {
    if (diagnosis_.remedies.empty()) return on_the_way();
    const auto& first = diagnosis_.remedies.front();
    std::string others;
    for (std::size_t i = 1; i < diagnosis_.remedies.size(); ++i) {
        const auto& product = diagnosis_.remedies[i].product;
        if (!product.empty()) others += (others.empty() ? "" : ", ") + product;
    }
    if (first.product.empty()) {
        row("product", "not recognised by the response's headers");
    } else {
        row("product",
            fmt::format("{} ({}){}", first.product, terminal_text(first.why, 80),
                        others.empty() ? "" : "; perhaps also on the way: " + others),
            Shade::bold);
    }
    row("remedy", first.text);
    std::size_t begin = 0;
    while (begin < first.snippet.size()) {
        const auto end = std::min(first.snippet.find('\n', begin), first.snippet.size());
        text += std::string(label_width + 2, ' ') +
                report::shaded(std::string_view(first.snippet).substr(begin, end - begin), Shade::bold,
                               style_.colour) +
                '\n';
        begin = end + 1;
    }
    if (!first.timeout.empty()) row("timeout", first.timeout);
    if (!first.source.empty()) row("source", first.source, Shade::dim);
}

std::string Writer::coding_of(const Observation& each) const {
    if (each.is_encoded()) return "compressed with " + terminal_text(each.content_encoding, 20);
    const bool offered = each.variant == Variant::gzip || each.variant == Variant::brotli;
    return offered && each.answered > 0 ? "not compressed" : "";
}

void Writer::tried() {
    blank();
    report::TextTable table{{{"", "tried", true, INT_MAX},
                             {"", "requests", false, 3},
                             {"", "TTFT", false, 5},
                             {"", "tokens", false, 2},
                             {"", "event", false, 1},
                             {"", "found", true, INT_MAX},
                             {"", "", true, 4}}};
    for (const auto& each : report_.evidence.observations) {
        std::vector<report::TextTable::Cell> cells{
            {std::string(title_of(each.variant))},
            {fmt::format("{}", each.requests)},
            {in_words(each.ttft)},
            {fmt::format("{:.0f}", each.token_events)},
            {fmt::format("{:.0f}B", each.event_bytes)},
            {finding_of(each), each.is_held() ? Shade::bad : Shade::plain},
            {coding_of(each), Shade::dim}};
        table.add(std::move(cells));
        if (each.variant == Variant::plain && each.ttft_reused) {
            table.add(
                {{"  same connection again"}, {""}, {in_words(each.ttft_reused)}, {""}, {""}, {""}, {""}});
        }
    }
    text += table.draw(width_, 2, style_.colour);
    for (const auto& left : diagnosis_.left_out)
        row("left out", terminal_text(fmt::format("{}: {}", title_of(left.variant), left.why)), Shade::dim);
}

void Writer::sent() {
    blank();
    const auto& sent = report_.sent;
    if (sent.requests == 0) return;
    const auto& subject = report_.subject;
    auto words =
        fmt::format("{} POST requests ({}) in {}, at most {} at a time; model {}, max_tokens {}.",
                    sent.requests, subject.target().api, format_duration(sent.duration), sent.at_once,
                    terminal_text(subject.scenario.workload.model, 60), subject.max_tokens());
    if (plain_ != nullptr && plain_->answered > 0 && diagnosis_.client_kept_up)
        words += " This machine kept up.";
    row("sent", words, Shade::dim);
}

}  // namespace

std::string screen(const Report& report, const report::TerminalStyle& style) {
    Writer writer{report, style};
    writer.heading();
    writer.answer();
    const auto* plain = report.evidence.find(Variant::plain);
    const bool answered = plain != nullptr && plain->answered > 0;
    if (answered) {
        writer.figures();
        writer.rhythm();
        writer.cause();
    } else {
        writer.text += '\n';
    }
    writer.mending();
    if (answered) writer.tried();
    writer.sent();
    return std::move(writer.text);
}

}  // namespace streamgauge::probe
