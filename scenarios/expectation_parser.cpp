#include "scenarios/expectation_parser.h"

#include "scenarios/metric_catalogue.h"
#include "scenarios/quantity.h"
#include "scenarios/suggestion.h"
#include "scenarios/vocabulary.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <utility>

namespace streamgauge::scenarios {
namespace {

/// What each unit is called and how it is written.
struct UnitForm {
    std::string_view noun;
    std::string_view example;
};

UnitForm form_of(Unit unit) {
    switch (unit) {
        case Unit::duration:
            return {"a duration with its unit", "800ms"};
        case Unit::ratio:
            return {"a percentage", "1%"};
        case Unit::rate:
            return {"a rate with its unit", "50/s"};
        case Unit::count:
            return {"a whole number", "5"};
        case Unit::word:
            break;
    }
    return {"a word", "none"};
}

std::string_view written(Comparator comparator) {
    constexpr std::array<std::string_view, 6> marks{"<", "<=", ">", ">=", "==", "!="};
    return marks[static_cast<std::size_t>(comparator)];
}

bool is_equality(Comparator comparator) {
    return comparator == Comparator::equal || comparator == Comparator::not_equal;
}

template <typename Names>
std::vector<std::string_view> names_of_metrics(const Names& list) {
    std::vector<std::string_view> names;
    names.reserve(list.size());
    for (const Metric& metric : list)
        names.push_back(metric.name);
    return names;
}

class Parser {
  public:
    explicit Parser(std::string_view text) : text_(text) {}

    ParsedExpectation expectation() {
        const std::size_t start = skip_blanks();
        const std::string_view name = take_name("a metric, such as `ttft.p95`");
        ParsedExpectation parsed = name == "delta" ? difference() : figure(name, start);
        skip_blanks();
        if (position_ < text_.size()) {
            fail(position_, fmt::format("`{}` is left over; one expectation is one comparison, so write "
                                        "others in lines of their own",
                                        text_.substr(position_)));
        }
        return parsed;
    }

  private:
    [[noreturn]] static void fail(std::size_t offset, std::string message, std::string suggestion = {}) {
        throw ExpectationError{offset, std::move(message), std::move(suggestion)};
    }

    /// One figure of one target: `ttft.p95 < 800ms`.
    ParsedExpectation figure(std::string_view name, std::size_t start) {
        ParsedExpectation parsed;
        const auto [head, rest] = split(name);
        const Metric& metric = metric_named(head, start);
        Condition& condition = parsed.condition;
        condition.metric = metric.name;
        condition.unit = metric.unit;
        read_rest(metric, rest, start, condition);
        if (metric.form == MetricForm::goodput) parsed.goodput_limits = limits();
        const std::size_t window_offset = skip_blanks();
        parsed.window = take_window();
        if (parsed.window) check_window(metric.name, window_offset);
        comparison(condition, metric.form == MetricForm::goodput ? "goodput(...)" : name);
        check_sense(condition, metric.form == MetricForm::goodput ? "goodput(...)" : name);
        return parsed;
    }

    /// A figure of one target less that of another: `(ttft.p95, gateway, direct) < 30ms`. It may lie below 0,
    /// so that every limit makes sense.
    ParsedExpectation difference() {
        ParsedExpectation parsed;
        if (!take("(")) {
            fail(position_,
                 "`delta` needs a figure and two targets, such as `delta(ttft.p95, gateway, direct) < 30ms`");
        }
        const std::size_t start = skip_blanks();
        const std::string_view name = take_name("a figure, such as `ttft.p95`");
        const auto [head, rest] = split(name);
        const Metric& metric = metric_named(head, start);
        if (metric.form != MetricForm::distribution) {
            fail(start, fmt::format("delta compares durations, such as `ttft.p95`; `{}` is not one", name));
        }
        parsed.condition.metric = metric.name;
        parsed.condition.unit = metric.unit;
        read_rest(metric, rest, start, parsed.condition);
        refuse_window_of_delta();
        parsed.delta.emplace();
        take_comma();
        parsed.delta_offset = skip_blanks();
        parsed.delta->target = take_target();
        take_comma();
        parsed.delta->base = take_target();
        if (!take(")")) fail(position_, "expected `)`" + found_here());
        if (parsed.delta->target == parsed.delta->base) {
            fail(parsed.delta_offset, "delta needs two different targets");
        }
        refuse_window_of_delta();
        comparison(parsed.condition, "delta(...)");
        return parsed;
    }

