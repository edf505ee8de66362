import assert from "node:assert/strict";
import { test } from "node:test";
import { axis_of } from "../../../report/web/src/intervals.js";

const panel = (...figures: [low: number, value: number, high: number][]) => ({
    title: "", hint: "", rows: figures.map(([low_ns, value_ns, high_ns]) => ({ label: "", index: 0, figure: { low_ns, value_ns, high_ns } })),
});

test("the axis holds every interval of every panel, and zero", () => {
    const [low, high] = axis_of([panel([-5, 2, 9]), panel([90, 95, 100])]);
    assert.ok(low < -5 && low > -20 && high > 100 && high < 110, `${low} to ${high}`);
    assert.deepEqual(axis_of([panel([90, 95, 100])])[0], 0);
});

test("figures that are all zero have an axis too", () => {
    const [low, high] = axis_of([panel([0, 0, 0])]);
    assert.ok(low === 0 && high > 0);
    assert.ok(axis_of([])[1] > 0);
});
