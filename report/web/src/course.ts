// The course of the run: what changed while it ran.
import uPlot from "uplot";
import { chart, type ChartOptions, type Series } from "./chart.js";
import { element, section, table } from "./dom.js";
import { duration, number, per_second, visible } from "./format.js";
import { colour, series_colour } from "./theme.js";
import { windows_of } from "./windows.js";
import type { Course, Phase, Window } from "./run.js";

const dashed = [5, 4], dotted = [2, 3];

interface Measure {
    label?: string;
    dash?: number[];
    of: (window: Window) => number | null;
}

interface Plot {
    title: string;
    lede: string;
    text: (value: number) => string;
    measures: Measure[];
    /** Whole numbers, each of one window. */
    counts?: boolean;
}

const seconds = (ns: number): number => ns / 1e9;

function plots(window_length: string): Plot[] {
    return [
        { title: "Time to first token", lede: "p50 solid, p95 dashed, p99 dotted", text: duration, measures: [
            { label: "p50", of: (window) => window.ttft_p50_ns ?? null },
            { label: "p95", dash: dashed, of: (window) => window.ttft_p95_ns ?? null },
            { label: "p99", dash: dotted, of: (window) => window.ttft_p99_ns ?? null }] },
        { title: "Token events", lede: "per second", text: (value) => (value === 0 ? "0" : per_second(value)), measures: [
            { of: (window) => window.token_events / seconds(window.length_ns) }] },
        { title: "Open streams", lede: `mean of each ${window_length}`, text: number, measures: [{ of: (window) => window.open_streams }] },
        { title: "Requests started", lede: "per second", text: (value) => (value === 0 ? "0" : per_second(value)), measures: [
            { of: (window) => window.started / seconds(window.length_ns) }] },
        { title: "Errors", lede: `in each window of ${window_length}`, text: number, counts: true, measures: [{ of: (window) => window.errors }] },
        { title: "Client lag", lede: "p99: how late this client sent (solid) and read first tokens (dashed)", text: duration, measures: [
            { label: "send", of: (window) => window.send_lag_p99_ns ?? null },
            { label: "read", dash: dashed, of: (window) => window.receive_lag_p99_ns ?? null }] },
    ];
}

/** Phases as quiet bands: a line where one begins, its name if there is room, warm-up shaded. */
function paint_phases(phases: readonly Phase[]) {
    return (plot: uPlot): void => {
        const { ctx, bbox } = plot;
        ctx.save();
        ctx.font = `${10 * devicePixelRatio}px ${colour("--sans")}`;
        ctx.textBaseline = "bottom";
        for (const phase of phases) {
            const from = Math.max(bbox.left, plot.valToPos(seconds(phase.start_ns), "x", true));
            const to = Math.min(bbox.left + bbox.width, plot.valToPos(seconds(phase.start_ns + phase.duration_ns), "x", true));
            if (to <= from) continue;
            if (phase.warmup) {
                ctx.fillStyle = colour("--soft");
                ctx.fillRect(from, bbox.top, to - from, bbox.height);
            }
            ctx.fillStyle = colour("--line-strong");
            ctx.fillRect(from, bbox.top - 12 * devicePixelRatio, devicePixelRatio, bbox.height + 12 * devicePixelRatio);
            const name = visible(phase.name);
            if (ctx.measureText(name).width + 10 * devicePixelRatio < to - from) {
                ctx.fillStyle = colour("--muted");
                ctx.fillText(name, from + 5 * devicePixelRatio, bbox.top - 2 * devicePixelRatio);
            }
        }
        ctx.restore();
    };
}

function one(plot: Plot, windows: Map<string, Window[]>, order: readonly string[], phases: readonly Phase[]): HTMLElement {
    const series: Series[] = [];
    const parts: uPlot.AlignedData[] = [];
    for (const [target, own] of windows) {
        const xs = own.map((window) => seconds(window.start_ns + (plot.counts ? 0 : window.length_ns / 2)));
        parts.push([xs, ...plot.measures.map((measure) => own.map(measure.of))]);
        for (const measure of plot.measures) {
            series.push({
                label: [visible(target), measure.label].filter((part) => part !== undefined).join(" "),
                colour: () => series_colour(order.indexOf(target)),
                ...(measure.dash === undefined ? {} : { dash: measure.dash }), steps: plot.counts ?? false,
            });
        }
    }
    const data = parts.length === 1 ? parts[0]! : uPlot.join(parts);
    const options: ChartOptions = {
        title: plot.title, lede: plot.lede, data, series, whole: plot.counts ?? false, sync: "course", height: 200,
        x_text: (at) => (at === 0 ? "0" : duration(at * 1e9)), y_text: plot.text, paint_under: paint_phases(phases),
        table: () => table(plot.title, [{ title: plot.counts ? "window from" : "middle of window" }, ...series.map((s) => ({ title: s.label, figure: true }))],
            (data[0] as number[]).map((at, i) => [duration(at * 1e9), ...series.map((_, s) => {
                const value = data[s + 1]?.[i];
                return typeof value === "number" ? plot.text(value) : "\u2013";
            })])),
    };
    return chart(options);
}

export function course_section(courses: readonly Course[], order: readonly string[], phases: readonly Phase[]): HTMLElement | false {
    const by_target = new Map(courses.filter((course) => course.started.length > 0).map((course) => [course.target, windows_of(course)]));
    const longest = Math.max(0, ...courses.map((course) => course.length_ns));
    if (by_target.size === 0) return false;
    const lede = [`The run cut into windows of ${duration(longest)}. A request counts where it was due.`];
    if (courses.some((course) => course.merged > 1)) lede.push("Of percentiles the worst within a window is drawn.");
    if (phases.some((phase) => phase.warmup)) lede.push("Warm-up is shaded and in no figure above.");
    return section("course", "Over time", lede.join(" "),
        element("div", { class: "pair" }, ...plots(duration(longest)).map((plot) => one(plot, by_target, order, phases))));
}
