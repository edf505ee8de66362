// One uPlot chart in a figure of its own: title, legend, picture, and the same figures as a table.
import uPlot from "uplot";
import { drawer, element, type Child } from "./dom.js";
import { readable_labels } from "./scale.js";
import { colour, on_theme_change } from "./theme.js";

export interface Series {
    label: string;
    colour: () => string;
    /** Lengths of dashes and gaps, for a second and third line of the same colour. */
    dash?: number[];
    /** A count of each window: drawn as steps, filled. */
    steps?: boolean;
}

export interface ChartOptions {
    title: string;
    lede?: string;
    data: uPlot.AlignedData;
    series: Series[];
    x_text: (value: number) => string;
    /** What the legend calls the place under the pointer. */
    x_label?: string;
    y_text: (value: number) => string;
    x_ticks?: (from: number, to: number) => number[];
    /** Ticks whose labels give way where there is no room for all. */
    x_minor?: (value: number) => boolean;
    y_log?: boolean;
    /** Values are whole numbers, and so are the ticks. */
    whole?: boolean;
    sync?: string;
    height?: number;
    paint_under?: (plot: uPlot) => void;
    table: () => Child;
}

const font = (): string => `11px ${colour("--sans")}`;

const text_width = (text: string): number => text.length * 6.6;

/** Room for the widest label of the value axis; the same for most, so that plots stand in line. */
function label_width(values: readonly string[] | null): number {
    return Math.max(56, ...(values ?? []).map((value) => text_width(String(value)) + 12));
}

function x_labels(plot: uPlot, ticks: readonly number[], options: ChartOptions): string[] {
    return readable_labels(ticks.map((tick) => {
        const text = options.x_text(tick);
        return { text, at: plot.valToPos(tick, "x"), width: text_width(text), minor: options.x_minor?.(tick) ?? false };
    }));
}

function axes(options: ChartOptions): uPlot.Axis[] {
    const shared = (): uPlot.Axis => ({
        stroke: () => colour("--muted"), font: font(),
        grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false },
    });
    const x: uPlot.Axis = { ...shared(), values: (plot, splits) => x_labels(plot, splits, options), size: 30, gap: 8, space: 56 };
    if (options.x_ticks !== undefined) {
        const choose = options.x_ticks;
        x.splits = (_plot, _axis, from, to) => choose(from, to);
        x.grid = { show: true, stroke: () => colour("--line"), width: 1 };
    }
    const y: uPlot.Axis = { ...shared(), values: (_, splits) => splits.map((value) => (value === null ? "" : options.y_text(value))), size: (_plot, values) => label_width(values), gap: 8, space: 34 };
    if (options.whole) y.incrs = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5, 6].map((power) => digit * 10 ** power)).sort((a, b) => a - b);
    return [x, y];
}

const steps = uPlot.paths.stepped!({ align: 1 });

function series(options: ChartOptions): uPlot.Series[] {
    // Nothing stands there while the pointer is elsewhere.
    const text = (say: (value: number) => string) => (_: uPlot, value: number | null): string =>
        value === null || value === undefined ? "" : say(value);
    const x: uPlot.Series = { label: "at", value: text((value) => `${options.x_label ?? "at"} ${options.x_text(value)}`) };
    return [x, ...options.series.map((one): uPlot.Series => ({
        label: one.label, stroke: () => one.colour(), width: one.dash ? 1.5 : 2,
        ...(one.dash ? { dash: one.dash } : {}),
        ...(one.steps ? { fill: () => `${one.colour()}33`, width: 1, paths: steps } : {}),
        spanGaps: true, points: { show: false }, value: text(options.y_text),
    }))];
}

function line_style(one: Series | undefined): string {
    if (one?.dash === undefined) return "solid";
    return (one.dash[0] ?? 0) < 3 ? "dotted" : "dashed";
}

/** From zero to a little above the highest value; logarithmic axes choose for themselves. */
const from_zero: uPlot.Range.Function = (_plot, _low, high) => [0, high > 0 ? high * 1.08 : 1];

export function chart(options: ChartOptions): HTMLElement {
    const place = element("div", { class: "plot", role: "img", "aria-label": `${options.title}. The table below holds the same figures.` });
    const figure = element("figure", { class: "chart" },
        element("h3", {}, options.title), options.lede !== undefined && element("p", { class: "quiet" }, options.lede),
        place, drawer("Figures as a table", options.table));
    const height = options.height ?? 240;
    let plot: uPlot | undefined;
    new ResizeObserver(() => {
        const width = place.clientWidth;
        if (width === 0) return;
        if (plot !== undefined) {
            if (plot.width !== width) plot.setSize({ width, height });
            return;
        }
        plot = new uPlot({
            width, height, axes: axes(options), series: series(options), padding: [18, 18, 0, 0],
            scales: { x: { time: false }, y: options.y_log ? { distr: 3 } : { range: from_zero } },
            legend: { live: true, markers: { width: 2, dash: (_, index) => line_style(options.series[index - 1]) } },
            cursor: { points: { size: 7 }, drag: { x: false, y: false }, ...(options.sync ? { sync: { key: options.sync } } : {}) },
            hooks: options.paint_under ? { drawClear: [options.paint_under] } : {},
        }, options.data, place);
    }).observe(place);
    on_theme_change(place, () => {
        plot?.redraw(false, true);
        // uPlot paints the legend once only.
        const markers = place.querySelectorAll<HTMLElement>(".u-series .u-marker");
        markers.forEach((marker, i) => { marker.style.borderColor = options.series[i - (markers.length - options.series.length)]?.colour() ?? ""; });
    });
    return figure;
}
