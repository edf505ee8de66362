// Dots with their intervals on one axis, so that one sees which figures differ from zero and from each other.
import { element, svg } from "./dom.js";
import { duration, interval } from "./format.js";
import { ticks_between } from "./scale.js";
import { swatch } from "./status.js";
import type { PairedFigure } from "./run.js";

export interface IntervalRow {
    label: string;
    /** Which colour. */
    index: number;
    figure: PairedFigure;
}

export interface IntervalPanel {
    title: string;
    hint: string;
    rows: IntervalRow[];
}

/** From the lowest end to the highest, zero included, with some air. */
export function axis_of(panels: readonly IntervalPanel[]): [low: number, high: number] {
    const ends = panels.flatMap((panel) => panel.rows.flatMap(({ figure }) => [figure.low_ns, figure.high_ns, figure.value_ns]));
    const low = Math.min(0, ...ends), high = Math.max(0, ...ends);
    const span = high - low || 1e6;
    return [low < 0 ? low - span * 0.04 : 0, high > 0 ? high + span * 0.04 : span * 0.04];
}

/** `x` gives thousandths of the axis. */
function lane(row: IntervalRow, x: (ns: number) => number): HTMLElement {
    const { value_ns, low_ns, high_ns } = row.figure;
    const name = `${row.label}: ${duration(value_ns)}, 95 % interval ${interval(duration(low_ns), duration(high_ns))}`;
    const dot = element("span", { class: `dot series-${(row.index % 6) + 1}` });
    dot.style.left = `${x(value_ns) / 10}%`;
    return element("div", { class: "interval", role: "img", "aria-label": name },
        svg("svg", { class: `series-line-${(row.index % 6) + 1}`, viewBox: "0 0 1000 20", preserveAspectRatio: "none", "aria-hidden": "true" },
            svg("line", { class: "zero", x1: x(0), x2: x(0), y1: 0, y2: 20 }),
            svg("rect", { x: x(low_ns), width: Math.max(1.5, x(high_ns) - x(low_ns)), y: 8.5, height: 3 })),
        dot);
}

function axis(low: number, high: number): HTMLElement {
    const made = element("div", { class: "interval-axis", "aria-hidden": "true" });
    for (const at of ticks_between(low, high, 4)) {
        const label = element("span", {}, duration(at));
        label.style.left = `${((at - low) / (high - low)) * 100}%`;
        made.append(label);
    }
    return made;
}

export function interval_chart(panels: readonly IntervalPanel[]): HTMLElement {
    const [low, high] = axis_of(panels);
    const x = (ns: number): number => Number((((ns - low) / (high - low)) * 1000).toFixed(2));
    return element("div", { class: "intervals" }, ...panels.map((panel) => element("div", { class: "panel" },
        element("h4", {}, panel.title, element("small", {}, panel.hint)),
        ...panel.rows.map((row) => element("div", { class: "interval-row" },
            element("span", { class: "who" }, swatch(row.index), row.label), lane(row, x), element("span", { class: "figure" }, duration(row.figure.value_ns)))))),
        element("div", { class: "interval-row" }, element("span"), axis(low, high), element("span")));
}
