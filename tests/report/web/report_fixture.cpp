#include "tests/report/web/report_fixture.h"

#include "report/summary/run_aggregate.h"
#include "report/summary/validity.h"
#include "report/summary/verdict.h"
#include "tests/report/summary/comparison_fixture.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>

namespace streamgauge::report::fixture {
namespace {

using namespace std::chrono_literals;
using Samples = std::vector<std::int64_t>;

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
        if (sequence % 9 == 4) connect(timeline);
        timeline.http_status = 200;
        timeline.chunked = true;
        generate(timeline, weather);
        if (uniform(0, 1) < weather.error_share) fail(timeline);
        return timeline;
    }

    double uniform(double from, double to) { return std::uniform_real_distribution{from, to}(random_); }

  private:
    /// Every now and then a request opens a connection.
    static void connect(StreamTimeline& timeline) {
        timeline.new_connection = true;
        timeline.connect_start = *timeline.sent;
        timeline.resolved = *timeline.connect_start + 1ms;
        timeline.connected = *timeline.resolved + 9ms;
        timeline.tls_done = *timeline.connected + 21ms;
        timeline.sent = *timeline.tls_done + 80us;
    }

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
        timeline.headers = *timeline.sent + seconds_of(0.16 * first);
        timeline.first_byte = std::max(*timeline.headers, timeline.reads.front().arrival);
        timeline.first_token_lag = seconds_of(uniform(12e-6, 90e-6));
        timeline.terminal = timeline.end = timeline.arrival(timeline.tokens.size() - 1) + 300us;
        timeline.output_tokens = static_cast<std::uint64_t>(tokens);
        timeline.outcome = Outcome::completed;
    }

    /// Passes each event on at once, or `block` bytes whenever so many have come; the rest at the end.
    void deliver(StreamTimeline& timeline, const Samples& made, std::uint32_t block) {
        std::uint64_t written = 0, passed = 0;
        std::vector<std::uint64_t> ends;
        for (std::size_t i = 0; i < made.size(); ++i) {
            ends.push_back(written += 240 + random_() % 40);
            const bool last = i + 1 == made.size();
            while (written > passed && (block == 0 || last || written - passed >= block)) {
                const std::uint64_t bytes =
                    block == 0 ? written - passed : std::min<std::uint64_t>(block, written - passed);
                passed += bytes;
                pass_on(timeline, made[i], bytes, passed, ends);
            }
        }
    }

    void pass_on(StreamTimeline& timeline, std::int64_t at, std::uint64_t bytes, std::uint64_t passed,
                 const std::vector<std::uint64_t>& ends) {
        const Moment arrival = *timeline.sent + nanoseconds{at} + seconds_of(uniform(60e-6, 400e-6));
        const auto read = static_cast<std::uint32_t>(timeline.reads.size());
        while (timeline.tokens.size() < ends.size() && ends[timeline.tokens.size()] <= passed) {
            timeline.tokens.push_back({read, read, 258, 1, TokenKind::answer});
        }
        const bool inside = timeline.tokens.empty() ? passed > 0 : ends[timeline.tokens.size() - 1] < passed;
        timeline.reads.emplace_back(arrival, arrival - 40us, static_cast<std::uint32_t>(bytes),
                                    StampSource::kernel, inside);
        timeline.wire_bytes += bytes;
    }

    void fail(StreamTimeline& timeline) {
        const double kind = uniform(0, 1);
        if (kind < 0.4) {
            timeline.reads.resize(std::max<std::size_t>(1, timeline.reads.size() / 3));
            std::erase_if(timeline.tokens,
                          [&](const TokenEvent& token) { return token.read >= timeline.reads.size(); });
            timeline.end = timeline.reads.back().arrival + 2ms;
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

scenarios::Condition condition(std::string metric, std::string statistic, scenarios::Comparator comparator,
                               double value, scenarios::Unit unit) {
    scenarios::Condition made;
    made.metric = std::move(metric);
    made.statistic = std::move(statistic);
    made.comparator = comparator;
    made.value = value;
    made.unit = unit;
    return made;
}

scenarios::Expectation expectation(std::string text, scenarios::Condition checked) {
    scenarios::Expectation made;
    made.text = std::move(text);
    made.condition = std::move(checked);
    return made;
}

std::vector<scenarios::Expectation> expectations() {
    using scenarios::Comparator;
    using scenarios::Unit;
    std::vector<scenarios::Expectation> made{
        expectation("ttft.p95 < 600ms", condition("ttft", "p95", Comparator::less, 6e8, Unit::duration)),
        expectation("buffering == none", condition("buffering", "", Comparator::equal, 0, Unit::word)),
        expectation("goodput(ttft < 1s) > 99%",
                    condition("goodput", "", Comparator::greater, 0.99, Unit::ratio)),
    };
    made[1].condition.word = "none";
    made[2].goodput_limits = {condition("ttft", "", Comparator::less, 1e9, Unit::duration)};
    return made;
}

struct Phase {
    std::string name;
    double rate;  ///< per second and target
    nanoseconds duration;
    bool warmup;
    Weather weather;
};

/// Plays a scenario: every target gets every phase, with its own block size.
class Stage {
  public:
    Stage(std::string name, std::uint64_t seed, std::vector<Phase> phases)
        : model_(seed), phases_(std::move(phases)) {
        scenario_.name = std::move(name);
        for (const Phase& phase : phases_) {
            scenario_.load.push_back(
                {phase.name, scenarios::OpenLoop{{0, phase.rate, 0ns}, scenarios::Arrivals::poisson, {}},
                 phase.duration, phase.warmup});
        }
    }

    void add_target(const std::string& name, const std::string& url, std::uint32_t block) {
        scenarios::Target target;
        target.name = name;
        target.url.text = url;
        const auto added = static_cast<std::uint32_t>(scenario_.targets.size());
        scenario_.targets.push_back(target);
        nanoseconds start{0};
        for (std::uint32_t phase = 0; phase < phases_.size(); ++phase) {
            send(added, phase, start, block);
            start += phases_[phase].duration;
        }
    }

    /// What streamgauge makes of it.
    Run sum_up(std::vector<scenarios::Expectation> expect) {
        scenario_.expect = std::move(expect);
        Run run;
        run.summary.run = describe();
        RunAggregate aggregate{scenario_};
        for (const StreamTimeline& timeline : timelines_) {
            aggregate.add(measure_request(timeline, scenario_, Moment{} + 1h, run.summary.run.start_unix_ns));
            for_each_gap(timeline, [&](nanoseconds gap) {
                aggregate.add_gap(timeline.target, timeline.phase, timeline.intended - (Moment{} + 1h), gap);
            });
        }
        aggregate.summarize(run.summary, scenario_.seed);
        run.summary.validity = judge_validity(health(), run.summary);
        run.summary.verdict = judge(scenario_, run.summary);
        run.timelines = std::move(timelines_);
        return run;
    }

  private:
    void send(std::uint32_t target, std::uint32_t index, nanoseconds start, std::uint32_t block) {
        const Phase& phase = phases_[index];
        const double length = std::chrono::duration<double>(phase.duration).count();
        const auto requests = static_cast<int>(phase.rate * length);
        for (int i = 0; i < requests; ++i) {
            const auto intended = start + seconds_of((i + model_.uniform(0, 1)) * length / requests);
            Weather weather = phase.weather;
            weather.block = block;
            // Some twenty seconds into the run the model has a bad moment.
            if (intended > 22s && intended < 26s) weather.ttft_median *= 2.1;
            timelines_.push_back(model_.stream(timelines_.size(), target, index, intended, weather));
        }
    }

    RunInfo describe() const {
        RunInfo info = run_info(scenario_.name);
        for (const scenarios::Target& target : scenario_.targets)
            info.targets.push_back({target.name, target.url.text, target.api});
        for (const Phase& phase : phases_) {
            info.phases.push_back({phase.name, fmt::format("{}/s poisson", phase.rate), info.duration,
                                   phase.duration, phase.warmup});
            info.duration += phase.duration;
        }
        info.duration += 5s;
        return info;
    }

    static ClientHealth health() {
        ClientHealth health;
        for (int i = 1; i <= 1'000; ++i) {
            health.client_lag.record(std::chrono::microseconds{20 + i * i / 400});
            health.loop_lag.record(std::chrono::microseconds{5 + i / 4});
        }
        health.cpu_time = 21s;
        health.wall_time = 140s;
        health.reads = 301'442;
        health.reads_without_kernel_stamp = 12;
        health.peak_descriptors = 212;
        health.descriptor_limit = 1'024;
        health.peak_ports = 190;
        health.port_limit = 28'232;
        return health;
    }

    Model model_;
    scenarios::Scenario scenario_;
    std::vector<Phase> phases_;
    std::vector<StreamTimeline> timelines_;
};

PairedFigure around(nanoseconds value, nanoseconds reach) {
    return {value, value - reach, value + reach};
}

/// What pairs of `direct` and `gateway` would say of the streams above.
PairSummary gateway_in_pairs(const std::string& phase) {
    PairSummary pair;
    pair.target = "gateway";
    pair.base = "direct";
    pair.phase = phase;
    pair.pairs = pair.pairs_drawn = 118;
    pair.pairs_failed = 2;
    pair.ttft_added = around(318ms, 9ms);
    pair.lag = around(2ms, 1ms);
    pair.hold_mean = around(151ms, 6ms);
    pair.hold_p95 = around(292ms, 11ms);
    for (int i = 1; i <= 50; ++i)
        pair.hold_curve.emplace_back(i / 50.0, (300 - 5 * i) * 1'000'000);
    pair.order_effect = OrderEffect{59, 59, 12ms, 0.031};
    pair.output_length_difference = 0.004;
    pair.verdict = PairVerdict::holds;
    pair.sentence = "gateway holds tokens back for 292ms (p95)";
    pair.warnings = {"The order matters: use fresh prompts."};
    return pair;
}

LabelledGroup labelled(const GroupSummary& group, const std::string& value, std::uint64_t due) {
    LabelledGroup made{group.target, value, due, {due / 100, due}, {}};
    for (const char* metric : {"ttft", "tpot", "e2e"})
        made.metrics.emplace(metric, group.metrics.at(metric));
    return made;
}

/// What a cache's header would say of the streams above.
LabelSummary by_cache(const Summary& summary) {
    LabelSummary label{"cache", "x-cache", {}};
    for (const GroupSummary& group : summary.groups) {
        if (!group.phase.empty()) continue;
        label.groups.push_back(labelled(group, "HIT", 700));
        label.groups.push_back(labelled(group, "MISS", 450));
        label.groups.push_back(labelled(group, "(none)", 50));
    }
    return label;
}

/// What a server could put into the header of a label.
void spoil(std::vector<LabelSummary>& labels, const std::function<void(std::string&)>& rename,
           const std::string& name, const std::string& value) {
    for (LabelSummary& label : labels) {
        label.name = label.header = name;
        for (LabelledGroup& group : label.groups) {
            rename(group.target);
            group.value += value;
        }
    }
}

}  // namespace

Run compared() {
    Run run = buffered_gateway();
    run.summary.labels = {by_cache(run.summary)};
    run.summary.comparisons = {gateway_in_pairs(""), gateway_in_pairs("steady")};
    run.summary.hops =
        HopSummary{{"gateway", "direct"}, "gateway", std::nullopt, "Tokens are held at gateway."};
    run.summary.baseline = testing::comparison_fixture();
    return run;
}

RunComparison hostile_runs() {
    const std::string markup = "</script><script>alert(5)</script>";
    auto comparison = testing::comparison_fixture();
    comparison.baselines = {"runs/" + markup};
    comparison.candidates = {"<img src=x onerror=alert(6)>", "runs/\x1b[31mred\x1b[0m"};
    comparison.notes = {markup};
    for (auto& row : comparison.rows) {
        row.target += "<b>bold</b>";
        row.figures.push_back(row.figures.front());
        row.figures.back().verdict.kind = ChangeKind::better;
        if (!row.figures.front().change) row.figures.front().reason = markup;
    }
    return comparison;
}

Run buffered_gateway() {
    Stage stage{"Chat through the gateway",
                42,
                {{"warm-up", 4, 5s, true, {0.3, 0.022, 0}},
                 {"steady", 12, 30s, false, {0.21, 0.0205, 0.002}},
                 {"peak", 28, 30s, false, {0.27, 0.0225, 0.006}}}};
    stage.add_target("direct", "http://chat.example:8000/v1/chat/completions", 0);
    stage.add_target("gateway", "https://gateway.chat.example/v1/chat/completions", 4096);
    return stage.sum_up(expectations());
}

Run healthy() {
    Stage stage{"Nightly smoke", 7, {{"steady", 15, 20s, false, {0.18, 0.02, 0}}}};
    stage.add_target("staging", "https://staging.chat.example/v1/chat/completions", 0);
    return stage.sum_up(expectations());
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
    Run run = compared();
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
    summary.verdict.expectations.back().judgement = Judgement::not_measured;
    summary.verdict.expectations.back().reason = markup;
    summary.baseline->baselines = {markup};
    summary.baseline->notes = {image, terminal};
    summary.validity.checks.front().figure = image;
    summary.validity.checks.back().state = ValidityCheck::State::warning;
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
    for (PairSummary& pair : summary.comparisons) {
        rename(pair.target);
        pair.base = markup;
        pair.sentence = image;
        pair.warnings = {markup};
    }
    spoil(summary.labels, rename, markup, image + terminal + markup);
    summary.hops->chain = {markup, image};
    summary.hops->sentence = terminal;
    for (WindowSummary& window : summary.windows)
        rename(window.target);
    for (StreamTimeline& timeline : run.timelines) {
        timeline.request_id = "<i>" + timeline.request_id;
        timeline.detail = markup + image;
    }
    return run;
}

}  // namespace streamgauge::report::fixture
