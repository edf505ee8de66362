import assert from "node:assert/strict";
import { test } from "node:test";
import { bar_ticks, edge_ns, lay_out_bars, position_of } from "../../../report/web/src/bars.js";

test("a position is a number of bars on a logarithmic grid from 1 us", () => {
    assert.equal(edge_ns(0, 8), 1e3);
    assert.equal(edge_ns(16, 8), 4e3);
    assert.ok(Math.abs(position_of(4e3, 8) - 16) < 1e-9);
});

test("histograms of different grids meet on the coarser one", () => {
    const bars = lay_out_bars([
        { zeros: 0, parts_per_octave: 4, bars: [40, 1, 41, 1, 42, 2] },
        { zeros: 4, parts_per_octave: 2, bars: [20, 3, 21, 1] }], 50);
    assert.equal(bars?.parts_per_octave, 2);
    assert.deepEqual([bars?.from, bars?.to], [20, 22]);
    assert.deepEqual(bars?.shares, [[50, 50], [37.5, 12.5]]);
    assert.deepEqual(bars?.zeros, [0, 50]);
    assert.deepEqual(bars?.outside, [0, 0]);
});

test("too many bars become half as many", () => {
    const flat = Array.from({ length: 64 }, (_, i) => [100 + i, 1]).flat();
    const bars = lay_out_bars([{ zeros: 0, parts_per_octave: 32, bars: flat }], 40);
    assert.equal(bars?.parts_per_octave, 16);
    assert.equal(bars!.to - bars!.from, 32);
});

test("a few values far away do not press the others together, and are counted", () => {
    const bars = lay_out_bars([{ zeros: 0, parts_per_octave: 8, bars: [100, 600, 101, 399, 180, 1] }], 50);
    assert.deepEqual([bars?.from, bars?.to], [100, 102]);
    assert.deepEqual(bars?.outside, [1]);
});

test("without a value above zero there are no bars", () => {
    assert.equal(lay_out_bars([], 50), undefined);
    assert.equal(lay_out_bars([{ zeros: 9, parts_per_octave: 32, bars: [] }], 50), undefined);
});

test("ticks are round values, close together where the axis is short", () => {
    const texts = (from_ns: number, to_ns: number): number[] => {
        const parts = 32, from = Math.floor(position_of(from_ns, parts)), to = Math.ceil(position_of(to_ns, parts));
        return bar_ticks({ parts_per_octave: parts, from, to, shares: [], zeros: [], outside: [] }).map((at) => Math.round(edge_ns(at, parts) / 1e6));
    };
    assert.deepEqual(texts(9e6, 1.1e9), [10, 20, 50, 100, 200, 500, 1000]);
    assert.deepEqual(texts(0.9e6, 1.1e8), [1, 2, 5, 10, 20, 50, 100]);
    assert.deepEqual(texts(1e6, 2e10), [1, 10, 100, 1000, 10000]);
    assert.deepEqual(texts(33e6, 43e6), [34, 36, 38, 40, 42]);
});
