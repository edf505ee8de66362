// What the words mean, for a reader who was not there.
import { element } from "./dom.js";
import { visible } from "./format.js";
import type { Run } from "./run.js";

const terms: [string, string][] = [
    ["TTFT", "Time to first token: from the moment the request was due until the first event with generated text arrived. It includes the time to connect. An empty or role-only event is not a token."],
    ["ITL", "Inter-token latency: the gap between two token events that follow each other. Every gap counts, zeros too; nothing is averaged away inside a stream."],
    ["TPOT", "Time per output token: the time from first to last token, divided by the tokens after the first. Buffering makes it look better, so read it beside the raster."],
    ["E2E", "From the moment the request was due until the last token."],
    ["Goodput", "Share of all due requests that met every stated limit. Requests that failed count against it."],
    ["Errors", "Share of due requests that neither completed nor were cancelled on purpose."],
    ["Buffering", "Something between the model and this client collects tokens and passes them on in clumps."],
    ["Stall", "A gap between two tokens of more than one second, unless the scenario sets another budget."],
    ["Jank", "Share of an answer's time that a reader waited beyond the budget for the first token and for each gap."],
    ["Fluidity", "Share of token deadlines that were met (the fluidity index of arXiv 2407.07000)."],
    ["p95", "95 of 100 values are at or below it. A value like \u201c> 10 s\u201d means that so many requests were cut at 10 s that the percentile lies beyond."],
    ["Too close", "The 95 % interval of the measured value spans the limit, so another run could judge the other way."],
];

export function definitions_footer(run: Run): HTMLElement {
    return element("footer", {},
        element("h2", {}, "How to read this"),
        element("dl", { class: "terms" }, ...terms.map(([term, meaning]) =>
            element("div", {}, element("dt", {}, term), element("dd", {}, meaning)))),
        element("h2", {}, "How it was measured"),
        element("p", {}, "Each token carries the kernel's receive time of the network read that completed it, taken before anything was parsed. Where a pause of the client itself could have grouped tokens, they are left out of gaps and buffering verdicts, and counted above. Requests are timed from when the schedule said they were due, so a slow service cannot hide behind a client that waits for it. Percentiles come from histograms with at most 0.1 % error; requests cut by a timeout stay in as \u201cabove\u201d that timeout."),
        element("p", { class: "quiet" }, `Written by streamgauge ${visible(run.summary.run.version)} from ${visible(run.summary.run.scenario_file) || "a scenario"}. This file is complete in itself and opens no connection.`));
}
