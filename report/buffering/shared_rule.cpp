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
/// Odds of 8 to 1 against a server that makes tokens in lumps.
constexpr double lump_bits = 3;

/// A stream's say about a rule, cut to 8 bursts.
struct Voice {
    double parameter, slack;
    double bits;    ///< at its own parameter, whose price the streams share
    double price;   ///< of a parameter of its own
    double bursts;  ///< at most 8
    double first;   ///< the figure of the first burst, made of its tokens; 0 when not known
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

/// What is gained by a figure that a rule confines to `slack` around `value`.
double slack_bits(double slack, double value) {
    return value > 0 && slack > 0 ? confinement_bits(std::min(1.0, slack / value)) : 0;
}

Voice voice_of(double parameter, double slack, double bits, double bursts, double first) {
    if (bursts == 0) return {first, slack, 0, 0, 0, first};
    const double price = slack_bits(slack, parameter);
    const double counted = std::min(bursts, most_bursts);
    return {parameter, slack, (bits + price) * counted / bursts, price, counted, first};
}

/// What the first burst says of a threshold. It may fall short, because a timer ran before the first token
/// and headers take their part of a buffer, but not go far beyond.
double first_bits_at(const Voice& voice, double threshold, double blur) {
    if (voice.first == 0 || voice.first < threshold - blur - voice.slack) return 0;
    if (voice.first <= threshold + blur + 2 * voice.slack) return slack_bits(voice.slack, threshold);
    return voice.first <= 2 * threshold ? 0 : refuted_bits();
}

double bits_at_threshold(const Voice& voice, double threshold, double blur) {
    const double refuted = voice.bursts * refuted_bits();
    if (voice.parameter < threshold - blur || !(voice.slack > 0)) return refuted;
    const double excess = std::max(0.0, voice.parameter - threshold) / voice.slack;
    return std::max(refuted, voice.bits - voice.bursts * excess * std::numbers::log2e);
}

/// A server that makes tokens in lumps fills several windows at once.
bool fills_windows(double tokens, double window) {
    return window > 1 && tokens > window && std::fmod(tokens, window) == 0;
}

/// A window may have counted an event without text before the first token.
double first_bits_at_count(const Voice& voice, double count) {
    constexpr double odds_of_role = 2;
    if (voice.first == 0 || fills_windows(voice.first, count)) return 0;
    if (voice.first == count) return slack_bits(1, count);
    return voice.first == count - 1 ? slack_bits(1, count) - odds_of_role : refuted_bits();
}

double bits_at_count(const Voice& voice, double count) {
    if (voice.parameter == count) return voice.bits;
    const double refuted = voice.bursts * refuted_bits();
    if (!fills_windows(voice.parameter, count)) return refuted;
    return std::max(refuted, voice.bits - voice.price - lump_bits);
}

using BitsAt = std::function<double(const Voice&, double)>;

/// What a parameter gains by a stream's interior bursts, and by its first one.
struct RuleBitsAt {
    BitsAt interior, first;
};

/// Over all streams. A path may let the first tokens go in its own way, so that all first bursts together
/// refute as much as one odd path does.
constexpr double odd_path_bits = -3;

/// The parameter, among those of the streams, that explains all of them best.
SharedFit<double> best_shared(const std::vector<Voice>& voices, const RuleBitsAt& bits_at) {
    SharedFit<double> best;
    double tried = 0;
    bool found = false;
    const bool measured = std::ranges::any_of(voices, [](const Voice& voice) { return voice.bursts > 0; });
    for (const auto& candidate : voices) {
        if (candidate.parameter == tried || (measured && candidate.bursts == 0)) continue;
        tried = candidate.parameter;
        SharedFit<double> fit{.parameter = tried};
        double first_bits = 0;
        for (const auto& voice : voices) {
            const double bits = bits_at.interior(voice, tried), first = bits_at.first(voice, tried);
            fit.bits += bits;
            first_bits += first;
            if (bits + first > 0) ++fit.explained;
        }
        fit.bits += std::max(first_bits, odd_path_bits);
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
        if (rhythm.bursts == 0 && rhythm.first_tokens == 0) continue;
        const double bursts = number(rhythm.bursts), first = number(rhythm.first_tokens);
        const double slack = number(rhythm.slack), slack_bytes = number(rhythm.slack_bytes);
        voices.timer.push_back(voice_of(number(rhythm.gap), slack, rhythm.timer_bits, bursts, first * slack));
        voices.window.push_back(voice_of(number(rhythm.tokens), 1, rhythm.window_bits, bursts, first));
        voices.size.push_back(
            voice_of(number(rhythm.bytes), slack_bytes, rhythm.size_bits, bursts, first * slack_bytes));
    }
    return voices;
}

/// How much a timer may fire early, in ns.
double timer_blur(double period) {
    return 5e6 + 0.02 * period;
}

/// A server that makes tokens in lumps lets a timer wait for the next lump each time: then the stream has a
/// gap of its own, for which it pays.
double timer_bits_at(const Voice& voice, double period) {
    const double blur = timer_blur(period);
    const double bits = bits_at_threshold(voice, period, blur);
    const bool lumped = voice.parameter >= period && voice.parameter <= 2 * period;
    return lumped ? std::max(bits, voice.bits - voice.price - lump_bits) : bits;
}

/// What waits when an event fills a buffer lies anywhere between its size and an event more, so that no
/// stream contradicts a size less than one of its events below its own.
double size_bits_at(const Voice& voice, double bytes) {
    const double blur = 0.01 * bytes;
    const bool fills = voice.parameter >= bytes && voice.parameter < bytes + voice.slack;
    return fills ? voice.bits : bits_at_threshold(voice, bytes, blur);
}

double first_timer_bits_at(const Voice& voice, double period) {
    return first_bits_at(voice, period, timer_blur(period));
}
double first_size_bits_at(const Voice& voice, double bytes) {
    return first_bits_at(voice, bytes, 0.01 * bytes);
}

double median_slack(std::vector<Voice> voices) {
    const auto middle = voices.begin() + static_cast<std::ptrdiff_t>(voices.size() / 2);
    std::ranges::nth_element(voices, middle, std::less<>{}, &Voice::slack);
    return middle->slack;
}

/// Slowest over fastest pace among the streams that fit the period.
double pace_ratio_at(const std::vector<Voice>& voices, double period) {
    double fastest = 0, slowest = 0;
    for (const auto& voice : voices) {
        if (!(voice.slack > 0) || timer_bits_at(voice, period) <= 0) continue;
        fastest = fastest > 0 ? std::min(fastest, voice.slack) : voice.slack;
        slowest = std::max(slowest, voice.slack);
    }
    return fastest > 0 ? slowest / fastest : 1;
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
        const double period = candidate.parameter;
        double bits = doubt, first_bits = 0;
        std::size_t by_timer = 0, by_size = 0;
        for (std::size_t i = 0; i < streams; ++i) {
            const auto both = explain_together(voices.timer[i], voices.size[i], period, bytes);
            bits += std::max(both.timed, both.sized) - 1;
            first_bits += std::max(first_timer_bits_at(voices.timer[i], period),
                                   first_size_bits_at(voices.size[i], bytes));
            if (both.by_timer()) ++by_timer;
            if (both.by_size()) ++by_size;
        }
        bits += std::max(first_bits, odd_path_bits);
        if (bits <= best || by_timer * least_part < streams || by_size * least_part < streams) continue;
        best = bits;
        rule.cut_short_by_size = true;
        rule.timer.parameter = nanoseconds(rounded(period));
        rule.timer.explained = by_timer;
        rule.size.explained = by_size;
        rule.choice = {BufferingKind::timer, confidence_of(bits - alone)};
    }
}

