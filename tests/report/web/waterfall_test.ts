import assert from "node:assert/strict";
import { test } from "node:test";
import { end_of, stretches_of } from "../../../report/web/src/waterfall.js";
import type { Waterfall } from "../../../report/web/src/run.js";

const base: Waterfall = { request_id: "a", outcome: "completed", detail: "", tokens: 2, steps: [] };

test("a request over a new connection goes through every step", () => {
    const stretches = stretches_of({ ...base, connect_start_us: 5, resolved_us: 6, connected_us: 8, tls_done_us: 20, sent_us: 21,
        headers_us: 60, first_byte_us: 61, first_token_us: 200, last_token_us: 900, end_us: 905 });
    assert.deepEqual(stretches.map((one) => [one.kind, one.from_us, one.to_us]), [
        ["wait", 0, 5], ["resolve", 5, 6], ["connect", 6, 8], ["tls", 8, 20], ["wait", 20, 21],
        ["header", 21, 60], ["thinking", 60, 200], ["stream", 200, 900], ["tail", 900, 905]]);
});

test("moments that never came leave no step", () => {
    const failed = { ...base, sent_us: 10, end_us: 4_000_000 };
    assert.deepEqual(stretches_of(failed).map((one) => one.kind), ["wait", "tail"]);
    assert.equal(end_of(failed), 4_000_000);
    assert.deepEqual(stretches_of(base), []);
    assert.equal(end_of(base), 0);
});

test("a header that came after the first token is no step back", () => {
    const odd = stretches_of({ ...base, sent_us: 10, headers_us: 300, first_token_us: 200, last_token_us: 400 });
    assert.deepEqual(odd.map((one) => [one.kind, one.from_us, one.to_us]), [["wait", 0, 10], ["header", 10, 300], ["stream", 300, 400]]);
});
