import assert from "node:assert/strict";
import { test } from "node:test";
import { short_holds_text } from "../../../report/web/src/buffering_words.js";

const plain = (text: string): string => text.replace(/\u00a0/g, " ");

test("holds too short to draw are told with the longest, unless that is as short", () => {
    assert.equal(plain(short_holds_text(1e6, 23.2e6)), "95 of 100 token events were held for less than 1 ms, the longest for 23.2 ms.");
    assert.equal(plain(short_holds_text(1e6, 1e6)), "95 of 100 token events were held for less than 1 ms, the longest for 1 ms.");
    for (const longest of [0, 999e3, null, undefined]) assert.equal(plain(short_holds_text(1e6, longest)), "No token event was held for 1 ms or longer.");
});
