// What changed from one or several baseline runs to this one, or to others: a section of a report, or a page of its own.
import { element, section, table, type Child, type Column } from "./dom.js";
import { counted, duration, interval, percent, visible } from "./format.js";
import { icon, mark, type Tone } from "./status.js";
import type { ComparedRow, RunComparison, RunDifference } from "./run.js";

const absent = "\u2013", gap = "\u00a0";

const verdicts: Record<string, [Tone, string]> = {
    worse: ["bad", "worse"], undecided: ["warning", "undecided"], better: ["good", "better"], same: ["neutral", "the same"],
};

function is_share(row: ComparedRow): boolean {
    return row.metric === "errors";
}

function value_text(ns: number | undefined, share: number | undefined): string {
    return share !== undefined ? percent(share) : duration(ns);
}

function candidate_text(figure: RunDifference): string {
    return figure.timed_out === true ? "timed out" : value_text(figure.value_ns, figure.value);
}

/** +12.3 %; of shares, in points of a hundred: +0.42 points. */
export function change_text(change: number, share: boolean): string {
    const digits = share ? 2 : 1, size = Number((change * 100).toFixed(digits)); // what rounds to nothing has no sign
    return `${size < 0 ? "\u2212" : "+"}${Math.abs(size).toFixed(digits)}${gap}${share ? "points" : "%"}`;
}

function change_cell(figure: RunDifference, share: boolean): Child {
    if (figure.change === undefined) return absent;
    const { low, high } = figure;
    return element("div", {}, change_text(figure.change, share),
        low !== undefined && high !== undefined &&
            element("small", { title: "95 % interval" }, interval(change_text(low, share), change_text(high, share))));
}

/** Why a figure is open, and what would help. */
function open_question(figure: RunDifference): string {
    if (figure.reason !== undefined) return figure.reason;
    if (figure.verdict !== "undecided") return "";
    if (figure.more_requests !== undefined) return `about ${counted(figure.more_requests, "more request")} in each run would tell`;
    return figure.within_run === false ? "the runs differ by as much among themselves" : "";
}

function verdict_cell(figure: RunDifference): Child {
    const question = open_question(figure);
    const [tone, word] = verdicts[figure.verdict ?? ""] ?? (["neutral", "not compared"] as [Tone, string]);
    return element("div", {}, mark(tone, word), question !== "" && element("small", { class: "reason" }, visible(question)));
}

/** Value, change and verdict in one cell, where each run has a column. */
function run_cell(figure: RunDifference | undefined, share: boolean): Child {
    if (figure === undefined) return absent;
    return element("div", {}, element("strong", {}, candidate_text(figure)), change_cell(figure, share), verdict_cell(figure));
}

function figure_cell(row: ComparedRow): Child {
    const where = `${visible(row.target)}, ${visible(row.phase)}`;
    return element("div", {}, element("code", {}, visible(row.metric)), row.gated && element("small", {}, "gated"), element("small", { class: "where" }, where));
}

const rank = (row: ComparedRow): number => {
    const worst = row.candidates.map((figure) => ["worse", "undecided", "better", "same"].indexOf(figure.verdict ?? "undecided"));
    return (row.gated ? 0 : 10) + Math.min(...worst);
};

/** One candidate: a column for each part of its figures, the verdict first, so that a phone shows it; several: a column for each run. */
function comparison_table(comparison: RunComparison, candidate: string): HTMLElement {
    const rows = [...comparison.rows].sort((a, b) => rank(a) - rank(b));
    const one = comparison.candidates.length === 1;
    const columns: Column[] = [{ title: "figure" },
        ...(one ? [{ title: "verdict" }, { title: "change", figure: true }, { title: "baseline", figure: true }, { title: candidate, figure: true }]
            : [{ title: "baseline", figure: true }, ...comparison.candidates.map((_, i) => ({ title: `run ${i + 1}`, figure: true }))])];
    const made = table("Changes against the baseline", columns, rows.map((row) => {
        const share = is_share(row), first = row.candidates[0], base = value_text(row.base_ns, row.base);
        const cells = one && first !== undefined
            ? [verdict_cell(first), change_cell(first, share), base, candidate_text(first)]
            : [base, ...comparison.candidates.map((_, i) => run_cell(row.candidates[i], share))];
        return [figure_cell(row), ...cells];
    }));
    made.classList.add("compared");
    return made;
}

