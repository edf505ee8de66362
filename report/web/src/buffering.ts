// What the path did to the streams: the verdict in words, the streams beside what they could have been, how long
// tokens were held, and what would mend it.
import { buffering_title, buffering_tone, short_holds_text } from "./buffering_words.js";
import { element, section, table, type Child } from "./dom.js";
import { count, duration, percent, visible, words } from "./format.js";
import { histogram_chart } from "./histogram.js";
import { ideal_figure } from "./ideal.js";
import { mark, swatch } from "./status.js";
import type { Group, Raster, Remedy, TokenHolds } from "./run.js";

/** What to set, at which product, and where that is known from. */
function remedy_details(remedy: Remedy, open: boolean): HTMLElement {
    const title = remedy.product === "" ? "What to look for" : visible(remedy.product);
    return element("details", { class: "remedy", ...(open ? { open: "" } : {}) },
        element("summary", {}, title, remedy.why !== "" && element("span", { class: "quiet" }, ` seen by ${visible(remedy.why)}`)),
        element("p", {}, visible(remedy.text)),
        remedy.snippet !== "" && element("pre", { tabindex: "0" }, element("code", {}, remedy.snippet)),
        remedy.timeout !== "" && element("p", { class: "quiet" }, `Timeouts: ${visible(remedy.timeout)}.`),
        remedy.source !== "" && element("p", { class: "quiet" }, `Source: ${visible(remedy.source)}.`));
}

function verdict_part(group: Group): Child[] {
    const { verdict } = group.buffering;
    return [
        element("p", { class: "headline" }, mark(buffering_tone(verdict.kind), buffering_title(verdict))),
        element("p", { class: "evidence" }, visible(verdict.evidence)),
        element("p", { class: "quiet" }, `confidence ${percent(verdict.confidence)}`,
            typeof verdict.severity === "string" && verdict.severity !== "none" && ` \u00b7 ${words(visible(verdict.severity))}`,
            typeof verdict.estimated_hold_ns === "number" && ` \u00b7 tokens held up to ${duration(verdict.estimated_hold_ns)} (p95, estimated)`),
        group.cut_off && element("p", { class: "headline" },
            mark("bad", `Streams cut off ${duration(group.cut_off.after_ns)} ${group.cut_off.kind === "idle" ? "into a silence" : "after the request"}`)),
        group.cut_off && element("p", {}, visible(group.cut_off.evidence)),
    ];
}

function kinds_table(group: Group): Child {
    const kinds = Object.entries(group.buffering.streams).filter(([, amount]) => amount > 0).sort((a, b) => b[1] - a[1]);
    const total = kinds.reduce((sum, [, amount]) => sum + amount, 0);
    if (kinds.length === 0) return null;
    return table(`Streams of ${visible(group.target)} by verdict`,
        [{ title: "verdict" }, { title: "streams", figure: true }, { title: "share", figure: true }],
        kinds.map(([kind, amount]) => [words(visible(kind)), count(amount), percent(amount / total)]));
}

function source_text(holds: TokenHolds): string {
    return holds.from_stamps ? "from the server's own send stamps: arrival less send, less the smallest of the stream"
        : "estimated from this side, as if the tokens of each burst were made evenly; a pair or send stamps would measure it";
}

/** An estimate below this is noise of the clock and the network. */
const least_drawn_ns = 1e6;

function holds_part(raster: Raster, index: number): Child {
    const { holds } = raster;
    if (holds.token_events === 0) return null;
    if (!holds.from_stamps && (holds.p95_ns ?? 0) < least_drawn_ns) {
        return element("figure", { class: "chart" }, element("h3", {}, "How long tokens were held"),
            element("p", {}, short_holds_text(least_drawn_ns, holds.max_ns)),
            element("p", { class: "quiet" }, source_text(holds)));
    }
    return histogram_chart({
        title: "How long tokens were held", name: `Hold of tokens, ${visible(raster.target)}`, of: "token events", lede: source_text(holds),
        series: [{ label: visible(raster.target), index, histogram: holds.histogram }], height: 150,
        extra_rows: [["p50", duration(holds.p50_ns)], ["p95", duration(holds.p95_ns)], ["max", duration(holds.max_ns)],
            ["token events", count(holds.token_events)], ["streams", count(holds.streams)]],
    });
}

function card(group: Group, raster: Raster | undefined, rasters: readonly Raster[], index: number): HTMLElement {
    const remedies = group.remedies ?? [];
    return element("article", { class: "card buffering", "aria-label": `Buffering of ${visible(group.target)}` },
        element("h3", {}, swatch(index), visible(group.target)),
        ...verdict_part(group),
        raster !== undefined && ideal_figure(raster, rasters, index),
        element("div", { class: "pair" },
            element("div", { class: "stack" }, raster !== undefined && holds_part(raster, index)),
            element("div", { class: "stack" },
                remedies.length > 0 && element("h4", {}, "What mends it"),
                ...remedies.map((remedy, rank) => remedy_details(remedy, rank === 0)),
                kinds_table(group))));
}

export function buffering_section(groups: Group[], rasters: readonly Raster[], targets: readonly string[]): HTMLElement {
    const cards = groups.map((group) =>
        card(group, rasters.find((raster) => raster.target === group.target), rasters, targets.indexOf(group.target)));
    return section("buffering", "Buffering",
        "Whether something on the way collects tokens before it passes them on. Each stream is judged by itself, then the target as a whole.",
        ...cards);
}
