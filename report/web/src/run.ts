// The run's data as the C++ exporter writes it into the page (report/export/page_json.h): summary.json's shape
// (report/summary/summary.h: keys are field names, durations are integer nanoseconds under `<name>_ns`), its
// windows as columns, and the rasters of report/export/report_data.h. A figure that was not measured is absent.

export type Outcomes = Record<string, number>;

export interface Percentile {
    quantile: number;
    value_ns?: number | null;
    low_ns?: number | null;
    high_ns?: number | null;
    enough_samples: boolean;
}

export interface Metric {
    count: number;
    censored: number;
    censored_above_ns?: number | null;
    min_ns?: number | null;
    max_ns?: number | null;
    mean_ns?: number | null;
    stddev_ns?: number | null;
    percentiles: Percentile[];
    interval_method: string;
    /** Pairs in one list: 1000 * -log10(1 - quantile), ns. Only of metrics that are drawn. */
    curve?: number[];
    histogram?: Histogram;
}

/** Counts on a logarithmic grid: bar i is 1 us * 2^(i / parts_per_octave) to that of i + 1. */
export interface Histogram {
    zeros: number;
    parts_per_octave: number;
    /** Pairs in one list: bar, count. */
    bars: number[];
}

export interface Share {
    count: number;
    of: number;
}

export interface BufferingVerdict {
    kind: string;
    block_bytes?: number | null;
    timer_period_ns?: number | null;
    window_tokens?: number | null;
    confidence: number;
    severity?: string;
    estimated_hold_ns?: number | null;
    evidence: string;
}

/** What would let a held-back stream flow. Without a product it is advice for the kind of buffering alone. */
export interface Remedy {
    product: string;
    confidence: number;
    why: string;
    text: string;
    snippet: string;
    timeout: string;
    source: string;
}

export interface Group {
    target: string;
    phase: string;
    warmup: boolean;
    duration_ns: number;
    due: number;
    outcomes: Outcomes;
    rate_limited: number;
    errors: Share;
    goodput: Share;
    metrics: Record<string, Metric>;
    requests_per_second: number;
    events_per_second: number;
    tokens_per_second: number;
    token_events: number;
    output_tokens: number;
    uncertain_events: number;
    stalls: number;
    tokens_from_usage: boolean;
    jank_mean?: number | null;
    fluidity_mean?: number | null;
    tokens_per_event?: number | null;
    events_per_read?: number | null;
    concurrency_mean: number;
    concurrency_max: number;
    buffering: { verdict: BufferingVerdict; streams: Record<string, number> };
    cut_off?: { kind: string; after_ns: number; streams: number; of: number; evidence: string } | null;
    remedies?: Remedy[];
    error_examples: [outcome: string, detail: string][];
}

export interface Window {
    target: string;
    start_ns: number;
    length_ns: number;
    started: number;
    ended: number;
    errors: number;
    token_events: number;
    ttft_p50_ns?: number | null;
    ttft_p95_ns?: number | null;
    ttft_p99_ns?: number | null;
    open_streams: number;
    send_lag_p99_ns?: number | null;
    receive_lag_p99_ns?: number | null;
}

/** A figure of pairs and its 95 % interval. */
export interface PairedFigure {
    value_ns: number;
    low_ns: number;
    high_ns: number;
}

/** One target against the base of a comparison, in one phase or over all measured phases. */
export interface Comparison {
    target: string;
    base: string;
    phase: string;
    warmup: boolean;
    pairs: number;
    pairs_drawn: number;
    pairs_failed: number;
    pairs_short: number;
    ttft_added?: PairedFigure;
    lag?: PairedFigure;
    hold_mean?: PairedFigure;
    hold_p95?: PairedFigure;
    /** How long tokens were held at each share of the answer. */
    hold_curve: [share: number, ns: number][];
    order_effect?: { path_first: number; base_first: number; difference_ns: number; p_value: number; significant: boolean };
    output_length_difference?: number;
    verdict: string;
    sentence: string;
    warnings: string[];
}

/** Where along a chain of hops tokens are held. */
export interface Hops {
    chain: string[];
    holds?: string;
    slows?: string;
    sentence: string;
}

/** The requests of one target whose responses had one value of a label, over all measured phases. */
export interface LabelledGroup {
    target: string;
    value: string;
    due: number;
    errors: Share;
    metrics: Record<string, Metric>;
}

export interface Label {
    name: string;
    header: string;
    groups: LabelledGroup[];
}

/** One figure of a run beside the baseline's: a change with its 95 % interval, or the reason why there is none. */
export interface RunDifference {
    value_ns?: number;
    value?: number;
    timed_out?: boolean;
    change?: number;
    low?: number;
    high?: number;
    p_value?: number;
    within_run?: boolean;
    verdict?: string;
    more_requests?: number;
    reason?: string;
}

