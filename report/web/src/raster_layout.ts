// Where the dots of an arrival raster go. No canvas here: a table of numbers in, a table of numbers out.
import { nearest_rank, nice_step } from "./scale.js";
import type { Raster, RasterStream } from "./run.js";

export type Order = "start" | "ttft" | "length";

export interface Dot {
    at_us: number;
    tokens: number;
}

export interface Row {
    stream: RasterStream;
    dots: Dot[];
    /** When the stream's last mark is: its end, or its last arrival. */
    last_us: number;
}

/** Steps of `unit_us` in absolute time, with how many token events came at each. */
export function dots_of(steps: readonly number[], counts: readonly number[] | undefined, unit_us: number): Dot[] {
    let at_us = 0;
    return steps.map((step, i) => {
        at_us += step * unit_us;
        return { at_us, tokens: counts?.[i] ?? 1 };
    });
}

function by(order: Order): (a: Row, b: Row) => number {
    // A stream without a first token sorts last.
    const key = (row: Row): number =>
        order === "start" ? row.stream.start_us : order === "ttft" ? row.stream.ttft_us ?? Infinity : row.last_us;
    return (a, b) => {
        const [left, right] = [key(a), key(b)];
        return left === right ? 0 : left - right;
    };
}

export function rows_of(raster: Raster, order: Order): Row[] {
    const rows = raster.streams.map((stream) => {
        const dots = dots_of(stream.steps, stream.counts, raster.resolution_us);
        const last_us = Math.max(stream.end_us ?? 0, dots[dots.length - 1]?.at_us ?? 0);
        return { stream, dots, last_us };
    });
    return rows.sort(by(order));
}

/** The streams of which an ideal is known, as they came and as they would have come; in the same order. */
export function ideal_rows(raster: Raster): { arrived: Row[]; ideal: Row[] } {
    const arrived = rows_of(raster, "ttft").filter((row) => row.stream.ideal_steps !== undefined);
    const ideal = arrived.map(({ stream, last_us }) => ({
        stream, last_us, dots: dots_of(stream.ideal_steps ?? [], stream.ideal_counts, raster.resolution_us),
    }));
    return { arrived, ideal };
}

/**
 * The end of the time axis that all rasters share. A few long streams must not press all others together:
 * one in ten is cut at the edge if that makes the picture clearly larger.
 */
export function shared_end_us(rasters: readonly Raster[]): number {
    const lasts = rasters.flatMap((raster) => rows_of(raster, "start").map((row) => row.last_us));
    const most = Math.max(0, ...lasts);
    if (most === 0) return 1e6;
    const typical = nearest_rank(lasts, 0.9) ?? most;
    const end = most > 1.3 * typical && typical > 0 ? typical * 1.03 : most;
    const step = nice_step(end / 20);
    return Math.ceil(end / step) * step;
}

/** The end of the time that can be shown at all: the last mark of any stream. */
export function last_end_us(rasters: readonly Raster[]): number {
    return Math.max(shared_end_us(rasters), ...rasters.flatMap((raster) => rows_of(raster, "start").map((row) => row.last_us)));
}

/** CSS pixels a row gets: few streams get more air, many stay tellable apart. */
export function row_height(rows: number, height_wanted: number): number {
    if (rows === 0) return 0;
    return Math.min(9, Math.max(2, height_wanted / rows));
}

/** Radius of a dot: its area grows with the tokens it stands for, up to what its row can bear. */
export function dot_radius(tokens: number, row: number): number {
    const one = Math.min(1.5, Math.max(0.7, row * 0.3));
    return Math.min(one * Math.sqrt(tokens), Math.max(one, Math.min(4.2, row * 1.1)));
}

/** The row under a pointer, or undefined. */
export function row_at(y: number, rows: number, row: number): number | undefined {
    const index = Math.floor(y / row);
    return index >= 0 && index < rows ? index : undefined;
}

/** The dot nearest to a moment, if it is no further off than `within_us`. */
export function dot_near(dots: readonly Dot[], at_us: number, within_us: number): Dot | undefined {
    let best: Dot | undefined;
    for (const dot of dots) {
        if (Math.abs(dot.at_us - at_us) <= Math.abs((best?.at_us ?? Infinity) - at_us)) best = dot;
    }
    return best !== undefined && Math.abs(best.at_us - at_us) <= within_us ? best : undefined;
}
