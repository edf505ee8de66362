import assert from "node:assert/strict";
import { test } from "node:test";
import * as format from "../../../report/web/src/format.js";

const plain = (text: string): string => text.replace(/\u00a0/g, " ").replace(/\u2212/g, "-");

test("durations take the unit that reads best, with three digits", () => {
    const cases: [number, string][] = [
        [0, "0 ms"], [1, "1 ns"], [999, "999 ns"], [40_300, "40.3 µs"], [999_400, "999 µs"], [999_600, "1 ms"],
        [812e6, "812 ms"], [812_345_678, "812 ms"], [1_250_000_000, "1.25 s"], [9_996_000_000, "10 s"], [70e9, "70 s"],
        [119.4e9, "119 s"], [125e9, "2 min 5 s"], [3600e9, "1 h"], [3_725e9, "1 h 2 min 5 s"], [-1.5e6, "-1.5 ms"],
    ];
    for (const [ns, text] of cases) assert.equal(plain(format.duration(ns)), text);
});

test("a duration that was not measured is a dash, never 0", () => {
    assert.equal(format.duration(undefined), "\u2013");
    assert.equal(format.duration(null), "\u2013");
    assert.equal(format.duration(NaN), "\u2013");
});

test("numbers keep three digits and set off thousands", () => {
    const cases: [number, string][] = [
        [0, "0"], [0.0004, "<0.001"], [0.25, "0.25"], [1, "1"], [1.005, "1"], [3.14159, "3.14"], [42.42, "42.4"],
        [100, "100"], [1234.5, "1,235"], [1e6, "1,000,000"], [-12345, "-12,345"],
    ];
    for (const [value, text] of cases) assert.equal(plain(format.number(value)), text);
});

test("percentages never round an error away nor up to all", () => {
    const cases: [number, string][] = [
        [0, "0 %"], [1, "100 %"], [0.00001, "<0.01 %"], [0.99999, ">99.99 %"], [0.005, "0.5 %"], [0.9912, "99.12 %"], [0.425, "42.5 %"],
    ];
    for (const [share, text] of cases) assert.equal(plain(format.percent(share)), text);
});

test("quantiles have the field's names", () => {
    assert.deepEqual([0.5, 0.95, 0.99, 0.999, 0.9999, 1].map(format.quantile_name), ["p50", "p95", "p99", "p99.9", "p99.99", "max"]);
});

test("moments read the same everywhere", () => {
    assert.equal(format.moment(1_763_698_385_120_000_000), "21 Nov 2025, 04:13 UTC");
    assert.equal(format.moment(Infinity), "\u2013");
});

test("control characters become visible", () => {
    assert.equal(format.visible("\u001b[31mred\u0007\n\u007f"), "\u241b[31mred\u2407\u240a\u2421");
    assert.equal(format.visible("a\u202egnp.exe\u2028b\u009bc"), "a\ufffdgnp.exe\ufffdb\ufffdc");
    assert.equal(format.visible("Zürich 東京 \u{1f30a}"), "Zürich 東京 \u{1f30a}");
});

test("an interval names its unit once", () => {
    assert.equal(plain(format.interval(format.duration(268e6), format.duration(280e6))), "268\u2009\u2013\u2009280 ms");
    assert.equal(plain(format.interval(format.duration(933e6), format.duration(1.07e9))), "933 ms\u2009\u2013\u20091.07 s");
    assert.equal(format.interval("2/s", "3/s"), "2/s\u2009\u2013\u20093/s");
});

test("nouns are counted", () => {
    assert.equal(format.counted(1, "stream"), "1 stream");
    assert.equal(format.counted(1200, "stream"), "1,200 streams");
});
