// Histograms of several targets on one axis. No picture here: counts in, positions and shares out.
import { ticks } from "./scale.js";
import type { Histogram } from "./run.js";

/** Where the value of a bar's lower edge lies; a position is a bar's number on the common grid. */
export function edge_ns(position: number, parts_per_octave: number): number {
    return 1e3 * 2 ** (position / parts_per_octave);
}

export function position_of(ns: number, parts_per_octave: number): number {
    return parts_per_octave * Math.log2(ns / 1e3);
}

export interface Bars {
    parts_per_octave: number;
    /** The bars from the first up to the one before `to`. */
    from: number;
    to: number;
    /** For each histogram the share of all its values in each bar, in percent. */
    shares: number[][];
    /** For each the share that is zero. */
    zeros: number[];
    /** For each how many values lie outside `from`..`to`: the far ends would press all others together. */
    outside: number[];
}

function on_grid(histogram: Histogram, parts: number): Map<number, number> {
    const counts = new Map<number, number>();
    const ratio = histogram.parts_per_octave / parts;
    for (let i = 0; i + 1 < histogram.bars.length; i += 2) {
        const bar = Math.floor(histogram.bars[i]! / ratio);
        counts.set(bar, (counts.get(bar) ?? 0) + histogram.bars[i + 1]!);
    }
    return counts;
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

/** The bars in which all but `beyond` of the values at either end lie. */
function middle(counts: Map<number, number>, beyond: number): [low: number, high: number] | undefined {
    const bars = [...counts].sort(([a], [b]) => a - b);
    const total = sum(counts.values());
    let seen = 0;
    let low: number | undefined, high: number | undefined;
    for (const [bar, count] of bars) {
        seen += count;
        if (low === undefined && seen > total * beyond) low = bar;
        if (high === undefined && seen >= total * (1 - beyond)) high = bar;
    }
    return low === undefined || high === undefined ? undefined : [low, high];
}

/** At most `most` bars, on the finest grid that all histograms have. Undefined where there is nothing above zero. */
export function lay_out_bars(histograms: readonly Histogram[], most: number, beyond = 0.002): Bars | undefined {
    let parts = Math.min(...histograms.filter((one) => one.bars.length > 0).map((one) => one.parts_per_octave));
    if (!Number.isFinite(parts)) return undefined;
    for (; ; parts /= 2) {
        const grids = histograms.map((one) => on_grid(one, parts));
        const middles = grids.map((grid) => middle(grid, beyond)).filter((found): found is [number, number] => found !== undefined);
        const from = Math.min(...middles.map(([low]) => low)), to = Math.max(...middles.map(([, high]) => high)) + 1;
        if (to - from > most && parts > 1) continue;
        const totals = grids.map((grid, i) => sum(grid.values()) + histograms[i]!.zeros);
        const share = (count: number, i: number): number => (totals[i] === 0 ? 0 : (100 * count) / totals[i]!);
        return {
            parts_per_octave: parts, from, to,
            shares: grids.map((grid, i) => Array.from({ length: to - from }, (_, bar) => share(grid.get(from + bar) ?? 0, i))),
            zeros: histograms.map((one, i) => share(one.zeros, i)),
            outside: grids.map((grid) => sum([...grid].filter(([bar]) => bar < from || bar >= to).map(([, count]) => count))),
        };
    }
}

const most_ticks = 8;

/** Positions of round values on the axis: some digits of each decade, or even steps where that is too few. */
export function bar_ticks(bars: Bars): number[] {
    const [low, high] = [edge_ns(bars.from, bars.parts_per_octave), edge_ns(bars.to, bars.parts_per_octave)];
    const inside = (values: number[]): number[] => values.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
    const digits = (...leading: number[]): number[] => inside(Array.from({ length: 12 }, (_, power) => leading.map((digit) => digit * 10 ** power)).flat());
    const choices = high / low > 5 ? [digits(1, 2, 5), digits(1, 3), digits(1)] : [inside(ticks(high, (6 * high) / (high - low)))];
    const values = choices.find((choice) => choice.length <= most_ticks) ?? choices[choices.length - 1] ?? [];
    return values.map((value) => position_of(value, bars.parts_per_octave));
}
