#include "report/buffering/sentence.h"

#include "scenarios/quantity.h"

#include <fmt/format.h>

namespace streamgauge::report {
namespace {

using scenarios::format_duration;

std::string block_predicate(const BufferingVerdict& verdict) {
    if (!verdict.block_bytes) return "holds tokens back in blocks";
    return fmt::format("holds tokens back in blocks of {} bytes", *verdict.block_bytes);
}

std::string timer_predicate(const BufferingVerdict& verdict) {
    if (!verdict.timer_period) return "holds tokens back until a timer releases them";
    auto words =
        fmt::format("holds tokens back and releases them every {}", format_duration(*verdict.timer_period));
    if (verdict.block_bytes) words += fmt::format(", or once about {} bytes wait", *verdict.block_bytes);
    return words;
}

std::string window_predicate(const BufferingVerdict& verdict) {
    if (!verdict.window_tokens) return "holds tokens back until some are together";
    return fmt::format("holds tokens back until {} are together", *verdict.window_tokens);
}

std::string timer_or_window_predicate(const BufferingVerdict& verdict) {
    if (!verdict.timer_period || !verdict.window_tokens) {
        return "holds tokens back and releases them in regular bursts, by time or by number";
    }
    return fmt::format("holds tokens back, either until {} are together or for {} at a time",
                       *verdict.window_tokens, format_duration(*verdict.timer_period));
}

std::string block_or_window_predicate(const BufferingVerdict& verdict) {
    if (!verdict.block_bytes || !verdict.window_tokens)
        return "holds tokens back and releases them in regular bursts, by number or by size";
    return fmt::format("holds tokens back, either until {} are together or until about {} bytes are",
                       *verdict.window_tokens, *verdict.block_bytes);
}

std::string predicate(const BufferingVerdict& verdict) {
    switch (verdict.kind) {
        case BufferingKind::none:
            return "passes tokens on as they are made";
        case BufferingKind::full:
            return "holds the whole answer back to its end";
        case BufferingKind::block:
            return block_predicate(verdict);
        case BufferingKind::timer:
            return timer_predicate(verdict);
        case BufferingKind::token_window:
            return window_predicate(verdict);
        case BufferingKind::timer_or_window:
            return timer_or_window_predicate(verdict);
        case BufferingKind::compression:
            return "compresses without flushing, which holds tokens back";
        case BufferingKind::instant:
            return "answers all at once and early, as from a cache";
        case BufferingKind::unclear:
            return "delivers tokens in bursts without a clear pattern";
        case BufferingKind::insufficient:
            break;
        case BufferingKind::block_or_window:
            return block_or_window_predicate(verdict);
        case BufferingKind::not_streamed:
            return "does not stream: its answer is one document";
    }
    return "gave too little to tell whether tokens are held back";
}

}  // namespace

std::string buffering_sentence(std::string_view subject, const BufferingVerdict& verdict) {
    auto words = fmt::format("{} {}", subject, predicate(verdict));
    if (verdict.is_buffered() && verdict.estimated_hold)
        words += fmt::format(" (p95 held {})", format_duration(*verdict.estimated_hold));
    return words;
}

std::string cut_off_sentence(std::string_view subject, const CutOff& cut_off) {
    const auto after = format_duration(cut_off.after);
    if (cut_off.kind == CutOffKind::total)
        return fmt::format("{} cuts streams off {} after the request", subject, after);
    return fmt::format("{} cuts streams off after {} of silence", subject, after);
}

}  // namespace streamgauge::report
