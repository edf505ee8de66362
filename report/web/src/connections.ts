// Where the time goes before the first token: the way to the server, and the server itself.
import { drawer, element, section, svg, table, type Child } from "./dom.js";
import { percentile_cell } from "./figures.js";
import { count, duration, visible } from "./format.js";
import { swatch } from "./status.js";
import type { Choice } from "./choice.js";
import type { Group } from "./run.js";

interface Step {
    name: string;
    hint: string;
    metric: string;
    /** Counts from sent, so that what came before in the same count is taken off. */
    after?: string;
}

const steps: Step[] = [
    { name: "DNS", hint: "resolving the name", metric: "resolve" },
    { name: "TCP", hint: "connecting", metric: "connect" },
    { name: "TLS", hint: "handshake", metric: "tls" },
    { name: "response header", hint: "from sent to the header's end", metric: "headers" },
    { name: "first byte", hint: "from sent to the first byte of the body", metric: "ttfb", after: "headers" },
    { name: "first token", hint: "from sent to the first generated text", metric: "ttft_sent", after: "ttfb" },
];

function median(group: Group, metric: string | undefined): number {
    if (metric === undefined) return 0;
    return group.metrics[metric]?.percentiles.find((one) => one.quantile === 0.5)?.value_ns ?? 0;
}

/** The medians of the steps, laid end to end. */
export function stack_of(group: Group): { name: string; ns: number }[] {
    return steps.map((step) => ({ name: step.name, ns: Math.max(0, median(group, step.metric) - median(group, step.after)) }));
}

function bar(group: Group, longest_ns: number): HTMLElement {
    const parts = stack_of(group);
    let at = 0;
    const pieces = parts.map((part, i) => {
        const width = (part.ns / longest_ns) * 1000;
        const piece = svg("rect", { class: `step-${i + 1}`, x: at, y: 0, width, height: 14 });
        at += width;
        return piece;
    });
    const label = parts.filter((part) => part.ns > 0).map((part) => `${part.name} ${duration(part.ns)}`).join(", ");
    return element("div", { class: "lane" },
        svg("svg", { class: "steps", viewBox: "0 0 1000 14", preserveAspectRatio: "none", role: "img", "aria-label": `${visible(group.target)}, medians: ${label}` }, ...pieces));
}

function legend(): HTMLElement {
    return element("ul", { class: "legend", "aria-hidden": "true" }, ...steps.map((step, i) =>
        element("li", {}, svg("svg", { width: 10, height: 10 }, svg("rect", { class: `step-${i + 1}`, width: 10, height: 10, rx: 2 })), step.name)));
}

function step_table(groups: readonly Group[]): HTMLElement {
    const rows: Child[][] = steps.map((step) => [
        element("div", {}, step.name, element("small", {}, step.hint)),
        ...groups.flatMap((group) => [percentile_cell(group.metrics[step.metric], 0.5), percentile_cell(group.metrics[step.metric], 0.95), count(group.metrics[step.metric]?.count ?? 0)]),
    ]);
    const columns = groups.flatMap((group) => ["p50", "p95", "measured"].map((title) => ({ title: `${visible(group.target)} ${title}`, figure: true })));
    return table("Connection phases", [{ title: "step" }, ...columns], rows);
}

function content(groups: readonly Group[], order: readonly string[]): HTMLElement {
    const longest = Math.max(1, ...groups.map((group) => stack_of(group).reduce((sum, part) => sum + part.ns, 0)));
    return element("div", { class: "stack" },
        ...groups.map((group) => {
            const opened = group.metrics["connect"]?.count ?? 0;
            const total = stack_of(group).reduce((sum, part) => sum + part.ns, 0);
            return element("div", { class: "track" },
                element("p", {}, swatch(order.indexOf(group.target)), element("strong", {}, visible(group.target)),
                    element("span", { class: "quiet" }, ` ${duration(total)} to the first token \u00b7 ${count(opened)} of ${count(group.due)} requests opened a connection`)),
                bar(group, longest));
        }),
        legend(), drawer("Figures as a table", () => step_table(groups)));
}

export function connections_section(groups: Group[], order: readonly string[], phase: Choice): HTMLElement {
    const place = element("div", {});
    phase.follow((name) => place.replaceChildren(content(groups.filter((group) => group.phase === name), order)));
    return section("connections", "To the first token", "Where the time goes before the first token: the medians of the steps, laid end to end. DNS, TCP and TLS are of the requests that opened a connection.",
        phase.options.length > 1 && phase.buttons("Phase"), place);
}
