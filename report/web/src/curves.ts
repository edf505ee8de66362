// Percentile curves: what one in two, in a hundred, in a thousand requests sees.
import uPlot from "uplot";
import { chart } from "./chart.js";
import { element, section, table } from "./dom.js";
import { percentile_cell } from "./figures.js";
import { count, duration, quantile_name, visible } from "./format.js";
import { between_steps, quantile_at, tail, tail_ticks, wants_log } from "./scale.js";
import { series_colour } from "./theme.js";
import type { Choice } from "./choice.js";
import type { Group } from "./run.js";

const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999];

function curve_of(group: Group, metric: string): uPlot.AlignedData {
    const flat = group.metrics[metric]?.curve ?? [];
    const positions: number[] = [], values: number[] = [];
    // The curve's own points lie around the median; the picture begins with the median itself.
    const median = group.metrics[metric]?.percentiles.find(({ quantile }) => quantile === 0.5)?.value_ns;
    if (typeof median === "number") {
        positions.push(tail(0.5));
        values.push(median);
    }
    for (let i = 0; i + 1 < flat.length; i += 2) {
        if (flat[i]! / 1000 <= tail(0.5)) continue;
        positions.push(flat[i]! / 1000);
        values.push(flat[i + 1]!);
    }
    return [positions, values];
}

function curve(groups: Group[], order: readonly string[], metric: string, title: string, lede: string): HTMLElement {
    const known = groups.filter((group) => (group.metrics[metric]?.curve?.length ?? 0) > 2);
    const parts = known.map((group) => curve_of(group, metric));
    const values = parts.flatMap((part) => part[1] as number[]);
    const figures = (): HTMLElement => table(title,
        [{ title: "percentile" }, ...groups.map((group) => ({ title: visible(group.target), figure: true }))],
        [...quantiles.map((quantile) => [quantile_name(quantile), ...groups.map((group) => percentile_cell(group.metrics[metric], quantile))]),
            ["max", ...groups.map((group) => duration(group.metrics[metric]?.max_ns))],
            ["measured", ...groups.map((group) => count(group.metrics[metric]?.count ?? 0))]]);
    if (values.length === 0) return element("figure", { class: "chart" }, element("h3", {}, title), element("p", { class: "quiet" }, "Nothing was measured."));
    return chart({
        title, lede, data: parts.length === 1 ? parts[0]! : uPlot.join(parts),
        series: known.map((group) => ({ label: visible(group.target), colour: () => series_colour(order.indexOf(group.target)) })),
        x_text: (position) => quantile_name(Number(quantile_at(position).toPrecision(6))),
        y_text: (ns) => duration(ns),
        x_ticks: tail_ticks, x_minor: between_steps,
        // Gaps of a buffered stream are zero or huge: zeros have no place on a logarithmic axis.
        y_log: wants_log(values), sync: "percentile", height: 240, table: figures,
    });
}

export function curves_section(groups: Group[], order: readonly string[], phase: Choice): HTMLElement {
    const place = element("div", { class: "pair" });
    phase.follow((name) => {
        const chosen = groups.filter((group) => group.phase === name);
        place.replaceChildren(
            curve(chosen, order, "ttft", "Time to first token", "from the moment the request was due"),
            curve(chosen, order, "itl", "Between tokens", "every gap of every stream"),
            curve(chosen, order, "tpot", "Per output token", "time from first to last token, by the tokens after the first"),
            curve(chosen, order, "e2e", "Whole answer", "from due to the last token"));
    });
    return section("percentiles", "Percentiles", "The axis stretches the tail: each step to the right is ten times rarer.",
        phase.options.length > 1 && phase.buttons("Phase"), place);
}
