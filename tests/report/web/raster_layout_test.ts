import assert from "node:assert/strict";
import { test } from "node:test";
import { dot_near, dot_radius, dots_of, ideal_rows, row_at, row_height, rows_of, shared_end_us } from "../../../report/web/src/raster_layout.js";
import type { Raster, RasterStream } from "../../../report/web/src/run.js";

function stream(id: string, start_us: number, steps: number[], more: Partial<RasterStream> = {}): RasterStream {
    return { request_id: id, phase: "steady", start_us, outcome: "completed", tokens: steps.length, steps, ...more };
}

function raster(...streams: RasterStream[]): Raster {
    const holds = { from_stamps: false, streams: 0, token_events: 0, histogram: { zeros: 0, parts_per_octave: 1, bars: [] } };
    return { target: "direct", timelines: streams.length, resolution_us: 1, streams, holds, slowest: [] };
}

test("arrivals are steps, counts default to one", () => {
    assert.deepEqual(dots_of([20, 2, 3], undefined, 10), [{ at_us: 200, tokens: 1 }, { at_us: 220, tokens: 1 }, { at_us: 250, tokens: 1 }]);
    assert.deepEqual(dots_of([200, 300], [16, 4], 1), [{ at_us: 200, tokens: 16 }, { at_us: 500, tokens: 4 }]);
});

test("rows are ordered as asked, streams without a token last", () => {
    const picture = raster(
        stream("late", 30, [100], { ttft_us: 100, end_us: 900 }),
        stream("failed", 20, [], { outcome: "http_error", end_us: 10 }),
        stream("early", 10, [400], { ttft_us: 400, end_us: 500 }));
    const ids = (order: "start" | "ttft" | "length"): string[] => rows_of(picture, order).map((row) => row.stream.request_id);
    assert.deepEqual(ids("start"), ["early", "failed", "late"]);
    assert.deepEqual(ids("ttft"), ["late", "early", "failed"]);
    assert.deepEqual(ids("length"), ["failed", "early", "late"]);
});

test("the axis holds every stream of every raster, and ends on a round figure", () => {
    const end = shared_end_us([raster(stream("a", 0, [3_100_000])), raster(stream("b", 0, [3_930_000]))]);
    assert.equal(end, 4_000_000);
});

test("one endless stream does not press the others together", () => {
    const many = Array.from({ length: 40 }, (_, i) => stream(`s${i}`, i, [2_000_000]));
    const end = shared_end_us([raster(...many, stream("stuck", 50, [60_000_000]))]);
    assert.ok(end >= 2_000_000 && end < 3_000_000, `${end}`);
});

test("without any token there is still an axis", () => {
    assert.equal(shared_end_us([raster()]), 1e6);
});

test("rows share the height between tellable and airy", () => {
    assert.equal(row_height(150, 300), 2);
    assert.equal(row_height(1000, 300), 2);
    assert.equal(row_height(3, 300), 9);
    assert.equal(row_height(0, 300), 0);
});

test("a dot's area grows with its tokens, up to what a row bears", () => {
    assert.ok(Math.abs(dot_radius(4, 6) / dot_radius(1, 6) - 2) < 1e-9);
    assert.equal(dot_radius(1000, 6), dot_radius(100, 6));
    assert.ok(dot_radius(1000, 2) <= 2.2);
});

test("the pointer finds its row", () => {
    assert.equal(row_at(0, 10, 4), 0);
    assert.equal(row_at(39, 10, 4), 9);
    assert.equal(row_at(40, 10, 4), undefined);
    assert.equal(row_at(-1, 10, 4), undefined);
});

test("the ideal is of the streams that have one, in the order of the others", () => {
    const picture = raster(
        stream("late", 0, [300], { ttft_us: 300, counts: [2], ideal_steps: [100, 200] }),
        stream("none", 1, [50], { ttft_us: 50 }),
        stream("early", 2, [200], { ttft_us: 200, counts: [2], ideal_steps: [150, 50], ideal_counts: [1, 1] }));
    const { arrived, ideal } = ideal_rows(picture);
    assert.deepEqual(arrived.map((row) => row.stream.request_id), ["early", "late"]);
    assert.deepEqual(ideal.map((row) => row.dots.map((dot) => dot.at_us)), [[150, 200], [100, 300]]);
});

test("the pointer finds the nearest arrival within reach", () => {
    const dots = dots_of([100, 50, 50], undefined, 1);
    assert.equal(dot_near(dots, 148, 10)?.at_us, 150);
    assert.equal(dot_near(dots, 130, 10), undefined);
    assert.equal(dot_near([], 130, 10), undefined);
});
