import assert from "node:assert/strict";
import { test } from "node:test";
import { verdict_word, without_word } from "../../../report/web/src/verdict.js";

test("the verdict's word is said once", () => {
    assert.equal(without_word("Failed: 2 of 8 expectations missed.", "Failed"), "2 of 8 expectations missed.");
    assert.equal(without_word("not measurable: nobody answered", "Not measurable"), "Nobody answered");
    assert.equal(without_word("All 3 checks held.", "Passed"), "All 3 checks held.");
});

test("a run of which nothing was asked is complete, and did not pass", () => {
    type Summary = Parameters<typeof verdict_word>[0];
    const summary = (status: string, expectations: unknown[], more: object = {}, run: object = {}): Summary =>
        ({ verdict: { status, expectations, exit_code: 0, sentence: "" }, run, ...more }) as unknown as Summary;
    assert.deepEqual(verdict_word(summary("passed", [])), ["neutral", "Completed"]);
    assert.deepEqual(verdict_word(summary("passed", [], {}, { interrupted: true })), ["neutral", "Not complete"]);
    assert.deepEqual(verdict_word(summary("passed", [{}])), ["good", "Passed"]);
    assert.deepEqual(verdict_word(summary("passed", [], { baseline: {} })), ["good", "Passed"]);
    assert.deepEqual(verdict_word(summary("failed", [])), ["bad", "Failed"]);
    assert.deepEqual(verdict_word(summary("not_measurable", [])), ["warning", "Not measurable"]);
});
