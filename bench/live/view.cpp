#include "bench/live/view.h"

#include "bench/live/phase_bar.h"
#include "bench/live/progress_line.h"
#include "bench/live/sparkline.h"
#include "bench/live/view_line.h"
#include "report/export/escape.h"
#include "report/export/group_lookup.h"
#include "report/summary/figure.h"
#include "report/summary/validity.h"
#include "scenarios/quantity.h"

#include <fmt/format.h>

#include <algorithm>
#include <climits>
#include <cmath>
#include <functional>
#include <utility>

namespace streamgauge::live {

namespace {

using report::Shade;
using report::terminal_text;
using scenarios::format_duration;

constexpr std::size_t widest = 132;
constexpr std::size_t narrowest_block = 36;  ///< narrower: one line
constexpr std::size_t lowest_block = 4;      ///< lower: one line
constexpr std::size_t indent = 2;
constexpr std::size_t least_label = 8, most_label = 20;
constexpr std::size_t value_width = 12;
constexpr std::size_t least_sparkline = 8;
constexpr std::size_t rows_to_spare = 5;  ///< two blank ones, the hint, the client, the median

std::string count_text(double value) {
    return with_thousands(static_cast<std::uint64_t>(std::llround(std::max(value, 0.0))));
}

std::string rate_text(double per_second) {
    return per_second < 10 ? fmt::format("{:.1f}/s", per_second) : count_text(per_second) + "/s";
}

std::string time_text(std::optional<nanoseconds> time) {
    return time ? format_duration(*time) : "-";
}

/// Time that is left, in whole seconds, so that 0:00 comes at the end and not a second before.
nanoseconds rounded_up(nanoseconds time) {
    return std::chrono::ceil<std::chrono::seconds>(std::max(time, nanoseconds{0}));
}

/// `0.08%`, `1.2%`, `34%`.
std::string percent_text(std::uint64_t count, std::uint64_t of) {
    if (count == 0 || of == 0) return "0%";
    const double percent = 100 * static_cast<double>(count) / static_cast<double>(of);
    if (percent < 0.01) return "<0.01%";
    return fmt::format("{:.{}f}%", percent, percent >= 10 ? 0 : percent >= 1 ? 1 : 2);
}

std::string plural(std::uint64_t count, std::string_view noun) {
    return fmt::format("{} {}{}", with_thousands(count), noun, count == 1 ? "" : "s");
}

std::optional<double> largest_of(const Series& series) {
    std::optional<double> largest;
    for (const auto& value : series)
        if (value) largest = std::max(value, largest);
    return largest;
}

struct Words {
    std::string text;
    Shade shade = Shade::plain;
};

/// What a target does with its streams, so far.
Words buffering_words(const report::BufferingVerdict& verdict) {
    using enum report::BufferingKind;
    switch (verdict.kind) {
        case none:
            return {"streams", Shade::good};
        case instant:
            return {"answers at once", Shade::good};
        case insufficient:
            return {"cannot tell yet", Shade::dim};
        case unclear:
            return {"bursts, no clear pattern", Shade::warning};
        case not_streamed:
            return {"does not stream", Shade::bad};
        default:
            return {"holds back: " + report::describe(verdict), Shade::bad};
    }
}

/// A line and when it is left out: the least important goes first.
struct Row {
    std::string text;
    int importance = 0;
};

/// Builds the rows of one frame.
class Painter {
  public:
    Painter(const Snapshot& snapshot, std::size_t width, const ViewStyle& style);

    void heading();
    void bar();
    void blank() { rows_.push_back({"", 1}); }
    void load();
    void ttft();
    void errors();
    void targets();
    void all_targets();
    void client();
    void hint();

    /// The rows that fit, in order.
    std::vector<std::string> fitted(std::size_t most) const;
    std::size_t rows() const { return rows_.size(); }

  private:
    void figure(std::string_view label, const std::string& value, const Series& series, Words note,
                int importance, Shade shade = Shade::plain);
    void add(const ViewLine& line, int importance);
    std::string where() const;
    std::string time_left() const;
    std::string outcomes(std::size_t width) const;
    std::string client_trouble() const;

