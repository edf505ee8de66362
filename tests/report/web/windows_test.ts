import assert from "node:assert/strict";
import { test } from "node:test";
import { windows_of } from "../../../report/web/src/windows.js";

test("columns become rows again, and what was not measured stays so", () => {
    const windows = windows_of({
        target: "direct", start_ns: 0, length_ns: 2e9, merged: 1, started: [3, 0], ended: [1, 2], errors: [0, 1], token_events: [30, 40],
        open_streams: [1.5, 0.5], ttft_p50_us: [150, null], ttft_p95_us: [200, null], ttft_p99_us: [210, null],
        send_lag_p99_us: [12, null], receive_lag_p99_us: [0, null],
    });
    assert.equal(windows.length, 2);
    assert.deepEqual([windows[1]?.start_ns, windows[1]?.errors, windows[1]?.ttft_p50_ns], [2e9, 1, null]);
    assert.deepEqual([windows[0]?.ttft_p50_ns, windows[0]?.receive_lag_p99_ns, windows[0]?.open_streams], [150e3, 0, 1.5]);
});
