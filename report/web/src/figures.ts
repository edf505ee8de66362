// The figures of every target side by side.
import { element, section, type Child } from "./dom.js";
import { count, duration, interval, number, percent, per_second, quantile_name, visible } from "./format.js";
import { mark, swatch } from "./status.js";
import { buffering_tone, buffering_word } from "./buffering_words.js";
import type { Choice } from "./choice.js";
import type { Group, Metric, Percentile } from "./run.js";

const absent = "\u2013";

/** A percentile with its interval; one that falls among requests cut short reads "> 10 s". */
export function percentile_cell(metric: Metric | undefined, quantile: number): Child {
    const found = metric?.percentiles.find((candidate) => Math.abs(candidate.quantile - quantile) < 1e-9);
    if (metric === undefined || found === undefined || (metric.count === 0 && metric.censored === 0)) return absent;
    return element("div", { class: found.enough_samples ? "" : "few" },
        percentile_text(metric, found),
        typeof found.low_ns === "number" &&
            element("small", { title: `95 % interval, ${metric.interval_method}` },
                typeof found.high_ns === "number" ? interval(duration(found.low_ns), duration(found.high_ns)) : `at least ${duration(found.low_ns)}`),
        !found.enough_samples && element("small", { class: "few" }, "few samples"));
}

export function percentile_text(metric: Metric, percentile: Percentile): string {
    if (typeof percentile.value_ns === "number") return duration(percentile.value_ns);
    return metric.censored > 0 ? `> ${duration(metric.censored_above_ns)}` : absent;
}

interface Line {
    name: string;
    hint?: string;
    cell: (group: Group) => Child;
}

function percentiles(metric: string, quantiles: number[]): Line[] {
    return quantiles.map((quantile) => ({
        name: quantile_name(quantile), cell: (group) => percentile_cell(group.metrics[metric], quantile),
    }));
}

const optional = (value: number | null | undefined, say: (value: number) => string): string =>
    typeof value === "number" ? say(value) : absent;

interface Block {
    title: string;
    hint: string;
    lines: Line[];
}

const all = [0.5, 0.9, 0.95, 0.99, 0.999];

const blocks: Block[] = [
    { title: "Requests", hint: "", lines: [
        { name: "due", cell: (g) => count(g.due) },
        { name: "errors", cell: (g) => element("div", {}, percent(g.errors.of === 0 ? 0 : g.errors.count / g.errors.of), element("small", {}, `${count(g.errors.count)} of ${count(g.errors.of)}`)) },
        { name: "goodput", cell: (g) => (g.goodput.of === 0 ? absent : element("div", {}, percent(g.goodput.count / g.goodput.of), element("small", {}, `${count(g.goodput.count)} of ${count(g.goodput.of)}`))) },
    ] },
    { title: "Throughput", hint: "", lines: [
        { name: "requests", cell: (g) => per_second(g.requests_per_second) },
        { name: "tokens", cell: (g) => element("div", {}, per_second(g.tokens_per_second), element("small", {}, g.tokens_from_usage ? "by the API's count" : "counted as events")) },
        { name: "open streams", cell: (g) => element("div", {}, number(g.concurrency_mean), element("small", {}, `at most ${count(g.concurrency_max)}`)) },
    ] },
    { title: "Time to first token", hint: "TTFT", lines: percentiles("ttft", all) },
    { title: "Between tokens", hint: "ITL", lines: percentiles("itl", all) },
    { title: "Per output token", hint: "TPOT", lines: percentiles("tpot", all) },
    { title: "Whole answer", hint: "E2E", lines: percentiles("e2e", all) },
    { title: "Longest gap of a stream", hint: "", lines: percentiles("max_gap", [0.5, 0.95]) },
    { title: "Streaming", hint: "", lines: [
        { name: "buffering", cell: (g) => mark(buffering_tone(g.buffering.verdict.kind), buffering_word(g.buffering.verdict)) },
        { name: "tokens held (p95)", cell: (g) => optional(g.buffering.verdict.estimated_hold_ns, duration) },
        { name: "tokens per event", cell: (g) => optional(g.tokens_per_event, number) },
        { name: "events per read", cell: (g) => optional(g.events_per_read, number) },
        { name: "stalls", cell: (g) => count(g.stalls) },
        { name: "jank", cell: (g) => optional(g.jank_mean, percent) },
        { name: "fluidity", cell: (g) => optional(g.fluidity_mean, percent) },
    ] },
];

function figures_table(block: Block, groups: Group[], order: readonly string[]): HTMLElement {
    const heads = groups.map((group) =>
        element("th", { scope: "col", class: "figure" }, swatch(order.indexOf(group.target)), visible(group.target)));
    const rows = block.lines.map((line) => element("tr", {}, element("th", { scope: "row" }, line.name),
        ...groups.map((group) => element("td", { class: "figure" }, line.cell(group)))));
    const made = element("table", { class: groups.length > 2 ? "figures many" : "figures" },
        element("thead", {}, element("tr", {},
            element("th", { scope: "col" }, block.title, block.hint !== "" && element("small", {}, block.hint)), ...heads)),
        element("tbody", {}, ...rows));
    // Where this does not fit, the box scrolls: figures of many targets must not be pressed together.
    made.style.minWidth = `${104 + 112 * groups.length}px`;
    return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": block.title }, made);
}

export function figures_section(groups: Group[], order: readonly string[], phase: Choice): HTMLElement {
    const place = element("div", { class: "blocks" });
    phase.follow((name) => {
        const chosen = groups.filter((group) => group.phase === name);
        // Many targets need the whole width.
        place.classList.toggle("wide", chosen.length > 3);
        place.replaceChildren(...blocks.map((block) => figures_table(block, chosen, order)));
    });
    return section("figures", "Figures",
        "Times count from the moment a request was due, connection set-up included. Small print under a figure is its 95 % interval.",
        phase.options.length > 1 && phase.buttons("Phase"), place);
}
