import assert from "node:assert/strict";
import { test } from "node:test";
import { between_steps, nearest_rank, nice_step, quantile_at, readable_labels, tail, tail_ticks, ticks, ticks_between, wants_log } from "../../../report/web/src/scale.js";

test("steps are 1, 2, 2.5 or 5 times a power of ten", () => {
    const cases: [number, number][] = [[1, 1], [1.1, 2], [2.2, 2.5], [3, 5], [6, 10], [0.03, 0.05], [700, 1000], [250, 250]];
    for (const [least, step] of cases) assert.ok(Math.abs(nice_step(least) - step) < 1e-9 * step, `${least} gives ${nice_step(least)}`);
});

test("ticks go from zero to the end", () => {
    assert.deepEqual(ticks(4e6, 4), [0, 1e6, 2e6, 3e6, 4e6]);
    assert.deepEqual(ticks(0, 4), [0]);
});

test("each step of the tail axis is ten times rarer", () => {
    assert.ok(Math.abs(tail(0.9) - 1) < 1e-12 && Math.abs(tail(0.999) - 3) < 1e-9);
    for (const quantile of [0.5, 0.95, 0.9999]) assert.ok(Math.abs(quantile_at(tail(quantile)) - quantile) < 1e-12);
    assert.deepEqual(tail_ticks(tail(0.5), tail(0.99)).map((at) => Number(quantile_at(at).toFixed(6))), [0.5, 0.75, 0.9, 0.95, 0.99]);
});

test("a logarithmic axis is for more than two decades and never for zeros", () => {
    assert.equal(wants_log([1, 100]), false);
    assert.equal(wants_log([1, 101]), true);
    assert.equal(wants_log([0, 5000]), false);
    assert.equal(wants_log([]), false);
});

test("nearest rank", () => {
    assert.equal(nearest_rank([30, 10, 20], 0.5), 20);
    assert.equal(nearest_rank([30, 10, 20], 0.95), 30);
    assert.equal(nearest_rank([30, 10, 20], 0), 10);
    assert.equal(nearest_rank([], 0.5), undefined);
});

test("ticks of a stretch are round, not its ends", () => {
    assert.deepEqual(ticks_between(1.3e6, 3.1e6, 4), [1.5e6, 2e6, 2.5e6, 3e6]);
    assert.deepEqual(ticks_between(5, 5, 4), [5]);
});

test("labels that would run into each other give way, minor ones first", () => {
    const label = (text: string, at: number, minor = false) => ({ text, at, width: 20, minor });
    assert.deepEqual(readable_labels([label("a", 0), label("b", 26), label("c", 52)]), ["a", "b", "c"]);
    assert.deepEqual(readable_labels([label("a", 0), label("b", 25), label("c", 50)]), ["a", "", "c"]);
    assert.deepEqual(readable_labels([label("p75", 0, true), label("p90", 20), label("p95", 44, true), label("p99", 60)]), ["", "p90", "", "p99"]);
    assert.deepEqual(readable_labels([]), []);
});

test("quantiles between two steps of ten are minor, the median is not", () => {
    assert.deepEqual([0.5, 0.75, 0.9, 0.95, 0.99, 0.999].map((quantile) => between_steps(tail(quantile))), [false, true, false, true, false, false]);
});
