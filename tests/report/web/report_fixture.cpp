#include "tests/report/web/report_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

namespace streamgauge::report::fixture {
namespace {

using namespace std::chrono_literals;
using Samples = std::vector<std::int64_t>;

constexpr std::uint32_t event_bytes = 258;
constexpr auto first_token_limit = 4s;

nanoseconds seconds_of(double seconds) {
    return nanoseconds{std::llround(seconds * 1e9)};
}

/// How the model and the path behave for one request.
struct Weather {
    double ttft_median = 0.21;   ///< seconds
    double gap_mean = 0.021;     ///< seconds
    double error_share = 0.004;  ///< of requests that fail
    std::uint32_t block = 0;     ///< bytes the path collects; 0: none
};

class Model {
  public:
    explicit Model(std::uint64_t seed) : random_(seed) {}

    StreamTimeline stream(std::uint64_t sequence, std::uint32_t target, std::uint32_t phase,
                          nanoseconds intended, const Weather& weather) {
        StreamTimeline timeline;
        timeline.request_id =
            fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:012x}", random_() & 0xffffffff, random_() & 0xffff,
                        random_() & 0xfff, random_() & 0xfff, random_() & 0xffffffffffff);
        timeline.sequence = sequence;
        timeline.target = target;
        timeline.phase = phase;
        timeline.intended = Moment{} + 1h + intended;
        timeline.sent = timeline.intended + seconds_of(uniform(20e-6, 160e-6));
        timeline.http_status = 200;
        timeline.chunked = true;
        generate(timeline, weather);
        if (uniform(0, 1) < weather.error_share) fail(timeline);
        return timeline;
    }

    double uniform(double from, double to) { return std::uniform_real_distribution{from, to}(random_); }

  private:
    void generate(StreamTimeline& timeline, const Weather& weather) {
        const double first =
            weather.ttft_median * std::exp(std::normal_distribution{0.0, 0.32}(random_)) + 0.02;
        const auto tokens = static_cast<int>(
            std::clamp(std::lognormal_distribution{std::log(110.0), 0.45}(random_), 24.0, 320.0));
        const double pace = weather.gap_mean * uniform(0.85, 1.2);
        std::gamma_distribution<double> gap{6.0, pace / 6.0};
        Samples made;
        double at = first;
        for (int i = 0; i < tokens; ++i) {
            made.push_back(seconds_of(at).count());
            at += gap(random_) + (uniform(0, 1) < 0.00006 ? uniform(1.1, 1.9) : 0);
        }
        deliver(timeline, made, weather.block);
        timeline.terminal = timeline.end = timeline.arrival(timeline.tokens.size() - 1) + 300us;
        timeline.output_tokens = static_cast<std::uint64_t>(tokens);
        timeline.outcome = Outcome::completed;
    }

    /// Passes tokens on at once, or when a block of `block` bytes is full.
    void deliver(StreamTimeline& timeline, const Samples& made, std::uint32_t block) {
        std::size_t done = 0;
        std::uint32_t held = 0;
        for (std::size_t i = 0; i < made.size(); ++i) {
            held += event_bytes;
            if (block != 0 && held < block && i + 1 < made.size()) continue;
            const Moment arrival = *timeline.sent + nanoseconds{made[i]} + seconds_of(uniform(60e-6, 400e-6));
            const auto read = static_cast<std::uint32_t>(timeline.reads.size());
            timeline.reads.push_back({arrival, arrival - 40us, held, StampSource::kernel, block != 0});
            for (; done <= i; ++done)
                timeline.tokens.push_back({read, read, event_bytes, 1, TokenKind::answer});
            held = 0;
        }
    }