    void take_comma() {
        if (!take(",")) fail(position_, "expected `,`" + found_here());
    }

    // ---- symbols

    std::size_t skip_blanks() {
        while (position_ < text_.size() && (text_[position_] == ' ' || text_[position_] == '\t'))
            ++position_;
        return position_;
    }

    static bool in_name(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
               c == '.';
    }

    std::string_view take_name(std::string_view wanted) {
        const std::size_t start = skip_blanks();
        while (position_ < text_.size() && in_name(text_[position_]))
            ++position_;
        if (position_ == start) fail(start, fmt::format("expected {}{}", wanted, found_here()));
        return text_.substr(start, position_ - start);
    }

    std::string take_target() {
        const std::size_t start = skip_blanks();
        while (position_ < text_.size() && (in_name(text_[position_]) || text_[position_] == '-'))
            ++position_;
        if (position_ == start) fail(start, "expected the name of a target" + found_here());
        return std::string(text_.substr(start, position_ - start));
    }

    bool take(std::string_view symbol) {
        skip_blanks();
        if (!text_.substr(position_).starts_with(symbol)) return false;
        position_ += symbol.size();
        return true;
    }

    std::string found_here() const {
        if (position_ >= text_.size()) return ", but the text ends";
        return fmt::format(", found `{}`", text_.substr(position_, 20));
    }

    /// `ttft.p99.9` into `ttft` and `p99.9`.
    static std::pair<std::string_view, std::string_view> split(std::string_view name) {
        const std::size_t dot = name.find('.');
        if (dot == std::string_view::npos) return {name, {}};
        return {name.substr(0, dot), name.substr(dot + 1)};
    }

    // ---- the left-hand side

    static const Metric& metric_named(std::string_view head, std::size_t offset) {
        if (const Metric* metric = find_metric(head)) return *metric;
        const auto names = names_of_metrics(metrics);
        const std::string suggestion = suggest(head, std::span<const std::string_view>(names));
        std::string message = fmt::format("there is no metric `{}`", head);
        if (suggestion.empty()) message += fmt::format("; the metrics are {}", fmt::join(names, ", "));
        fail(offset, std::move(message), suggestion);
    }

    /// Reads what follows the first dot of a metric's name.
    static void read_rest(const Metric& metric, std::string_view rest, std::size_t start,
                          Condition& condition) {
        const std::size_t rest_offset = start + metric.name.size() + (rest.empty() ? 0 : 1);
        switch (metric.form) {
            case MetricForm::distribution:
                choose(metric.name, rest, rest_offset, "a statistic", "p95", statistics);
                condition.statistic = rest;
                return;
            case MetricForm::throughput:
                choose(metric.name, rest, rest_offset, "what to count", "tokens", throughput_kinds);
                condition.statistic = rest;
                return;
            case MetricForm::outcome:
                choose(metric.name, rest, rest_offset, "an outcome", "truncated", outcome_words);
                condition.statistic = rest;
                return;
            case MetricForm::mean:
                if (rest == "mean") return;
                break;
            case MetricForm::figure:
            case MetricForm::goodput:
                break;
        }
        if (!rest.empty()) {
            fail(rest_offset, fmt::format("`{}` is a single figure and has no `.{}`", metric.name, rest));
        }
    }

    static void choose(std::string_view metric, std::string_view word, std::size_t offset,
                       std::string_view what, std::string_view example,
                       std::span<const std::string_view> choices) {
        if (std::find(choices.begin(), choices.end(), word) != choices.end()) return;
        if (word.empty()) {
            fail(offset,
                 fmt::format("`{}` needs {} after it, such as `{}.{}`", metric, what, metric, example));
        }
        const std::string suggestion = suggest_word(word, choices);
        std::string message = fmt::format("`{}` has no `.{}`", metric, word);
        if (suggestion.empty()) message += fmt::format("; it has {}", fmt::join(choices, ", "));
        fail(offset, std::move(message), suggestion);
    }

