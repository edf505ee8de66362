// The first thing a person reads: did it hold, of what run.
import { element, type Child } from "./dom.js";
import { duration, counted, moment, visible } from "./format.js";
import { icon, swatch, type Tone } from "./status.js";
import type { Run } from "./run.js";

const words: Record<string, [Tone, string]> = {
    passed: ["good", "Passed"],
    failed: ["bad", "Failed"],
    not_measurable: ["warning", "Not measurable"],
};

/** The verdict in a word, as the sentence begins. A run of which nothing was asked did not pass anything. */
export function verdict_word({ verdict, baseline, run }: Pick<Run["summary"], "verdict" | "baseline" | "run">): [Tone, string] {
    if (verdict.status === "passed" && verdict.expectations.length === 0 && baseline === undefined) {
        return ["neutral", run.interrupted || run.partial ? "Not complete" : "Completed"];
    }
    return words[verdict.status] ?? ["neutral", verdict.status];
}

/** The sentence without the word that stands before it: "Failed: 2 of 8 ..." reads "2 of 8 ...". */
export function without_word(sentence: string, word: string): string {
    const start = `${word}:`.toLowerCase();
    if (!sentence.toLowerCase().startsWith(start)) return sentence;
    const rest = sentence.slice(start.length).trim();
    return rest.charAt(0).toUpperCase() + rest.slice(1);
}

function notices(run: Run): HTMLElement[] {
    const { interrupted, signal, partial, aborted } = run.summary.run;
    const said: string[] = [];
    if (interrupted) said.push(`The run was stopped early (signal ${signal}). The figures cover what ran until then.`);
    if (aborted) said.push(`The run was ended by its own condition \u201c${visible(aborted.condition)}\u201d, which struck on ${visible(aborted.target)} after ${duration(aborted.at_ns)} (${visible(aborted.measured)}). The figures cover what ran until then.`);
    if (partial) said.push("The run was killed and this report was rebuilt from the rows it left behind.");
    return said.map((text) => element("p", { class: "notice" }, text));
}

function facts(run: Run): HTMLElement {
    const info = run.summary.run;
    const rows: [string, string][] = [
        ["Started", moment(info.start_unix_ns)],
        ["Duration", duration(info.duration_ns)],
        ["Seed", run.seed],
        ["Client", `${visible(info.host)}, ${counted(info.workers, "worker")}`],
        ["Kernel", visible(info.kernel)],
        ["Version", `streamgauge ${visible(info.version)}`],
    ];
    return element("dl", { class: "facts" }, ...rows.filter(([, value]) => value !== "").map(([name, value]) =>
        element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

function targets(run: Run): HTMLElement {
    return element("ul", { class: "targets" }, ...run.summary.run.targets.map((target, i) =>
        element("li", {}, swatch(i), element("strong", {}, visible(target.name)),
            element("span", { class: "url" }, visible(target.url)), element("span", { class: "api" }, visible(target.api)))));
}

export function verdict_header(run: Run): HTMLElement {
    const { verdict, run: info } = run.summary;
    const [tone, word] = verdict_word(run.summary);
    const children: Child[] = [
        element("p", { class: "brand" }, "streamgauge", element("span", {}, "report")),
        element("h1", {}, visible(info.scenario_name)),
        element("div", { class: `verdict ${tone}`, role: "status" },
            element("p", { class: "word" }, icon(tone), word),
            element("p", { class: "sentence" }, visible(without_word(verdict.sentence, word)))),
        ...notices(run),
        facts(run),
        targets(run),
    ];
    return element("header", {}, ...children);
}
