import assert from "node:assert/strict";
import { test } from "node:test";
import { figure_and_window, in_unit, limit_text, room_text, used } from "../../../report/web/src/expectations.js";
import type { Condition } from "../../../report/web/src/run.js";

const plain = (text: string): string => text.replace(/\u00a0/g, " ");
function condition(comparator: string, value: number, unit: string, word = ""): Condition {
    return { comparator, value, unit, word, windowed: false };
}

test("what a gate allows is used up at 1, from both sides", () => {
    assert.equal(used(condition("less", 800e6, "duration"), 400e6), 0.5);
    assert.equal(used(condition("less", 800e6, "duration"), 1600e6), 2);
    assert.equal(used(condition("greater", 100, "rate"), 200), 0.5);
    assert.equal(used(condition("greater", 100, "rate"), 0), Infinity);
    assert.equal(used(condition("equal", 0, "word", "none"), 1), undefined);
});

test("a share that must stay high is judged by what is missing", () => {
    assert.ok(Math.abs((used(condition("greater", 0.99, "ratio"), 0.995) ?? 0) - 0.5) < 1e-9);
    assert.ok(Math.abs((used(condition("greater", 0.99, "ratio"), 0.97) ?? 0) - 3) < 1e-9);
});

test("a window stands apart from its figure", () => {
    assert.deepEqual(figure_and_window("10% (2 of 20) in 20s-30s of in here", true), ["10% (2 of 20)", "in 20s-30s of in here"]);
    assert.deepEqual(figure_and_window("block in 4", false), ["block in 4", ""]);
    assert.deepEqual(figure_and_window("", true), ["", ""]);
});

test("a limit of zero", () => {
    assert.equal(used(condition("less_or_equal", 0, "ratio"), 0), 0);
    assert.equal(used(condition("less_or_equal", 0, "ratio"), 0.1), Infinity);
});

test("limits and room in words", () => {
    assert.equal(plain(limit_text(condition("less", 800e6, "duration"))), "< 800 ms");
    assert.equal(plain(limit_text(condition("greater_or_equal", 0.999, "ratio"))), "\u2265 99.9 %");
    assert.equal(plain(limit_text(condition("equal", 0, "word", "none"))), "= none");
    assert.equal(plain(in_unit(2.5, "rate")), "2.5/s");
    const ttft = condition("less", 800e6, "duration"), goodput = condition("greater", 0.99, "ratio");
    assert.deepEqual([200e6, 896e6, 800e6, 11.2e9, 799e6].map((value) => plain(room_text(ttft, value))),
        ["75 % to spare", "12 % over", "at the limit", "14 times the limit", "<1 % to spare"]);
    assert.deepEqual([0.995, 0.972, 1, 0.98999].map((value) => room_text(goodput, value)),
        ["0.5 points to spare", "1.8 points short", "1 point to spare", "<0.01 points short"]);
    assert.equal(room_text(condition("less_or_equal", 0, "ratio"), 0.1), "over");
    assert.equal(plain(room_text(condition("greater", 100, "rate"), 88)), "12 % short");
});
