// What the path did to the streams, in words.
import { element, section, table } from "./dom.js";
import { bytes, count, counted, duration, percent, visible, words } from "./format.js";
import { mark, swatch, type Tone } from "./status.js";
import type { BufferingVerdict, Group, Remedy } from "./run.js";

const tones: Record<string, Tone> = { none: "good", instant: "good", unclear: "neutral", insufficient: "neutral" };

export function buffering_tone(kind: string): Tone {
    return tones[kind] ?? "bad";
}

/** The verdict as a title: what happens to the tokens on their way. */
export function buffering_title(verdict: BufferingVerdict): string {
    const { block_bytes, timer_period_ns, window_tokens } = verdict;
    switch (verdict.kind) {
        case "none": return "Streams token by token";
        case "full": return "Held back to the end";
        case "block": return typeof block_bytes === "number" ? `Held in blocks of ${bytes(block_bytes)}` : "Held in blocks";
        case "timer": return typeof timer_period_ns !== "number" ? "Released by a timer"
            : `Released every ${duration(timer_period_ns)}` + (typeof block_bytes === "number" ? `, or once about ${bytes(block_bytes)} wait` : "");
        case "token_window": return typeof window_tokens === "number" ? `Released ${counted(window_tokens, "token")} at a time` : "Released some tokens at a time";
        case "timer_or_window": return typeof timer_period_ns === "number" && typeof window_tokens === "number"
            ? `Released ${counted(window_tokens, "token")} at a time, or every ${duration(timer_period_ns)}` : "Released in regular bursts";
        case "block_or_window": return typeof block_bytes === "number" && typeof window_tokens === "number"
            ? `Released ${counted(window_tokens, "token")} or about ${bytes(block_bytes)} at a time` : "Released in regular bursts";
        case "not_streamed": return "Not streamed: one document";
        case "compression": return "Held by a compressor";
        case "instant": return "All at once, and early";
        case "unclear": return "Bursts without a clear pattern";
        case "insufficient": return "Too few tokens to tell";
        default: return words(verdict.kind);
    }
}

export function buffering_word(verdict: BufferingVerdict): string {
    return words(verdict.kind);
}

/** What to set, at which product, and where that is known from. */
function remedy_details(remedy: Remedy, open: boolean): HTMLElement {
    const title = remedy.product === "" ? "What to look for" : visible(remedy.product);
    return element("details", { class: "remedy", ...(open ? { open: "" } : {}) },
        element("summary", {}, title, remedy.why !== "" && element("span", { class: "quiet" }, ` seen by ${visible(remedy.why)}`)),
        element("p", {}, visible(remedy.text)),
        remedy.snippet !== "" && element("pre", {}, element("code", {}, remedy.snippet)),
        remedy.timeout !== "" && element("p", { class: "quiet" }, `Timeouts: ${visible(remedy.timeout)}.`),
        remedy.source !== "" && element("p", { class: "quiet" }, `Source: ${visible(remedy.source)}.`));
}

function card(group: Group, index: number): HTMLElement {
    const { verdict, streams } = group.buffering;
    const kinds = Object.entries(streams).filter(([, amount]) => amount > 0).sort((a, b) => b[1] - a[1]);
    const total = kinds.reduce((sum, [, amount]) => sum + amount, 0);
    return element("article", { class: "card" },
        element("h3", {}, swatch(index), visible(group.target)),
        element("p", { class: "headline" }, mark(buffering_tone(verdict.kind), buffering_title(verdict))),
        element("p", {}, visible(verdict.evidence)),
        element("p", { class: "quiet" }, `confidence ${percent(verdict.confidence)}`,
            typeof verdict.severity === "string" && verdict.severity !== "none" && ` \u00b7 ${words(visible(verdict.severity))}`,
            typeof verdict.estimated_hold_ns === "number" && ` \u00b7 tokens held up to ${duration(verdict.estimated_hold_ns)} (p95, estimated)`),
        group.cut_off && element("p", { class: "headline" },
            mark("bad", `Streams cut off ${duration(group.cut_off.after_ns)} ${group.cut_off.kind === "idle" ? "into a silence" : "after the request"}`)),
        group.cut_off && element("p", {}, visible(group.cut_off.evidence)),
        ...(group.remedies ?? []).map((remedy, rank) => remedy_details(remedy, rank === 0)),
        kinds.length > 0 && table(`Streams of ${visible(group.target)} by verdict`,
            [{ title: "verdict" }, { title: "streams", figure: true }, { title: "share", figure: true }],
            kinds.map(([kind, amount]) => [words(visible(kind)), count(amount), percent(amount / total)])));
}

export function buffering_section(groups: Group[]): HTMLElement {
    return section("buffering", "Buffering",
        "Whether something on the way collects tokens before it passes them on. Each stream is judged by itself, then the target as a whole.",
        element("div", { class: "pair" }, ...groups.map(card)));
}