    void fail(StreamTimeline& timeline) {
        const double kind = uniform(0, 1);
        if (kind < 0.4) {
            timeline.tokens.resize(std::max<std::size_t>(1, timeline.tokens.size() / 3));
            timeline.end = timeline.arrival(timeline.tokens.size() - 1) + 2ms;
            timeline.terminal.reset();
            timeline.outcome = Outcome::truncated;
            timeline.detail = "the response ended without data: [DONE]";
            return;
        }
        timeline.tokens.clear();
        timeline.reads.clear();
        timeline.terminal.reset();
        timeline.output_tokens.reset();
        if (kind < 0.75) {
            timeline.http_status = 429;
            timeline.outcome = Outcome::http_error;
            timeline.end = *timeline.sent + 18ms;
            timeline.detail =
                "429 Too Many Requests: {\"error\":{\"message\":\"rate limit reached, try again in 2s\"}}";
        } else {
            timeline.outcome = Outcome::timeout_first_token;
            timeline.end = *timeline.sent + first_token_limit;
            timeline.detail = "no first token within 4s";
        }
    }

    std::mt19937_64 random_;
};

struct Values {
    Samples ttft, itl, tpot, e2e, max_gap;
    std::uint64_t censored = 0;
};

Values values_of(const std::vector<const StreamTimeline*>& timelines) {
    Values values;
    for (const StreamTimeline* t : timelines) {
        if (t->outcome == Outcome::timeout_first_token) ++values.censored;
        if (t->tokens.empty()) continue;
        const auto count = t->tokens.size();
        const auto last = t->arrival(count - 1);
        values.ttft.push_back((t->arrival(0) - t->intended).count());
        Samples gaps;
        for (std::size_t i = 1; i < count; ++i)
            gaps.push_back((t->arrival(i) - t->arrival(i - 1)).count());
        if (!gaps.empty()) {
            values.max_gap.push_back(std::ranges::max(gaps));
            values.tpot.push_back((last - t->arrival(0)).count() / static_cast<std::int64_t>(gaps.size()));
        }
        values.itl.insert(values.itl.end(), gaps.begin(), gaps.end());
        if (t->outcome == Outcome::completed) values.e2e.push_back((last - t->intended).count());
    }
    return values;
}

