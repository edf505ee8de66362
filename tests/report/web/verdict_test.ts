import assert from "node:assert/strict";
import { test } from "node:test";
import { without_word } from "../../../report/web/src/verdict.js";

test("the verdict's word is said once", () => {
    assert.equal(without_word("Failed: 2 of 8 expectations missed.", "Failed"), "2 of 8 expectations missed.");
    assert.equal(without_word("not measurable: nobody answered", "Not measurable"), "Nobody answered");
    assert.equal(without_word("All 3 checks held.", "Passed"), "All 3 checks held.");
});