    /// Another percentile is no slip of the one written, unless only its point is missing.
    static std::string suggest_word(std::string_view word, std::span<const std::string_view> choices) {
        if (word == "p999") return "p99.9";
        const bool numbered = word.find_first_of("0123456789") != std::string_view::npos;
        return numbered ? std::string() : suggest(word, choices);
    }

    // ---- the limits of goodput

    std::vector<Condition> limits() {
        if (!take("(")) {
            fail(position_,
                 "`goodput` needs the limits that a good request meets, such as `goodput(ttft < 1s, "
                 "itl.max < 500ms) > 99%`");
        }
        std::vector<Condition> conditions;
        do {
            conditions.push_back(request_limit());
        } while (take(","));
        if (!take(")")) fail(position_, "expected `,` or `)`" + found_here());
        return conditions;
    }

    Condition request_limit() {
        const std::size_t start = skip_blanks();
        const std::string_view name = take_name("a limit, such as `ttft < 1s`");
        if (std::find(request_limits.begin(), request_limits.end(), name) == request_limits.end()) {
            fail_request_limit(name, start);
        }
        Condition condition;
        const auto [head, rest] = split(name);
        condition.metric = head;
        condition.statistic = rest;
        condition.unit = Unit::duration;
        const std::size_t comparator_offset = skip_blanks();
        comparison(condition, name);
        check_sense(condition, name);
        if (condition.comparator != Comparator::less && condition.comparator != Comparator::less_or_equal) {
            fail(comparator_offset,
                 fmt::format("a limit of goodput is an upper one; write `{} < ...`", name));
        }
        return condition;
    }

    [[noreturn]] static void fail_request_limit(std::string_view name, std::size_t offset) {
        const auto [head, rest] = split(name);
        if (head == "itl") fail(offset, "inside goodput a limit is on one request; write `itl.max`");
        const bool known =
            std::find(request_limits.begin(), request_limits.end(), head) != request_limits.end();
        if (known) {
            fail(offset,
                 fmt::format("inside goodput a limit is on one request, so it has no statistic; write `{}`",
                             head));
        }
        fail(offset,
             fmt::format("goodput has no limit `{}`; a request can be held to {}", name,
                         fmt::join(request_limits, ", ")),
             suggest(name, request_limits));
    }

    // ---- windows

    /// `per 10s`, where it stands.
    std::optional<std::chrono::nanoseconds> take_window() {
        const std::string_view rest = text_.substr(skip_blanks());
        if (!rest.starts_with("per")) return std::nullopt;
        if (rest.size() > 3 && rest[3] != ' ' && rest[3] != '\t') return std::nullopt;
        position_ += 3;
        const std::size_t start = skip_blanks();
        position_ = std::min(text_.find_first_of(" \t<>=!,()", start), text_.size());
        const auto length = parse_duration(text_.substr(start, position_ - start));
        if (!length || length->count() <= 0) {
            fail(start,
                 "after `per` comes the length of a window with its unit, as in `ttft.p95 per 10s < 1s`");
        }
        return length;
    }

    static void check_window(std::string_view metric, std::size_t offset) {
        if (metric == "buffering") {
            fail(offset, "`buffering` is told from a whole phase, so it has no windows; remove `per`");
        }
        if (metric == "itl") {
            fail(offset,
                 "gaps are counted by the second, so `itl` has no windows; write `max_gap` or `tpot`");
        }
    }

    void refuse_window_of_delta() {
        const std::size_t offset = skip_blanks();
        if (take_window()) fail(offset, "`delta` compares whole phases, so it has no windows; remove `per`");
    }

    // ---- comparator and right-hand side