    const Snapshot& snapshot_;
    std::size_t width_;
    const ViewStyle& style_;
    std::size_t label_ = least_label;
    std::size_t sparkline_ = 0;
    std::vector<Row> rows_;
};

Painter::Painter(const Snapshot& snapshot, std::size_t width, const ViewStyle& style)
    : snapshot_(snapshot), width_(width), style_(style) {
    if (snapshot.targets.size() <= most_targets_with_lines) {
        for (const auto& target : snapshot.targets)
            label_ = std::max(label_, report::display_width(terminal_text(target.name)));
    }
    label_ = std::min({label_, most_label, width / 4});
    const std::size_t before = indent + label_ + value_width + 2;
    const std::size_t rest = width > before ? width - before : 0;
    sparkline_ = std::min(longest_series, rest * 11 / 20);
    if (sparkline_ < least_sparkline) sparkline_ = 0;
}

void Painter::add(const ViewLine& line, int importance) {
    rows_.push_back({std::string(indent, ' ') + line.draw(width_ - indent, style_.colour), importance});
}

/// Label, value, sparkline and a few words.
void Painter::figure(std::string_view label, const std::string& value, const Series& series, Words note,
                     int importance, Shade shade) {
    ViewLine line;
    line.add(padded_right(cut(label, label_), label_), Shade::dim, 10, 0);
    line.add(padded_left(value, value_width), shade == Shade::plain ? Shade::bold : shade, 9, 0);
    if (sparkline_ > 0) line.add(sparkline(series, sparkline_, style_.unicode), shade, 7);
    line.add(std::move(note.text), note.shade, 8);
    add(line, importance);
}

/// Where the run is.
std::string Painter::where() const {
    const auto open = plural(snapshot_.streams_open, "stream");
    switch (snapshot_.stage) {
        case Stage::running:
            break;
        case Stage::draining:
            return "draining: waiting for " + open;
        case Stage::stopping:
            return "stopping: waiting for " + open;
        case Stage::ending:
            return "ending " + open + " at once";
    }
    if (snapshot_.phase >= snapshot_.phases.size()) return "";
    const auto& phase = snapshot_.phases[snapshot_.phase];
    auto words = terminal_text(phase.name, 40);
    if (snapshot_.phases.size() > 1)
        words += fmt::format(", phase {} of {}", snapshot_.phase + 1, snapshot_.phases.size());
    if (phase.warmup) words += ", not counted";
    return words;
}

std::string Painter::time_left() const {
    if (snapshot_.stage == Stage::ending) return "";
    if (snapshot_.stage != Stage::running)
        return "at most " + format_clock(rounded_up(snapshot_.drain_left)) + " left";
    nanoseconds total{0}, phase_end{0};
    for (std::size_t i = 0; i < snapshot_.phases.size(); ++i) {
        total += snapshot_.phases[i].duration;
        if (i == snapshot_.phase) phase_end = total;
    }
    const auto left = [this](nanoseconds end) { return format_clock(rounded_up(end - snapshot_.elapsed)); };
    if (snapshot_.phases.size() == 1) return fmt::format("{} of {} left", left(total), format_clock(total));
    return fmt::format("phase {}, run {} of {} left", left(phase_end), left(total), format_clock(total));
}

void Painter::heading() {
    const bool calm = snapshot_.stage == Stage::running || snapshot_.stage == Stage::draining;
    ViewLine line;
    line.add(terminal_text(snapshot_.scenario, 60), Shade::bold, 1);
    line.add(where(), calm ? Shade::plain : Shade::warning, 3);
    line.to_the_right().add(time_left(), Shade::plain, 2);
    add(line, 100);
}

void Painter::bar() {
    auto bar = phase_bar(snapshot_.phases, snapshot_.elapsed, width_ - indent, style_.unicode);
    ViewLine line;
    line.add(std::move(bar.over), Shade::good, 1, 0).add(std::move(bar.to_come), Shade::dim, 1, 0);
    add(line, 70);
}

void Painter::load() {
    const auto& shown = snapshot_;
    const auto most = [](const Series& series, double now) {
        const auto largest = std::max(largest_of(series).value_or(0), now);
        return largest > 0 ? "most " + count_text(largest) : "";
    };
    auto done = with_thousands(shown.requests_done);
    if (shown.request_limit) done += " of " + with_thousands(*shown.request_limit);
    figure("streams", with_thousands(shown.streams_open) + " open", shown.open_series,
           {most(shown.open_series, static_cast<double>(shown.streams_open)), Shade::dim}, 80);
    figure("requests", rate_text(shown.requests_per_second), shown.requests_series, {done + " done"}, 85);
    figure("tokens", rate_text(shown.tokens_per_second), shown.tokens_series,
           {most(shown.tokens_series, shown.tokens_per_second), Shade::dim}, 75);
}

void Painter::ttft() {
    const auto highest = [](const Series& series, const std::optional<nanoseconds>& now) -> Words {
        const auto largest = largest_of(series);
        if (!largest) return {now ? "" : "no stream has ended yet", Shade::dim};
        // The figure beside it has the second that is not over in it, too.
        const auto most = std::max(nanoseconds{std::llround(*largest)}, now.value_or(nanoseconds{0}));
        return {"up to " + format_duration(most), Shade::dim};
    };
    figure("TTFT p50", time_text(snapshot_.ttft_p50), snapshot_.ttft_p50_series,
           highest(snapshot_.ttft_p50_series, snapshot_.ttft_p50), 65);
    figure("TTFT p95", time_text(snapshot_.ttft_p95), snapshot_.ttft_p95_series,
           highest(snapshot_.ttft_p95_series, snapshot_.ttft_p95), 90);
}

/// The kinds of errors with their shares, the most frequent first, as many as fit.
std::string Painter::outcomes(std::size_t width) const {
    std::vector<std::pair<std::uint64_t, report::Outcome>> found;
    for (std::size_t i = 0; i < report::outcome_count; ++i) {
        const auto outcome = static_cast<report::Outcome>(i);
        if (report::is_error(outcome) && snapshot_.outcomes[i] > 0)
            found.emplace_back(snapshot_.outcomes[i], outcome);
    }
    std::ranges::stable_sort(found, std::greater{}, [](const auto& each) { return each.first; });
    std::string words;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const auto& [count, outcome] = found[i];
        const auto next =
            fmt::format("{}{} {} ({})", i > 0 ? ", " : "", report::words_of(report::to_string(outcome)),
                        with_thousands(count), percent_text(count, snapshot_.requests_done));
        const auto more = fmt::format(", {} more", found.size() - i);
        const std::size_t kept = i + 1 < found.size() ? more.size() : 0;
        if (i > 0 && words.size() + next.size() + kept > width) return words + more;
        words += next;
    }
    return words;
}

void Painter::errors() {
    const auto& shown = snapshot_;
    const std::size_t before = indent + label_ + value_width + 2 + (sparkline_ > 0 ? sparkline_ + 2 : 0);
    const std::string share =
        shown.errors > 0 ? fmt::format(" ({})", percent_text(shown.errors, shown.requests_done)) : "";
    figure("errors", with_thousands(shown.errors) + share, shown.errors_series,
           {outcomes(width_ > before ? width_ - before : 0), Shade::bad}, 95,
           shown.errors > 0 ? Shade::bad : Shade::plain);
}

/// One line for each target.
void Painter::targets() {
    // As wide in each line, so that each leaves out the same.
    std::size_t ttft_width = 0, errors_width = 0, words_width = 0;
    const auto errors_of = [](const Snapshot::Target& target) {
        return target.errors == 0 ? std::string("no errors")
                                  : percent_text(target.errors, target.ended) + " errors";
    };
    for (const auto& target : snapshot_.targets) {
        ttft_width = std::max(ttft_width, time_text(target.ttft_p95).size());
        errors_width = std::max(errors_width, errors_of(target).size());
        words_width = std::max(words_width, buffering_words(target.buffering).text.size());
    }
    for (const auto& target : snapshot_.targets) {
        const auto words = buffering_words(target.buffering);
        ViewLine line;
        line.add(padded_right(cut(terminal_text(target.name), label_), label_), Shade::bold, 10, 0);
        line.add(padded_left(with_thousands(target.ended) + " done", value_width), Shade::plain, 1, 0);
        line.add("TTFT p95 " + padded_left(time_text(target.ttft_p95), ttft_width), Shade::plain, 3);
        line.add(padded_right(errors_of(target), errors_width), target.errors > 0 ? Shade::bad : Shade::dim,
                 2);
        line.add(padded_right(words.text, words_width), words.shade, 9);
        add(line, 78);
    }
}

/// All targets in one line: how many stream, and which do not.
void Painter::all_targets() {
    std::size_t streaming = 0, held = 0;
    std::string names;
    for (const auto& target : snapshot_.targets) {
        using enum report::BufferingKind;
        const auto kind = target.buffering.kind;
        if (kind == none || kind == instant) ++streaming;
        if (!target.buffering.is_buffered()) continue;
        names += fmt::format("{}{} ({})", held++ > 0 ? ", " : ": ", terminal_text(target.name, 30),
                             report::describe(target.buffering));
    }
    ViewLine line;
    line.add(padded_right("targets", label_), Shade::dim, 10, 0);
    line.add(padded_left(fmt::format("{} of {}", streaming, snapshot_.targets.size()), value_width),
             Shade::bold, 9, 0);
    line.add(streaming == 1 ? "streams" : "stream", Shade::good, 7, 1);
    if (held > 0) line.add(fmt::format("{} held back{}", held, names), Shade::bad, 8);
    add(line, 78);
}

/// Why the client is the bottleneck; empty when it is not.
std::string Painter::client_trouble() const {
    const auto& client = snapshot_.client;
    if (client.send_lag_p99 && *client.send_lag_p99 > client.send_lag_limit) {
        return fmt::format("send lag p99 {} (limit {})", format_duration(*client.send_lag_p99),
                           format_duration(client.send_lag_limit));
    }
    if (client.uncertain_share > report::uncertain_tokens_limit) {
        return fmt::format("{:.0f}% of token times read too late (limit {:.0f}%)",
                           client.uncertain_share * 100, report::uncertain_tokens_limit * 100);
    }
    if (client.busy_share > report::busy_workers_limit)
        return fmt::format("busy {:.0f}% of the time", client.busy_share * 100);
    return "";
}

void Painter::client() {
    const auto& client = snapshot_.client;
    const auto trouble = client_trouble();
    ViewLine line;
    if (trouble.empty()) {
        line.add(padded_right("client", label_), Shade::dim, 10, 0);
        line.add(padded_left("keeps up", value_width), Shade::good, 9, 0);
        line.add(fmt::format("busy {:.0f}%", client.busy_share * 100), Shade::dim, 7);
        if (client.send_lag_p99)
            line.add("send lag p99 " + format_duration(*client.send_lag_p99), Shade::dim, 8);
    } else {
        line.add("client is the bottleneck: " + trouble, Shade::warning);
    }
    add(line, trouble.empty() ? 50 : 97);
    if (!snapshot_.trouble.empty())
        add(ViewLine().add(terminal_text(snapshot_.trouble, 200), Shade::bad), 96);
}

void Painter::hint() {
    const auto again = terminal_text(snapshot_.again, 40);
    switch (snapshot_.stage) {
        case Stage::running:
        case Stage::draining: {
            ViewLine line;
            line.add("Ctrl-C stops and writes the report", Shade::dim, 2);
            if (sparkline_ > 0) line.to_the_right().add("a mark is a second", Shade::dim, 1);
            return add(line, 20);
        }
        case Stage::stopping:
            return add(ViewLine().add(again + " ends them now and writes the report", Shade::warning), 98);
        case Stage::ending:
            return;
    }
}

std::vector<std::string> Painter::fitted(std::size_t most) const {
    auto rows = rows_;
    while (rows.size() > most) {
        // The last of equals, so that what is above stays.
        auto least = rows.begin();
        for (auto row = rows.begin(); row != rows.end(); ++row) {
            if (row->importance <= least->importance) least = row;
        }
        rows.erase(least);
    }
    std::vector<std::string> lines;
    lines.reserve(rows.size());
    for (auto& row : rows)
        lines.push_back(std::move(row.text));
    return lines;
}

/// All rows of a frame. Targets share one line where they are many or, `together`, where space is short.
Painter paint(const Snapshot& snapshot, std::size_t width, const ViewStyle& style, bool together) {
    Painter painter(snapshot, width, style);
    painter.heading();
    painter.bar();
    painter.blank();
    painter.load();
    painter.ttft();
    painter.errors();
    painter.blank();
    if (together || snapshot.targets.size() > most_targets_with_lines) {
        painter.all_targets();
    } else {
        painter.targets();
    }
    painter.client();
    painter.hint();
    return painter;
}

std::string stage_name(const Snapshot& snapshot) {
    switch (snapshot.stage) {
        case Stage::running:
            break;
        case Stage::draining:
            return "draining";
        case Stage::stopping:
        case Stage::ending:
            return "stopping";
    }
    return snapshot.phase < snapshot.phases.size() ? snapshot.phases[snapshot.phase].name : "draining";
}

}  // namespace

std::string one_line_view(const Snapshot& snapshot, std::size_t width) {
    nanoseconds total{0};
    for (const auto& phase : snapshot.phases)
        total += phase.duration;
    return format_progress(
        {snapshot.elapsed, total, stage_name(snapshot), snapshot.streams_open, snapshot.requests_done,
         snapshot.errors, snapshot.tokens_per_second, snapshot.ttft_p95},
        static_cast<unsigned>(std::min<std::size_t>(width, UINT_MAX)));
}

std::vector<std::string> view(const Snapshot& snapshot, std::size_t width, std::size_t height,
                              const ViewStyle& style) {
    // One column stays free: terminals wrap, or do not, when the last one is written.
    const std::size_t columns = std::min(width > 1 ? width - 1 : 1, widest);
    if (columns < narrowest_block || height < lowest_block) return {one_line_view(snapshot, columns)};
    const std::size_t most = height - 1;
    const auto painter = paint(snapshot, columns, style, false);
    // Rather all targets in one line than some of them, or the figures above, not at all.
    if (painter.rows() > most + rows_to_spare && snapshot.targets.size() > 1)
        return paint(snapshot, columns, style, true).fitted(most);
    return painter.fitted(most);
}

}  // namespace streamgauge::live
