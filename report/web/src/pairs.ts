// Targets against a base, with the same requests in turn: what the way adds, and whether it holds tokens.
import uPlot from "uplot";
import { chart } from "./chart.js";
import { drawer, element, section, table, type Child } from "./dom.js";
import { count, counted, duration, interval, number, percent, visible } from "./format.js";
import { interval_chart, type IntervalPanel } from "./intervals.js";
import { mark, swatch, type Tone } from "./status.js";
import { series_colour } from "./theme.js";
import type { Choice } from "./choice.js";
import type { Comparison, Hops, PairedFigure } from "./run.js";

const absent = "\u2013";

const verdicts: Record<string, [Tone, string]> = {
    too_few: ["neutral", "too few pairs"], passes: ["good", "passes tokens on"], delays: ["warning", "delays, but streams"], holds: ["bad", "holds tokens back"],
};

type Measure = "ttft_added" | "lag" | "hold_mean" | "hold_p95";

const measures: [Measure, title: string, hint: string][] = [
    ["ttft_added", "TTFT added", "median over pairs"],
    ["lag", "Lag", "by which every token alike comes later: slow, but it streams"],
    ["hold_mean", "Hold, mean", "beyond the lag, over the whole answer"],
    ["hold_p95", "Hold, p95", "the part of an answer that is held longest"],
];

function figure_cell(figure: PairedFigure | undefined): Child {
    if (figure === undefined) return absent;
    return element("div", {}, duration(figure.value_ns), element("small", { title: "95 % interval" }, interval(duration(figure.low_ns), duration(figure.high_ns))));
}

function order_cell(one: Comparison): Child {
    const effect = one.order_effect;
    if (effect === undefined) return absent;
    return element("div", {}, duration(effect.difference_ns), element("small", {}, `p = ${number(effect.p_value)}${effect.significant ? ", it matters" : ""}`));
}

function pairs_cell(one: Comparison): Child {
    const left_out = [one.pairs_failed > 0 && `${count(one.pairs_failed)} failed`, one.pairs_short > 0 && `${count(one.pairs_short)} too short`].filter((part) => part !== false);
    return element("div", {}, count(one.pairs), left_out.length > 0 && element("small", {}, left_out.join(", ")));
}

function pair_table(chosen: readonly Comparison[]): HTMLElement {
    return table("Targets against the base",
        [{ title: "target" }, { title: "verdict" }, { title: "pairs", figure: true }, ...measures.map(([, title]) => ({ title, figure: true })),
            { title: "order effect", figure: true }, { title: "length differs", figure: true }],
        chosen.map((one) => [visible(one.target), verdicts[one.verdict]?.[1] ?? visible(one.verdict), pairs_cell(one),
            ...measures.map(([measure]) => figure_cell(one[measure])), order_cell(one),
            one.output_length_difference === undefined ? absent : percent(one.output_length_difference)]));
}

function panels_of(chosen: readonly Comparison[], order: readonly string[]): IntervalPanel[] {
    return measures.map(([measure, title, hint]) => ({
        title, hint, rows: chosen.flatMap((one) => {
            const figure = one[measure];
            return figure === undefined ? [] : [{ label: visible(one.target), index: order.indexOf(one.target), figure }];
        }),
    })).filter((panel) => panel.rows.length > 0);
}

function curve(chosen: readonly Comparison[], order: readonly string[]): Child {
    const known = chosen.filter((one) => one.hold_curve.length > 1);
    if (known.length === 0) return null;
    const parts = known.map((one): uPlot.AlignedData => [one.hold_curve.map(([share]) => share), one.hold_curve.map(([, ns]) => ns)]);
    const data = parts.length === 1 ? parts[0]! : uPlot.join(parts);
    return chart({
        title: "Hold along the answer", lede: "how much later than at the base, beyond the lag, by the share of the answer that is out",
        data, height: 220, x_text: percent, y_text: duration, x_label: "answer",
        series: known.map((one) => ({ label: visible(one.target), colour: () => series_colour(order.indexOf(one.target)) })),
        table: () => table("Hold along the answer", [{ title: "share of the answer" }, ...known.map((one) => ({ title: visible(one.target), figure: true }))],
            (data[0] as number[]).map((share, i) => [percent(share), ...known.map((_, s) => duration(data[s + 1]?.[i] ?? null))])),
    });
}

function verdict_list(chosen: readonly Comparison[], order: readonly string[]): HTMLElement {
    return element("ul", { class: "pair-verdicts" }, ...chosen.map((one) => {
        const [tone, word] = verdicts[one.verdict] ?? (["neutral", visible(one.verdict)] as [Tone, string]);
        return element("li", {},
            element("p", { class: "headline" }, swatch(order.indexOf(one.target)), element("strong", {}, visible(one.target)), " ", mark(tone, word)),
            element("p", { class: "evidence" }, visible(one.sentence)),
            ...one.warnings.map((text) => element("p", { class: "notice" }, visible(text))));
    }));
}

/** The way from the client to the base, with the hop that holds and the hop that slows marked. */
function chain(hops: Hops): HTMLElement {
    return element("div", { class: "hops" },
        element("h3", {}, "Along the way"),
        element("ol", {}, ...hops.chain.map((hop) => element("li", {}, visible(hop),
            hop === hops.holds && mark("bad", "holds"), hop === hops.slows && mark("warning", "slows")))),
        element("p", { class: "evidence" }, visible(hops.sentence)));
}

function content(chosen: readonly Comparison[], order: readonly string[]): HTMLElement {
    if (chosen.length === 0) return element("p", { class: "quiet" }, "No pairs in this phase.");
    const panels = panels_of(chosen, order);
    const figures = drawer("Figures as a table", () => pair_table(chosen));
    return element("div", { class: "stack" },
        verdict_list(chosen, order),
        element("div", { class: "pair" },
            panels.length > 0 && element("figure", { class: "chart" }, element("h3", {}, "What the way adds"),
                element("p", { class: "quiet" }, "the mark is the figure, the line its 95 % interval"), interval_chart(panels), figures),
            curve(chosen, order)),
        panels.length === 0 && figures);
}

export function pairs_section(comparisons: readonly Comparison[], hops: Hops | undefined, order: readonly string[], phase: Choice): HTMLElement | false {
    if (comparisons.length === 0) return false;
    const bases = [...new Set(comparisons.map((one) => visible(one.base)))].join(", ");
    const place = element("div", {});
    phase.follow((name) => place.replaceChildren(content(comparisons.filter((one) => one.phase === name), order)));
    const targets = new Set(comparisons.map((one) => one.target)).size;
    return section("pairs", "In pairs", `${counted(targets, "target")} against ${bases}: the same requests to both, in turn, so that what differs is the way.`,
        phase.options.length > 1 && phase.buttons("Phase"), hops !== undefined && chain(hops), place);
}