function notes(comparison: RunComparison): HTMLElement {
    const { floor } = comparison;
    const within = comparison.rows.some((row) => row.candidates.some((figure) => figure.within_run === true));
    const said = [
        ...comparison.notes.map(visible),
        within && "Within these runs only: what differs from run to run is known from three baseline runs on.",
        `A change counts when it is significant and at least ${percent(floor.relative)} and ${duration(floor.time_ns)}, of errors ${percent(floor.errors)} of all requests. The verdicts of gated figures allow for all of them being looked at together.`,
    ].filter((text): text is string => text !== false);
    return element("ul", { class: "quiet" }, ...said.map((text) => element("li", {}, text)));
}

function count_of(comparison: RunComparison, verdict: string): number {
    return comparison.rows.filter((row) => row.gated).flatMap((row) => row.candidates).filter((figure) => (figure.verdict ?? "undecided") === verdict).length;
}

/** The whole in a word and a sentence. */
export function comparison_verdict(comparison: RunComparison): { tone: Tone; word: string; sentence: string } {
    const gated = comparison.rows.filter((row) => row.gated).flatMap((row) => row.candidates).length;
    const of_gated = (count: number): string => `${count} of ${counted(gated, "gated figure")}`;
    const [worse, undecided, better] = ["worse", "undecided", "better"].map((verdict) => count_of(comparison, verdict)) as [number, number, number];
    if (gated === 0) return { tone: "warning", word: "Not compared", sentence: "None of the gated figures could be compared." };
    if (worse > 0) return { tone: "bad", word: "Worse", sentence: `${of_gated(worse)} got worse.` };
    if (undecided > 0) return { tone: "warning", word: "Undecided", sentence: `Nothing gated got worse; ${of_gated(undecided)} could be the same or not.` };
    if (better > 0) return { tone: "good", word: "Better", sentence: `Nothing gated got worse; ${of_gated(better)} got better.` };
    return { tone: "good", word: "The same", sentence: "No gated figure changed by more than the floor." };
}

function names(runs: readonly string[]): string {
    return runs.map(visible).join(", ");
}

export function baseline_section(comparison: RunComparison | undefined): HTMLElement | false {
    if (comparison === undefined) return false;
    const { tone, sentence } = comparison_verdict(comparison);
    return section("baseline", "Against the baseline", `This run beside ${names(comparison.baselines)}.`,
        element("p", {}, mark(tone, sentence)),
        comparison.rows.length > 0 && comparison_table(comparison, "this run"), notes(comparison));
}

/** The page that `streamgauge compare --html` writes. */
export function comparison_page(comparison: RunComparison, page: HTMLElement): void {
    const { tone, word, sentence } = comparison_verdict(comparison);
    const one = comparison.candidates.length === 1;
    const runs = [...comparison.baselines.map((run) => ["baseline", run]), ...comparison.candidates.map((run, i) => [one ? "candidate" : `run ${i + 1}`, run])];
    page.replaceChildren(
        element("header", {},
            element("p", { class: "brand" }, "streamgauge", element("span", {}, "comparison")),
            element("h1", {}, "What changed between runs"),
            element("div", { class: `verdict ${tone}`, role: "status" }, element("p", { class: "word" }, icon(tone), word), element("p", { class: "sentence" }, sentence)),
            element("dl", { class: "facts" }, ...runs.map(([name = "", run = ""]) =>
                element("div", {}, element("dt", {}, name), element("dd", {}, visible(run)))))),
        element("main", { id: "results", tabindex: "-1" },
            section("comparison", "Figures", "", comparison.rows.length > 0 && comparison_table(comparison, "candidate"), notes(comparison))),
        element("footer", {}, element("p", { class: "quiet" }, "Written by streamgauge from the rows of the runs. This file is complete in itself and opens no connection.")));
    document.title = `${sentence} (streamgauge comparison)`;
}