/// As many events of one size are as many bytes: a window is named only where no usual buffer holds it, or
/// where the events of the streams differ in size.
void doubt_window(std::vector<Voice> sizes, SharedRule& rule) {
    if (rule.choice.kind != BufferingKind::token_window) return;
    const auto [least, most] = std::ranges::minmax(sizes, std::less<>{}, &Voice::slack);
    constexpr double different = 1.25;
    if (most.slack > different * least.slack) return;
    const double event_bytes = median_slack(std::move(sizes));
    const auto bytes = whole(number(rule.window.parameter) * event_bytes);
    if (!may_be_buffer(bytes, whole(event_bytes))) return;
    rule.choice.kind = BufferingKind::block_or_window;
    rule.size.parameter = bytes;
}

}  // namespace

SharedRule find_shared_rule(std::span<const BurstRhythm> rhythms) {
    const auto voices = voices_of(rhythms);
    SharedRule rule;
    rule.streams = voices.timer.size();
    if (rule.streams == 0) return rule;
    const auto timer = best_shared(voices.timer, {timer_bits_at, first_timer_bits_at});
    const auto window = best_shared(voices.window, {bits_at_count, first_bits_at_count});
    const auto size = best_shared(voices.size, {size_bits_at, first_size_bits_at});
    rule.timer = {nanoseconds(rounded(timer.parameter)), timer.bits, timer.explained};
    rule.window = {whole(window.parameter), window.bits, window.explained};
    rule.size = {whole(size.parameter), size.bits, size.explained};
    const double doubt =
        may_be_buffer(rule.size.parameter, whole(median_slack(voices.size))) ? 0 : unusual_size_bits;
    double bursts = 0;
    for (const auto& voice : voices.timer)
        bursts += voice.bursts + (voice.first > 0 ? 1 : 0);
    rule.choice = choose_rule({timer.bits, window.bits, size.bits + doubt}, whole(bursts));
    try_both(voices, doubt, rule);
    doubt_window(voices.size, rule);
    rule.pace_ratio = pace_ratio_at(voices.timer, number(rule.timer.parameter));
    return rule;
}

}  // namespace streamgauge::report
