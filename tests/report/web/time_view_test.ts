import assert from "node:assert/strict";
import { test } from "node:test";
import { TimeView } from "../../../report/web/src/time_view.js";

const shown = (view: TimeView): number[] => [view.from, view.to];

test("a stretch may be chosen in either direction", () => {
    const view = new TimeView(1000);
    view.show(600, 200);
    assert.deepEqual(shown(view), [200, 600]);
    assert.equal(view.is_whole, false);
    view.reset();
    assert.deepEqual(shown(view), [0, 1000]);
    assert.equal(view.is_whole, true);
});

test("zooming keeps its anchor where it is", () => {
    const view = new TimeView(1000);
    view.zoom(0.5, 250);
    assert.deepEqual(shown(view), [125, 625]);
    view.zoom(2, 250);
    assert.deepEqual(shown(view), [0, 1000]);
});

test("it never leaves the time there is, nor goes closer than it may", () => {
    const view = new TimeView(1000, 10);
    view.show(-500, -400);
    assert.deepEqual(shown(view), [0, 100]);
    view.pan(-1);
    assert.deepEqual(shown(view), [0, 100]);
    view.pan(0.5);
    assert.deepEqual(shown(view), [50, 150]);
    view.show(990, 5000);
    assert.deepEqual(shown(view), [0, 1000]);
    view.show(500, 500);
    assert.deepEqual(shown(view), [495, 505]);
});

test("whoever follows is told", () => {
    const view = new TimeView(1000);
    let told = 0;
    view.follow(() => ++told);
    view.zoom(0.5);
    view.pan(1);
    view.reset();
    assert.equal(told, 3);
});
