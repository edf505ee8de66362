#include "report/buffering/shared_rule.h"

#include "report/buffering/release_rule.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <vector>

namespace streamgauge::report {
namespace {

using std::chrono::nanoseconds;

constexpr double most_bursts = 8;
constexpr std::size_t least_part = 10;

/// A stream's say about a rule, cut to 8 bursts.
struct Voice {
    double parameter, slack;
    double bits;    ///< at its own parameter, whose price the streams share
    double bursts;  ///< at most 8
};

double number(nanoseconds value) {
    return static_cast<double>(value.count());
}
double number(std::uint64_t value) {
    return static_cast<double>(value);
}

std::int64_t rounded(double value) {
    constexpr double largest = 9e18;
    return std::llround(std::clamp(value, -largest, largest));
}
std::uint64_t whole(double value) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, rounded(value)));
}

Voice voice_of(double parameter, double slack, double bits, double bursts) {
    const double price = parameter > 0 && slack > 0 ? confinement_bits(std::min(1.0, slack / parameter)) : 0;
    const double counted = std::min(bursts, most_bursts);
    return {parameter, slack, (bits + price) * counted / bursts, counted};
}

double bits_at_threshold(const Voice& voice, double threshold, double blur) {
    const double refuted = voice.bursts * refuted_bits();
    if (voice.parameter < threshold - blur || !(voice.slack > 0)) return refuted;
    const double excess = std::max(0.0, voice.parameter - threshold) / voice.slack;
    return std::max(refuted, voice.bits - voice.bursts * excess * std::numbers::log2e);
}

double bits_at_count(const Voice& voice, double count) {
    return voice.parameter == count ? voice.bits : voice.bursts * refuted_bits();
}

using BitsAt = std::function<double(const Voice&, double)>;

/// The parameter, among those of the streams, that explains all of them best.
SharedFit<double> best_shared(const std::vector<Voice>& voices, const BitsAt& bits_at) {
    SharedFit<double> best;
    double tried = -1;
    bool found = false;
    for (const auto& candidate : voices) {
        if (candidate.parameter == tried) continue;
        tried = candidate.parameter;
        SharedFit<double> fit{.parameter = tried};
        for (const auto& voice : voices) {
            const double bits = bits_at(voice, tried);
            fit.bits += bits;
            if (bits > 0) ++fit.explained;
        }
        if (!found || fit.bits > best.bits || (fit.bits == best.bits && fit.parameter < best.parameter))
            best = fit;
        found = true;
    }
    return best;
}

struct Voices {
    std::vector<Voice> timer, window, size;
};

Voices voices_of(std::span<const BurstRhythm> rhythms) {
    Voices voices;
    for (const auto& rhythm : rhythms) {
        if (rhythm.bursts == 0) continue;
        const double bursts = number(rhythm.bursts);
        voices.timer.push_back(voice_of(number(rhythm.gap), number(rhythm.slack), rhythm.timer_bits, bursts));
        voices.window.push_back(voice_of(number(rhythm.tokens), 1, rhythm.window_bits, bursts));
        voices.size.push_back(
            voice_of(number(rhythm.bytes), number(rhythm.slack_bytes), rhythm.size_bits, bursts));
    }
    return voices;
}

/// How much a timer may fire early, in ns.
double timer_blur(double period) {
    return 5e6 + 0.02 * period;
}
double timer_bits_at(const Voice& voice, double period) {
    return bits_at_threshold(voice, period, timer_blur(period));
}
double size_bits_at(const Voice& voice, double bytes) {
    return bits_at_threshold(voice, bytes, 0.01 * bytes);
}

double median_slack(std::vector<Voice> voices) {
    const auto middle = voices.begin() + static_cast<std::ptrdiff_t>(voices.size() / 2);
    std::ranges::nth_element(voices, middle, std::less<>{}, &Voice::slack);
    return middle->slack;
}

/// What a period and a size explain together of one stream, whichever comes first: bursts released by size
/// come before the period is over, bursts released by time are no larger than the size lets them be.
struct Together {
    double timed, sized;
    bool by_timer() const { return timed > sized + 1 && timed > 0; }
    bool by_size() const { return sized > timed + 1 && sized > 0; }
};

Together explain_together(const Voice& timer, const Voice& size, double period, double bytes) {
    const double refuted = timer.bursts * refuted_bits();
    const bool too_late = timer.parameter > period + 2 * timer.slack + timer_blur(period);
    const bool too_large = size.parameter > bytes + 2 * size.slack;
    return {too_large ? refuted : timer_bits_at(timer, period),
            too_late ? refuted : size_bits_at(size, bytes)};
}

/// Is there a period that, together with the size, explains streams which neither explains alone? Each has to
/// carry a tenth of the streams, and each stream pays one bit for the choice.
void try_both(const Voices& voices, double doubt, SharedRule& rule) {
    const auto streams = voices.timer.size();
    const double bytes = number(rule.size.parameter);
    const double alone = std::max({rule.timer.bits, rule.window.bits, rule.size.bits + doubt});
    double best = alone + decisive_bits;
    for (const auto& candidate : voices.timer) {
        double bits = doubt;
        std::size_t by_timer = 0, by_size = 0;
        for (std::size_t i = 0; i < streams; ++i) {
            const auto both = explain_together(voices.timer[i], voices.size[i], candidate.parameter, bytes);
            bits += std::max(both.timed, both.sized) - 1;
            if (both.by_timer()) ++by_timer;
            if (both.by_size()) ++by_size;
        }
        if (bits <= best || by_timer * least_part < streams || by_size * least_part < streams) continue;
        best = bits;
        rule.cut_short_by_size = true;
        rule.timer.parameter = nanoseconds(rounded(candidate.parameter));
        rule.timer.explained = by_timer;
        rule.size.explained = by_size;
        rule.choice = {BufferingKind::timer, confidence_of(bits - alone)};
    }
}

}  // namespace

SharedRule find_shared_rule(std::span<const BurstRhythm> rhythms) {
    const auto voices = voices_of(rhythms);
    SharedRule rule;
    rule.streams = voices.timer.size();
    if (rule.streams == 0) return rule;
    const auto timer = best_shared(voices.timer, timer_bits_at);
    const auto window = best_shared(voices.window, bits_at_count);
    const auto size = best_shared(voices.size, size_bits_at);
    rule.timer = {nanoseconds(rounded(timer.parameter)), timer.bits, timer.explained};
    rule.window = {whole(window.parameter), window.bits, window.explained};
    rule.size = {whole(size.parameter), size.bits, size.explained};
    const double doubt =
        may_be_buffer(rule.size.parameter, whole(median_slack(voices.size))) ? 0 : unusual_size_bits;
    double bursts = 0;
    for (const auto& voice : voices.timer)
        bursts += voice.bursts;
    rule.choice = choose_rule({timer.bits, window.bits, size.bits + doubt}, whole(bursts));
    try_both(voices, doubt, rule);
    return rule;
}

}  // namespace streamgauge::report
