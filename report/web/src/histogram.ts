// Histograms of one figure, one for each target, over each other: how common each value is.
import uPlot from "uplot";
import { bar_ticks, edge_ns, lay_out_bars, type Bars } from "./bars.js";
import { chart } from "./chart.js";
import { element, section, table, type Child } from "./dom.js";
import { count, duration, interval, number, visible } from "./format.js";
import { series_colour } from "./theme.js";
import type { Choice } from "./choice.js";
import type { Group, Histogram } from "./run.js";

export interface HistogramSeries {
    label: string;
    /** Which colour. */
    index: number;
    histogram: Histogram;
}

export interface HistogramOptions {
    title: string;
    /** The title where it has to stand by itself. */
    name?: string;
    lede?: string;
    /** What is counted: requests, gaps. */
    of: string;
    series: readonly HistogramSeries[];
    height?: number;
    extra_rows?: Child[][];
}

const most_bars = 56;
const share_text = (share: number): string => `${number(share)}\u00a0%`;

/** A bar of its own left of the others stands for zero. */
function zero_position(bars: Bars): number | undefined {
    return bars.zeros.some((share) => share > 0) ? bars.from - Math.max(3, Math.round((bars.to - bars.from) / 12)) : undefined;
}

function data_of(bars: Bars, zero: number | undefined): uPlot.AlignedData {
    const width = zero === undefined ? 0 : Math.max(1, Math.round((bars.from - zero) / 3));
    const lead = zero === undefined ? [] : [zero, zero + width];
    const positions = Array.from({ length: bars.to - bars.from + 1 }, (_, i) => bars.from + i);
    return [
        [...lead, ...positions],
        ...bars.shares.map((shares, i) => [...(zero === undefined ? [] : [bars.zeros[i] ?? 0, 0]), ...shares, 0]),
    ] as uPlot.AlignedData;
}

function bar_table(options: HistogramOptions, bars: Bars): HTMLElement {
    const rows: Child[][] = [];
    if (bars.zeros.some((share) => share > 0)) rows.push(["0", ...bars.zeros.map(share_text)]);
    for (let bar = bars.from; bar < bars.to; ++bar) {
        const shares = bars.shares.map((of_one) => of_one[bar - bars.from] ?? 0);
        if (shares.every((share) => share === 0)) continue;
        rows.push([interval(duration(edge_ns(bar, bars.parts_per_octave)), duration(edge_ns(bar + 1, bars.parts_per_octave))), ...shares.map(share_text)]);
    }
    if (bars.outside.some((amount) => amount > 0)) rows.push([`outside (${options.of})`, ...bars.outside.map(count)]);
    return table(options.name ?? options.title, [{ title: "from \u2013 to" }, ...options.series.map((one) => ({ title: one.label, figure: true }))],
        [...(options.extra_rows ?? []), ...rows]);
}

function remark(options: HistogramOptions, bars: Bars): string {
    const zeros = options.series.map((one, i) => [one.label, bars.zeros[i] ?? 0] as const).filter(([, share]) => share > 0);
    const parts = zeros.map(([label, share]) => (options.series.length > 1 ? `${label}: ${share_text(share)} are 0` : `${share_text(share)} are 0`));
    const outside = bars.outside.reduce((sum, amount) => sum + amount, 0);
    if (outside > 0) parts.push(`${count(outside)} far from the rest are in the table only`);
    return parts.join("; ");
}

export function histogram_chart(options: HistogramOptions): HTMLElement {
    const { series } = options;
    const bars = lay_out_bars(series.map((one) => one.histogram), most_bars);
    if (bars === undefined) {
        const zeros = series.some((one) => one.histogram.zeros > 0);
        return element("figure", { class: "chart" }, element("h3", {}, options.title),
            element("p", { class: "quiet" }, zeros ? `All ${options.of} are 0.` : "Nothing was measured."));
    }
    const zero = zero_position(bars);
    const text = (position: number): string =>
        position < bars.from ? "0" : duration(Number(edge_ns(position, bars.parts_per_octave).toPrecision(3)));
    const lede = [options.lede, remark(options, bars)].filter((part) => part !== undefined && part !== "").join("; ");
    return chart({
        title: options.title, lede, data: data_of(bars, zero), height: options.height ?? 200,
        series: series.map((one) => ({ label: one.label, colour: () => series_colour(one.index), steps: true })),
        x_text: text, y_text: share_text, x_label: "from",
        x_minor: (position) => position >= bars.from && !text(position).startsWith("1"),
        x_ticks: () => [...(zero === undefined ? [] : [zero]), ...bar_ticks(bars)],
        table: () => bar_table(options, bars),
    });
}

const shown: [metric: string, title: string, of: string][] = [
    ["ttft", "Time to first token", "requests"], ["itl", "Between tokens", "gaps"],
    ["tpot", "Per output token", "requests"], ["e2e", "Whole answer", "requests"],
];

export function histograms_section(groups: Group[], order: readonly string[], phase: Choice): HTMLElement {
    const place = element("div", { class: "pair" });
    phase.follow((name) => {
        const chosen = groups.filter((group) => group.phase === name);
        place.replaceChildren(...shown.map(([metric, title, of]) => histogram_chart({
            title, of, lede: `share of ${of} in each bar`,
            series: chosen.flatMap((group) => {
                const histogram = group.metrics[metric]?.histogram;
                return histogram === undefined ? [] : [{ label: visible(group.target), index: order.indexOf(group.target), histogram }];
            }),
        })));
    });
    return section("distributions", "Distributions", "How common each value is. The axis is logarithmic: a step to the right is a factor, so slow and fast targets show side by side.",
        phase.options.length > 1 && phase.buttons("Phase"), place);
}