export interface ComparedRow {
    target: string;
    phase: string;
    metric: string;
    gated: boolean;
    base_ns?: number;
    base?: number;
    candidates: RunDifference[];
}

/** What changed from one or several baseline runs to others (report/export/comparison_json.h). */
export interface RunComparison {
    baselines: string[];
    candidates: string[];
    floor: { relative: number; time_ns: number; errors: number };
    notes: string[];
    rows: ComparedRow[];
}

/** The windows of one target, a list for each column; times are microseconds. */
export interface Course {
    target: string;
    start_ns: number;
    length_ns: number;
    /** How many windows of the run are one here; their percentiles are then the worst of them. */
    merged: number;
    started: number[];
    ended: number[];
    errors: number[];
    token_events: number[];
    open_streams: number[];
    ttft_p50_us: (number | null)[];
    ttft_p95_us: (number | null)[];
    ttft_p99_us: (number | null)[];
    send_lag_p99_us: (number | null)[];
    receive_lag_p99_us: (number | null)[];
}

/** What an expectation asks, beside its text. */
export interface Condition {
    comparator: string;
    value: number;
    unit: string;
    word: string;
    /** `measured` goes on with the window in which it was the worst. */
    windowed: boolean;
}

export interface ExpectationResult {
    expectation: string;
    implied: boolean;
    target: string;
    phase: string;
    judgement: "held" | "missed" | "not_measured";
    measured: string;
    measured_value?: number | null;
    low?: number | null;
    high?: number | null;
    margin?: number | null;
    too_close: boolean;
    reason: string;
}

export interface ValidityCheck {
    name: string;
    state: "ok" | "warning" | "invalid";
    figure: string;
    remedy: string;
}

export interface Phase {
    name: string;
    shape: string;
    start_ns: number;
    duration_ns: number;
    warmup: boolean;
}

export interface Summary {
    run: {
        scenario_name: string;
        scenario_file: string;
        version: string;
        host: string;
        kernel: string;
        seed: number;
        start_unix_ns: number;
        duration_ns: number;
        workers: number;
        interrupted: boolean;
        signal: number;
        partial: boolean;
        aborted?: { condition: string; target: string; at_ns: number; measured: string };
        targets: { name: string; url: string; api: string }[];
        phases: Phase[];
    };
    verdict: {
        status: "passed" | "failed" | "not_measurable";
        exit_code: number;
        sentence: string;
        expectations: ExpectationResult[];
    };
    validity: {
        valid: boolean;
        checks: ValidityCheck[];
        health: { notes?: string[] };
    };
    groups: Group[];
    comparisons?: Comparison[];
    hops?: Hops;
    labels?: Label[];
    baseline?: RunComparison;
}

/** One stream of an arrival raster; times are microseconds since the request was sent. */
export interface RasterStream {
    request_id: string;
    phase: string;
    start_us: number;
    outcome: string;
    ttft_us?: number;
    end_us?: number;
    tokens: number;
    max_gap_us?: number;
    /** The first arrival, then the step to each next one, in units of the raster's resolution. */
    steps: number[];
    /** Token events at each arrival; absent when it is one everywhere. */
    counts?: number[];
    /** The same had nothing held the tokens; of some streams only. */
    ideal_steps?: number[];
    ideal_counts?: number[];
}

/** How long token events were held on their way. */
export interface TokenHolds {
    from_stamps: boolean;
    streams: number;
    token_events: number;
    histogram: Histogram;
    p50_ns?: number;
    p95_ns?: number;
    max_ns?: number;
}

/** One request step by step; times are microseconds since it was due. */
export interface Waterfall {
    request_id: string;
    phase?: string;
    outcome: string;
    detail: string;
    tokens: number;
    connect_start_us?: number;
    resolved_us?: number;
    connected_us?: number;
    tls_done_us?: number;
    sent_us?: number;
    headers_us?: number;
    first_byte_us?: number;
    first_token_us?: number;
    last_token_us?: number;
    end_us?: number;
    /** As in RasterStream, in microseconds. */
    steps: number[];
    counts?: number[];
}

export interface Raster {
    target: string;
    timelines: number;
    resolution_us: number;
    streams: RasterStream[];
    holds: TokenHolds;
    slowest: Waterfall[];
}

/** A page of runs compared, which is no report of one. */
export interface ComparedRuns {
    comparison: RunComparison;
}

export interface Run {
    /** As text: a seed may exceed what a number holds. */
    seed: string;
    summary: Summary;
    /** One for each of summary.verdict.expectations. */
    conditions: Condition[];
    rasters: Raster[];
    courses: Course[];
}