    void comparison(Condition& condition, std::string_view name) {
        const std::size_t comparator_offset = skip_blanks();
        condition.comparator = take_comparator(name, condition.unit);
        const bool equality = is_equality(condition.comparator);
        if (equality && (condition.unit == Unit::duration || condition.unit == Unit::rate)) {
            fail(comparator_offset,
                 fmt::format("`{}` is measured and never equals a figure exactly; compare with `<` or `>`",
                             name));
        }
        if (!equality && condition.unit == Unit::word) {
            fail(comparator_offset, fmt::format("`{}` is compared with `==` or `!=`", name));
        }
        value_offset_ = skip_blanks();
        value(condition, name);
    }

    Comparator take_comparator(std::string_view name, Unit unit) {
        // Longer marks first, so that `<=` is not read as `<`.
        for (const Comparator comparator :
             {Comparator::less_or_equal, Comparator::greater_or_equal, Comparator::equal,
              Comparator::not_equal, Comparator::less, Comparator::greater}) {
            if (take(written(comparator))) return comparator;
        }
        const std::string_view mark = unit == Unit::word ? "==" : "<";
        fail(position_, fmt::format("expected a comparison such as `{} {} {}`{}", name, mark,
                                    form_of(unit).example, found_here()));
    }

    void value(Condition& condition, std::string_view name) {
        const std::size_t start = skip_blanks();
        position_ = std::min(text_.find_first_of(" \t,()", start), text_.size());
        const std::string_view text = text_.substr(start, position_ - start);
        const auto number = parse_value(condition, text);
        if (condition.unit == Unit::word) {
            if (std::find(buffering_words.begin(), buffering_words.end(), text) != buffering_words.end())
                return;
            fail(start,
                 fmt::format("`{}` is compared with one of {}", name, fmt::join(buffering_words, ", ")),
                 suggest(text, buffering_words));
        }
        if (!number) {
            const auto [noun, example] = form_of(condition.unit);
            fail(start, fmt::format("the right-hand side must be {}, as in `{} {} {}`", noun, name,
                                    written(condition.comparator), example));
        }
        condition.value = *number;
    }

    static std::optional<double> parse_value(Condition& condition, std::string_view text) {
        switch (condition.unit) {
            case Unit::duration:
                if (const auto duration = parse_duration(text)) return static_cast<double>(duration->count());
                return std::nullopt;
            case Unit::ratio:
                return parse_percentage(text);
            case Unit::rate:
                return parse_rate(text);
            case Unit::count:
                if (const auto count = parse_count(text)) return static_cast<double>(*count);
                return std::nullopt;
            case Unit::word:
                condition.word = text;
                return std::nullopt;
        }
        return std::nullopt;
    }

    /// A gate that always or never holds is a slip.
    void check_sense(const Condition& condition, std::string_view name) const {
        const std::size_t offset = value_offset_;
        if (condition.unit == Unit::word) return;
        if (condition.unit == Unit::ratio && condition.value > 1) {
            fail(offset, fmt::format("`{}` is never above 100%", name));
        }
        const bool lowest = condition.value == 0;
        const bool highest = condition.unit == Unit::ratio && condition.value == 1;
        const Comparator comparator = condition.comparator;
        if ((lowest && comparator == Comparator::less) || (highest && comparator == Comparator::greater)) {
            fail(offset,
                 fmt::format("this can never hold; `{}` lies {}", name,
                             condition.unit == Unit::ratio ? "between 0% and 100%" : "at 0 or above"));
        }
        if ((lowest && comparator == Comparator::greater_or_equal) ||
            (highest && comparator == Comparator::less_or_equal)) {
            fail(offset, "this always holds, so it checks nothing; write a tighter limit or remove it");
        }
    }

    std::string_view text_;
    std::size_t position_ = 0;
    std::size_t value_offset_ = 0;  ///< of the right-hand side
};

}  // namespace

boost::system::result<ParsedExpectation, ExpectationError> parse_expectation(std::string_view text) {
    try {
        return Parser(text).expectation();
    } catch (ExpectationError& error) {
        return std::move(error);
    }
}

}  // namespace streamgauge::scenarios
