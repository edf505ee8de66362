// The slowest requests, each step by step from the moment it was due.
import { element, section, svg, table, type Child } from "./dom.js";
import { counted, duration, visible, words } from "./format.js";
import { dots_of } from "./raster_layout.js";
import { swatch } from "./status.js";
import type { Raster, Waterfall } from "./run.js";

export interface Stretch {
    /** Which look: a class of page.css. */
    kind: "wait" | "resolve" | "connect" | "tls" | "header" | "thinking" | "stream" | "tail";
    name: string;
    from_us: number;
    to_us: number;
}

const names: Record<Stretch["kind"], string> = {
    wait: "waiting to be sent", resolve: "DNS", connect: "TCP", tls: "TLS", header: "to the response header",
    thinking: "to the first token", stream: "streaming", tail: "to the end",
};

/** What happened between the moments that came; a moment that never came ends nothing. */
export function stretches_of(one: Waterfall): Stretch[] {
    const moments: [Stretch["kind"], number | undefined][] = [
        ["wait", one.connect_start_us], ["resolve", one.resolved_us], ["connect", one.connected_us], ["tls", one.tls_done_us],
        ["wait", one.sent_us], ["header", one.headers_us], ["thinking", one.first_token_us], ["stream", one.last_token_us], ["tail", one.end_us],
    ];
    const made: Stretch[] = [];
    let from_us = 0;
    for (const [kind, to_us] of moments) {
        if (to_us === undefined || to_us < from_us) continue;
        if (to_us > from_us) made.push({ kind, name: names[kind], from_us, to_us });
        from_us = to_us;
    }
    return made;
}

export function end_of(one: Waterfall): number {
    return Math.max(0, ...stretches_of(one).map((stretch) => stretch.to_us));
}

function picture(one: Waterfall, longest_us: number): SVGElement {
    const x = (us: number): number => Number(((us / longest_us) * 1000).toFixed(2));
    const thin: Stretch["kind"][] = ["stream"];
    return svg("svg", { class: "steps", viewBox: "0 0 1000 14", preserveAspectRatio: "none", "aria-hidden": "true" },
        ...stretches_of(one).map(({ kind, from_us, to_us }) => {
            const low = thin.includes(kind);
            return svg("rect", { class: `fall-${kind}`, x: x(from_us), y: low ? 5 : 0, width: Math.max(1, x(to_us) - x(from_us)), height: low ? 4 : 14 });
        }),
        ...dots_of(one.steps, one.counts, 1).map((dot) => svg("rect", { class: "fall-token", x: x(dot.at_us) - 0.9, y: 0, width: 1.8, height: 14 })));
}

function step_table(one: Waterfall): HTMLElement {
    const us = (value: number): string => duration(value * 1e3);
    const rows: Child[][] = stretches_of(one).map((stretch) => [stretch.name, us(stretch.from_us), us(stretch.to_us), us(stretch.to_us - stretch.from_us)]);
    return table(`Steps of request ${visible(one.request_id)}`,
        [{ title: "step" }, { title: "from", figure: true }, { title: "to", figure: true }, { title: "took", figure: true }], rows);
}

function entry(one: Waterfall, longest_us: number): HTMLElement {
    const facts = [words(visible(one.outcome)), counted(one.tokens, "token event"), one.phase === undefined ? "" : visible(one.phase)].filter((part) => part !== "").join(" \u00b7 ");
    return element("details", { class: "fall" },
        element("summary", {},
            element("span", { class: "fall-head" }, element("code", {}, visible(one.request_id).slice(0, 13)), element("span", { class: "quiet" }, facts), element("strong", {}, duration(end_of(one) * 1e3))),
            picture(one, longest_us)),
        element("p", { class: "quiet" }, "Request ", element("code", {}, visible(one.request_id))),
        one.detail !== "" && element("p", {}, visible(one.detail)),
        step_table(one));
}

function legend(): HTMLElement {
    const kinds: Stretch["kind"][] = ["wait", "resolve", "connect", "tls", "header", "thinking", "stream"];
    return element("ul", { class: "legend", "aria-hidden": "true" }, ...kinds.map((kind) =>
        element("li", {}, svg("svg", { width: 10, height: 10 }, svg("rect", { class: `fall-${kind}`, width: 10, height: 10, rx: 2 })), names[kind])));
}

export function waterfall_section(rasters: readonly Raster[], targets: readonly string[]): HTMLElement | false {
    const known = rasters.filter((raster) => raster.slowest.length > 0);
    if (known.length === 0) return false;
    const longest = Math.max(1, ...known.flatMap((raster) => raster.slowest.map(end_of)));
    return section("slowest", "Slowest requests",
        "Of each target the recorded requests that took longest, from the moment they were due. A tick is an arrival of tokens. Open one for its steps.",
        legend(),
        element("div", { class: "pair" }, ...known.map((raster) => element("div", { class: "falls" },
            element("h3", {}, swatch(targets.indexOf(raster.target)), visible(raster.target)),
            ...raster.slowest.map((one) => entry(one, longest))))));
}
