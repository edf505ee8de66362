// Axes: nice steps, and the logarithmic tail of percentiles.

/** The smallest of 1, 2, 2.5 or 5 times a power of ten that is not below `least`. */
export function nice_step(least: number): number {
    const power = 10 ** Math.floor(Math.log10(least));
    const factor = [1, 2, 2.5, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10;
    return factor * power;
}

/** Ticks from 0 up to and including `max`, about `wanted` of them. */
export function ticks(max: number, wanted: number): number[] {
    return max > 0 ? ticks_between(0, max, wanted) : [0];
}

/** Round values from `from` to `to`, about `wanted` of them. */
export function ticks_between(from: number, to: number, wanted: number): number[] {
    if (!(to > from)) return [from];
    const step = nice_step((to - from) / Math.max(1, wanted));
    const made: number[] = [];
    const first = Math.ceil(from / step - 1e-9) || 0;  // never -0
    for (let i = first; i * step <= to + step * 1e-9; ++i) made.push(i * step);
    return made;
}

/** Where a quantile stands on the tail axis: 0.9 at 1, 0.99 at 2, 0.999 at 3. */
export function tail(quantile: number): number {
    return -Math.log10(1 - quantile);
}

export function quantile_at(position: number): number {
    return 1 - 10 ** -position;
}

const named = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 0.99999, 0.999999];

/** Quantiles worth a tick between two positions of the tail axis. */
export function tail_ticks(from: number, to: number): number[] {
    return named.map(tail).filter((position) => position >= from - 1e-9 && position <= to + 1e-9);
}

/** True for a quantile of the tail axis between two steps of ten. */
export function between_steps(position: number): boolean {
    return position > tail(0.5) + 1e-9 && Math.abs(position - Math.round(position)) > 1e-9;
}

export interface AxisLabel {
    text: string;
    /** Its middle and its width, in pixels. */
    at: number;
    width: number;
    /** Gives way to the others. */
    minor: boolean;
}

/** The texts of an axis' labels, empty where one would run into another: the first stays, minor ones go before others. */
export function readable_labels(labels: readonly AxisLabel[]): string[] {
    const gap = 6;
    const kept: AxisLabel[] = [];
    const fits = (one: AxisLabel): boolean => kept.every((other) => Math.abs(one.at - other.at) >= (one.width + other.width) / 2 + gap);
    for (const one of [...labels.filter((label) => !label.minor), ...labels.filter((label) => label.minor)]) if (fits(one)) kept.push(one);
    return labels.map((one) => (kept.includes(one) ? one.text : ""));
}

/** Whether values need a logarithmic axis: all positive and spread over more than two decades. */
export function wants_log(values: readonly number[]): boolean {
    const [low, high] = [Math.min(...values), Math.max(...values)];
    return values.length > 0 && low > 0 && high / low > 100;
}

/** The value at `quantile` of unsorted numbers, nearest rank. */
export function nearest_rank(values: readonly number[], quantile: number): number | undefined {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(quantile * sorted.length) - 1)];
}
