// A verdict on buffering as a person says it.
import { bytes, counted, duration, words } from "./format.js";
import type { BufferingVerdict } from "./run.js";
import type { Tone } from "./status.js";

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

/** What there is to say of holds that are too short to draw: 95 of 100 are below `limit_ns`. */
export function short_holds_text(limit_ns: number, longest_ns: number | null | undefined): string {
    if ((longest_ns ?? 0) < limit_ns) return `No token event was held for ${duration(limit_ns)} or longer.`;
    return `95 of 100 token events were held for less than ${duration(limit_ns)}, the longest for ${duration(longest_ns)}.`;
}