std::int64_t rank_of(const Samples& sorted, double quantile) {
    const auto rank = static_cast<std::size_t>(std::ceil(quantile * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

MetricSummary metric(Samples samples, std::uint64_t censored = 0) {
    MetricSummary summary;
    summary.censored = censored;
    if (censored > 0) summary.censored_above = first_token_limit;
    summary.count = samples.size();
    if (samples.empty()) return summary;
    std::ranges::sort(samples);
    const auto size = static_cast<double>(samples.size());
    const double mean = std::accumulate(samples.begin(), samples.end(), 0.0) / size;
    summary.min = nanoseconds{samples.front()};
    summary.max = nanoseconds{samples.back()};
    summary.mean_ns = mean;
    summary.interval_method = "block bootstrap";
    for (const auto& [quantile, needed] :
         {std::pair{0.5, 1.0}, {0.9, 29.0}, {0.95, 59.0}, {0.99, 299.0}, {0.999, 2995.0}}) {
        // Ranks of a binomial proportion's 95 % interval, good enough for a picture.
        const double half = 1.96 * std::sqrt(quantile * (1 - quantile) / size);
        summary.percentiles.push_back({quantile, nanoseconds{rank_of(samples, quantile)},
                                       nanoseconds{rank_of(samples, std::max(0.0, quantile - half))},
                                       nanoseconds{rank_of(samples, std::min(1.0, quantile + half))},
                                       size >= needed});
    }
    for (int i = 0; i <= 160; ++i) {
        const double quantile = i < 40 ? i / 80.0 : 1 - 0.5 * std::pow(10, -(i - 40) / 40.0);
        if ((1 - quantile) * size < 1) break;
        summary.curve.emplace_back(quantile, rank_of(samples, quantile));
    }
    return summary;
}

BufferingSummary buffering(std::uint32_t block, std::uint64_t streams) {
    BufferingSummary summary;
    if (block == 0) {
        summary.verdict = {BufferingKind::none,
                           {},
                           {},
                           {},
                           0.98,
                           0ns,
                           "The median stream brought 1.0 token events a burst; no burst held more than 3."};
        summary.streams = {{"none", streams - streams / 80}, {"insufficient", streams / 80}};
    } else {
        summary.verdict = {
            BufferingKind::block,
            block,
            {},
            {},
            0.99,
            318ms,
            "Bursts of 16 token events, 4128 bytes each and 336ms apart; 97% of them end inside "
            "an event, as a full buffer of 4096 bytes would."};
        summary.streams = {
            {"block", streams - streams / 40}, {"unclear", streams / 80}, {"insufficient", streams / 80}};
    }
    return summary;
}

GroupSummary group(const Run& run, std::uint32_t target, std::optional<std::uint32_t> phase,
                   std::uint32_t block) {
    std::vector<const StreamTimeline*> own;
    GroupSummary group;
    group.target = run.summary.run.targets[target].name;
    for (std::uint32_t i = 0; i < run.summary.run.phases.size(); ++i) {
        const RunInfo::PhaseInfo& info = run.summary.run.phases[i];
        if (phase ? *phase == i : !info.warmup) group.duration += info.duration;
    }
    if (phase) {
        group.phase = run.summary.run.phases[*phase].name;
        group.warmup = run.summary.run.phases[*phase].warmup;
    }
    for (const StreamTimeline& t : run.timelines) {
        if (t.target != target) continue;
        if (phase ? t.phase == *phase : !run.summary.run.phases[t.phase].warmup) own.push_back(&t);
    }
    const Values values = values_of(own);
    group.metrics = {{"ttft", metric(values.ttft, values.censored)},
                     {"itl", metric(values.itl)},
                     {"tpot", metric(values.tpot)},
                     {"e2e", metric(values.e2e)},
                     {"max_gap", metric(values.max_gap)}};
    group.due = own.size();
    for (const StreamTimeline* t : own) {
        ++group.outcomes[static_cast<std::size_t>(t->outcome)];
        group.token_events += t->tokens.size();
        group.errors.count += is_error(t->outcome) ? 1 : 0;
        group.rate_limited += t->http_status == 429 ? 1 : 0;
        group.goodput.count += t->outcome == Outcome::completed && t->arrival(0) - t->intended < 1s ? 1 : 0;
        const bool first_of_its_kind = std::ranges::none_of(group.error_examples, [&](const auto& example) {
            return example.first == to_string(t->outcome);
        });
        if (is_error(t->outcome) && first_of_its_kind) {
            group.error_examples.emplace_back(to_string(t->outcome), t->detail);
        }
    }
    group.errors.of = group.goodput.of = group.due;
    const double seconds = std::chrono::duration<double>(group.duration).count();
    group.output_tokens = group.token_events;
    group.tokens_from_usage = true;
    group.requests_per_second = static_cast<double>(group.due) / seconds;
    group.events_per_second = group.tokens_per_second = static_cast<double>(group.token_events) / seconds;
    group.stalls = static_cast<std::uint64_t>(
        std::ranges::count_if(values.itl, [](auto gap) { return gap > 1'000'000'000; }));
    group.tokens_per_event = 1.0;
    group.events_per_read = block == 0 ? 1.0 : 15.6;
    group.jank_mean = block == 0 ? 0.004 : 0.71;
    group.fluidity_mean = block == 0 ? 0.997 : 0.82;
    const double residence = std::accumulate(values.e2e.begin(), values.e2e.end(), 0.0) / 1e9;
    group.concurrency_mean = residence / seconds;
    group.concurrency_max = static_cast<std::uint64_t>(residence / seconds * 1.4);
    group.buffering = buffering(block, group.due);
    return group;
}

void add_windows(Run& run, std::uint32_t target) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(run.summary.run.duration).count();
    for (std::int64_t second = 0; second < seconds; ++second) {
        WindowSummary window;
        window.target = run.summary.run.targets[target].name;
        window.start = std::chrono::seconds{second};
        window.length = 1s;
        Samples ttft;
        const Moment from = Moment{} + 1h + window.start, to = from + 1s;
        for (const StreamTimeline& t : run.timelines) {
            if (t.target != target || t.intended >= to || !t.end) continue;
            const auto open = std::min(to, *t.end) - std::max(from, t.intended);
            if (open > 0ns) window.open_streams += std::chrono::duration<double>(open).count();
            for (std::size_t i = 0; i < t.tokens.size(); ++i) {
                window.token_events += t.arrival(i) >= from && t.arrival(i) < to ? 1 : 0;
            }
            window.ended += *t.end >= from && *t.end < to ? 1 : 0;
            if (t.intended < from) continue;
            ++window.started;
            window.errors += is_error(t.outcome) ? 1 : 0;
            if (!t.tokens.empty()) ttft.push_back((t.arrival(0) - t.intended).count());
        }
        if (!ttft.empty()) {
            std::ranges::sort(ttft);
            window.ttft_p50 = nanoseconds{rank_of(ttft, 0.5)};
            window.ttft_p95 = nanoseconds{rank_of(ttft, 0.95)};
            window.ttft_p99 = nanoseconds{rank_of(ttft, 0.99)};
        }
        run.summary.windows.push_back(window);
    }
}

scenarios::Expectation expectation(std::string text, std::string name, std::string statistic,
                                   scenarios::Comparator comparator, double value, scenarios::Unit unit) {
    scenarios::Expectation made;
    made.text = std::move(text);
    made.condition = {std::move(name), std::move(statistic), comparator, value, unit, ""};
    return made;
}

const GroupSummary& group_of(const Summary& summary, std::string_view target, std::string_view phase) {
    return *std::ranges::find_if(summary.groups, [&](const GroupSummary& group) {
        return group.target == target && group.phase == phase;
    });
}

std::string text_of(nanoseconds value) {
    return fmt::format("{}ms", value.count() / 1'000'000);
}

/// Judges `ttft.p95 < limit` on one group.
ExpectationResult judge_ttft(const GroupSummary& group, nanoseconds limit) {
    ExpectationResult result;
    result.expectation =
        expectation("ttft.p95 < " + text_of(limit), "ttft", "p95", scenarios::Comparator::less,
                    static_cast<double>(limit.count()), scenarios::Unit::duration);
    result.target = group.target;
    result.phase = group.phase;
    const Percentile& p95 = group.metrics.at("ttft").percentiles[2];
    result.judgement = *p95.value < limit ? Judgement::held : Judgement::missed;
    result.measured = text_of(*p95.value);
    result.measured_value = static_cast<double>(p95.value->count());
    result.low = static_cast<double>(p95.low->count());
    result.high = static_cast<double>(p95.high->count());
    result.margin = 1 - *result.measured_value / static_cast<double>(limit.count());
    result.too_close = *p95.low<limit&& * p95.high> limit;
    return result;
}

ExpectationResult judge_errors(const GroupSummary& group) {
    ExpectationResult result;
    result.expectation =
        expectation("errors < 1%", "errors", "", scenarios::Comparator::less, 0.01, scenarios::Unit::ratio);
    result.expectation.implied = true;
    result.target = group.target;
    result.phase = group.phase;
    result.judgement = group.errors.value() < 0.01 ? Judgement::held : Judgement::missed;
    result.measured = fmt::format("{:.2f}%", group.errors.value() * 100);
    result.measured_value = group.errors.value();
    result.low = group.errors.value() * 0.55;
    result.high = group.errors.value() * 1.7 + 0.001;
    result.margin = 1 - group.errors.value() / 0.01;
    result.too_close = *result.low < 0.01 && *result.high > 0.01;
    return result;
}

ExpectationResult judge_buffering(const GroupSummary& group) {
    ExpectationResult result;
    result.expectation = expectation("buffering == none", "buffering", "", scenarios::Comparator::equal, 0,
                                     scenarios::Unit::word);
    result.expectation.condition.word = "none";
    result.target = group.target;
    result.phase = group.phase;
    result.judgement = group.buffering.verdict.is_buffered() ? Judgement::missed : Judgement::held;
    result.measured = group.buffering.verdict.is_buffered() ? "block of 4096 bytes" : "none";
    return result;
}

ExpectationResult judge_goodput(const GroupSummary& group) {
    ExpectationResult result;
    result.expectation = expectation("goodput(ttft < 1s) > 99%", "goodput", "",
                                     scenarios::Comparator::greater, 0.99, scenarios::Unit::ratio);
    result.target = group.target;
    result.phase = group.phase;
    result.judgement = group.goodput.value() > 0.99 ? Judgement::held : Judgement::missed;
    result.measured = fmt::format("{:.2f}%", group.goodput.value() * 100);
    result.measured_value = group.goodput.value();
    result.margin = (0.99 - group.goodput.value()) / -0.99;
    return result;
}

ExpectationResult unmeasured(const GroupSummary& group) {
    ExpectationResult result;
    result.expectation = expectation("ttft.p99.9 < 3s", "ttft", "p99.9", scenarios::Comparator::less, 3e9,
                                     scenarios::Unit::duration);
    result.target = group.target;
    result.phase = group.phase;
    result.reason = fmt::format("p99.9 needs 2,995 samples, there were {}", group.metrics.at("ttft").count);
    return result;
}

Validity good_client() {
    using State = ValidityCheck::State;
    Validity validity;
    validity.checks = {
        {"send_lag", State::ok, "p99 0.16ms (limit 10ms)", ""},
        {"uncertain_tokens", State::ok, "0.02% of token times (limit 1%)", ""},
        {"delivered_load", State::ok, "100% of due requests started", ""},
        {"clock", State::ok, "no step", ""},
        {"rows", State::ok, "none lost", ""},
        {"receive_lag", State::warning, "p99 4.1ms, longest 38ms",
         "Kernel stamps carry the truth through it. Give the client a core of its own to make this go away."},
    };
    validity.health.cpu_time = 21s;
    validity.health.wall_time = 130s;
    validity.health.reads = 301'442;
    return validity;
}

RunInfo run_info(std::string name) {
    RunInfo info;
    info.scenario_name = std::move(name);
    info.scenario_file = "gateway.yaml";
    info.version = "0.1.0";
    info.host = "bench-3";
    info.kernel = "Linux 6.18.2";
    info.seed = 18'446'744'073'709'551'557U;
    info.start_unix_ns = 1'795'234'385'120'000'000;
    info.workers = 2;
    return info;
}

void fill(Run& run, Model& model, std::uint32_t target, std::uint32_t phase, double rate,
          const Weather& weather) {
    const RunInfo::PhaseInfo& info = run.summary.run.phases[phase];
    const double length = std::chrono::duration<double>(info.duration).count();
    const auto requests = static_cast<int>(rate * length);
    for (int i = 0; i < requests; ++i) {
        const auto intended = info.start + seconds_of((i + model.uniform(0, 1)) * length / requests);
        Weather now = weather;
        // Twenty seconds into the run the model has a bad moment.
        const double at = std::chrono::duration<double>(intended).count();
        if (at > 22 && at < 26) now.ttft_median *= 2.1;
        run.timelines.push_back(model.stream(run.timelines.size(), target, phase, intended, now));
    }
}

void judge(Summary& summary, std::string sentence) {
    const bool failed = std::ranges::any_of(summary.verdict.expectations, [](const auto& result) {
        return result.judgement == Judgement::missed;
    });
    summary.verdict.status = failed ? RunStatus::failed : RunStatus::passed;
    summary.verdict.exit_code = failed ? 1 : 0;
    summary.verdict.sentence = std::move(sentence);
}

}  // namespace

Run buffered_gateway() {
    Run run;
    RunInfo& info = run.summary.run;
    info = run_info("Chat through the gateway");
    info.targets = {{"direct", "http://chat.example:8000/v1/chat/completions", "openai-chat"},
                    {"gateway", "https://gateway.chat.example/v1/chat/completions", "openai-chat"}};
    info.phases = {{"warm-up", "10 users", 0s, 5s, true},
                   {"steady", "12/s poisson", 5s, 30s, false},
                   {"peak", "28/s poisson", 35s, 30s, false}};
    info.duration = 70s;
    Model model{42};
    constexpr std::uint32_t block = 4096;
    for (std::uint32_t target : {0U, 1U}) {
        const std::uint32_t held = target == 0 ? 0 : block;
        fill(run, model, target, 0, 4, {0.3, 0.022, 0, held});
        fill(run, model, target, 1, 12, {0.21, 0.0205, 0.002, held});
        fill(run, model, target, 2, 28, {0.27, 0.0225, 0.006, held});
    }
    for (std::uint32_t target : {0U, 1U}) {
        const std::uint32_t held = target == 0 ? 0 : block;
        run.summary.groups.push_back(group(run, target, std::nullopt, held));
        for (std::uint32_t phase : {0U, 1U, 2U})
            run.summary.groups.push_back(group(run, target, phase, held));
        add_windows(run, target);
    }
    run.summary.validity = good_client();
    for (const char* target : {"direct", "gateway"}) {
        for (const char* phase : {"steady", "peak"}) {
            const GroupSummary& own = group_of(run.summary, target, phase);
            auto& results = run.summary.verdict.expectations;
            results.push_back(judge_ttft(own, 600ms));
            results.push_back(judge_errors(own));
            results.push_back(judge_buffering(own));
            results.push_back(judge_goodput(own));
        }
    }
    run.summary.verdict.expectations.push_back(unmeasured(group_of(run.summary, "direct", "peak")));
    judge(
        run.summary,
        "The gateway holds tokens in blocks of 4096 bytes and its ttft.p95 misses the limit in both phases.");
    return run;
}

Run healthy() {
    Run run;
    RunInfo& info = run.summary.run;
    info = run_info("Nightly smoke");
    info.targets = {{"staging", "https://staging.chat.example/v1/chat/completions", "openai-chat"}};
    info.phases = {{"steady", "10/s", 0s, 12s, false}};
    info.duration = 15s;
    Model model{7};
    fill(run, model, 0, 0, 10, {0.18, 0.02, 0, 0});
    run.summary.groups = {group(run, 0, std::nullopt, 0), group(run, 0, 0, 0)};
    add_windows(run, 0);
    run.summary.validity = good_client();
    const GroupSummary& own = run.summary.groups[1];
    run.summary.verdict.expectations = {judge_ttft(own, 800ms), judge_errors(own), judge_buffering(own)};
    judge(run.summary, "All 3 checks held.");
    return run;
}

Run empty() {
    Run run;
    run.summary.run = run_info("Nobody home");
    run.summary.run.targets = {{"nowhere", "http://127.0.0.1:1/v1/chat/completions", "openai-chat"}};
    run.summary.run.interrupted = true;
    run.summary.run.signal = 2;
    run.summary.verdict.status = RunStatus::not_measurable;
    run.summary.verdict.exit_code = 130;
    run.summary.verdict.sentence = "Nothing was measured: the run was stopped before the first answer.";
    return run;
}

Run hostile() {
    const std::string markup = "</script><script>alert(1)</script>";
    const std::string image = "<img src=x onerror=alert(2)>";
    const std::string entities = "&lt;b&gt;&amp;&#x3c;script&#x3e;";
    const std::string terminal = "\x1b[31mred\x1b[0m\x1b]0;title\x07";
    Run run = buffered_gateway();
    Summary& summary = run.summary;
    summary.run.scenario_name = markup + " <!-- <script>";
    summary.run.host = image;
    summary.run.kernel = entities;
    summary.run.version = "<b>0</b>";
    summary.run.scenario_file = "javascript:alert(3)";
    summary.run.targets[0].url = "javascript:alert(4)//" + image;
    summary.verdict.sentence = markup + image + "\u2028\u2029" + terminal;
    summary.verdict.expectations.front().expectation.text = image;
    summary.verdict.expectations.front().measured = markup;
    summary.verdict.expectations.back().reason = markup;
    summary.validity.checks.front().figure = image;
    summary.validity.checks.back().remedy = markup;
    summary.validity.health.notes = {markup, terminal};
    // A name that plain objects have a setter for.
    const auto rename = [&](std::string& target) { target = target == "direct" ? image : "__proto__"; };
    for (RunInfo::TargetInfo& target : summary.run.targets)
        rename(target.name);
    for (GroupSummary& group : summary.groups) {
        rename(group.target);
        group.buffering.verdict.evidence = markup + image;
        group.error_examples = {{"http_error", markup},
                                {"truncated", image},
                                {"malformed", entities},
                                {"error_event", terminal},
                                {"reset", "not UTF-8: \xff\xfe"}};
    }
    for (WindowSummary& window : summary.windows)
        rename(window.target);
    for (StreamTimeline& timeline : run.timelines)
        timeline.request_id = "<i>" + timeline.request_id;
    return run;
}

}  // namespace streamgauge::report::fixture
