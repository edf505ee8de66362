// Every gate of the scenario: what was asked, what was measured, how much room was left.
import { element, section, svg, type Child } from "./dom.js";
import { count, counted, duration, interval, number, percent, per_second, visible } from "./format.js";
import { mark, type Tone } from "./status.js";
import type { Condition, ExpectationResult } from "./run.js";

const signs: Record<string, string> = {
    less: "<", less_or_equal: "\u2264", greater: ">", greater_or_equal: "\u2265", equal: "=", not_equal: "\u2260",
};

/** A figure in the unit of its condition. */
export function in_unit(value: number, unit: string): string {
    switch (unit) {
        case "duration": return duration(value);
        case "ratio": return percent(value);
        case "rate": return per_second(value);
        default: return Number.isInteger(value) ? count(value) : number(value);
    }
}

export function limit_text(condition: Condition): string {
    const sign = signs[condition.comparator] ?? condition.comparator;
    const value = condition.unit === "word" ? visible(condition.word) : in_unit(condition.value, condition.unit);
    return `${sign}\u00a0${value}`;
}

/**
 * How much of what a condition allows a value takes up: 1 is exactly the limit, above it the gate is missed.
 * A share that must stay high ("goodput > 99 %") is judged by what may be missing from the whole.
 */
export function used(condition: Condition, value: number): number | undefined {
    const limit = condition.value;
    const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : part > 0 ? Infinity : 0);
    switch (condition.comparator) {
        case "less":
        case "less_or_equal":
            return limit < 0 ? undefined : ratio(value, limit);
        case "greater":
        case "greater_or_equal":
            if (condition.unit === "ratio" && limit >= 0.5) return ratio(1 - value, 1 - limit);
            return value > 0 ? limit / value : Infinity;
        default:
            return undefined;
    }
}

const width = 150, limit_at = 100;

/** The limit stands at the same place in every row, so that the column reads at a glance. */
function bar(result: ExpectationResult, condition: Condition, share: number): SVGElement {
    const x = (value: number): number => Math.min(width, Math.max(0, value * limit_at));
    const whisker = [result.low, result.high].map((end) => (end === null || end === undefined ? undefined : used(condition, end)));
    const [from, to] = whisker as [number | undefined, number | undefined];
    return svg("svg", { class: `bar ${result.judgement}`, viewBox: `0 0 ${width} 16`, width, height: 16, "aria-hidden": "true" },
        svg("rect", { class: "track", x: 0, y: 5, width, height: 6, rx: 3 }),
        svg("rect", { class: "fill", x: 0, y: 5, width: Math.max(2, x(share)), height: 6, rx: 3 }),
        from !== undefined && to !== undefined &&
            svg("line", { class: "whisker", x1: x(Math.min(from, to)), x2: x(Math.max(from, to)), y1: 8, y2: 8 }),
        svg("line", { class: "limit", x1: limit_at, x2: limit_at, y1: 1, y2: 15 }));
}

/** The room left, or what is missing, in words. Shares that must stay high are told in points. */
export function room_text(condition: Condition, value: number): string {
    const limit = condition.value;
    const high_wanted = condition.comparator.startsWith("greater");
    const room = high_wanted ? value - limit : limit - value;
    if (room === 0) return "at the limit";
    const beyond = high_wanted ? "short" : "over";
    if (high_wanted && condition.unit === "ratio") {
        const points = String(Number((Math.abs(room) * 100).toFixed(2)));
        return `${points === "0" ? "<0.01" : points} ${points === "1" ? "point" : "points"} ${room > 0 ? "to spare" : beyond}`;
    }
    if (limit === 0) return beyond;
    if (value > 3 * limit && !high_wanted) return `${number(value / limit)} times the limit`;
    const percentage = (Math.abs(room) / limit) * 100;
    const text = percentage < 1 ? "<1" : String(Math.round(percentage));
    return `${text}\u00a0% ${room > 0 ? "to spare" : beyond}`;
}

const judgements: Record<ExpectationResult["judgement"], [Tone, string]> = {
    held: ["good", "met"], missed: ["bad", "missed"], not_measured: ["warning", "not measured"],
};

/** What was measured, and the window it was measured in. */
export function figure_and_window(measured: string, windowed: boolean): [figure: string, window: string] {
    const split = windowed ? measured.indexOf(" in ") : -1;
    return split < 0 ? [measured, ""] : [measured.slice(0, split), measured.slice(split + 1)];
}

function measured_cell(result: ExpectationResult, { unit, windowed }: Condition): Child {
    const [figure, window] = figure_and_window(result.measured, windowed);
    const plain = result.measured_value !== null && result.measured_value !== undefined && unit !== "word";
    // "> 10s" for a censored percentile comes only as text.
    const text = plain && !/^[<>]/.test(figure) ? in_unit(result.measured_value as number, unit) : visible(figure);
    const { low, high } = result;
    return element("div", {}, element("strong", {}, text === "" ? "\u2013" : text),
        window !== "" && element("small", {}, visible(window)),
        typeof low === "number" && typeof high === "number" &&
            element("small", { title: "95 % interval" }, interval(in_unit(low, unit), in_unit(high, unit))));
}

function room_cell(result: ExpectationResult, condition: Condition): Child {
    if (result.judgement === "not_measured") return element("span", { class: "reason" }, visible(result.reason));
    const share = typeof result.measured_value === "number" ? used(condition, result.measured_value) : undefined;
    if (share === undefined && !result.too_close && result.reason === "") return null;
    return element("div", { class: "room" },
        share !== undefined && bar(result, condition, share),
        share !== undefined && element("small", {}, room_text(condition, result.measured_value as number)),
        result.too_close && element("span", { class: "close", title: "The 95 % interval spans the limit: another run could go the other way" }, "too close"),
        share === undefined && result.reason !== "" && element("span", { class: "reason" }, visible(result.reason)));
}

type Judged = [result: ExpectationResult, condition: Condition];

function row([result, condition]: Judged): HTMLElement {
    const [tone, word] = judgements[result.judgement];
    const where = [result.target, result.phase].filter((part) => part !== "").map(visible).join(", ");
    const cell = (label: string, name: string, child: Child): HTMLElement =>
        element("td", { class: name, "data-label": label }, child);
    return element("tr", { class: result.judgement },
        cell("", "state", mark(tone, word)),
        element("th", { scope: "row" }, element("code", {}, visible(result.expectation)),
            result.implied && element("small", { title: "Added by streamgauge because the scenario has no gate on errors" }, "implied")),
        cell("where", "where", where === "" ? "whole run" : where),
        cell("measured", "figure measured", measured_cell(result, condition)),
        cell("limit", "figure limit", limit_text(condition)),
        cell("room", "room-cell", room_cell(result, condition)));
}

export function expectations_section(results: ExpectationResult[], conditions: Condition[]): HTMLElement {
    if (results.length === 0) {
        return section("expectations", "Expectations", "The scenario states none, so nothing could fail but the run itself.");
    }
    const held = results.filter((result) => result.judgement === "held").length;
    const lede = held === results.length ? (held === 1 ? "The one check is met." : `All ${count(held)} checks met.`) : `${count(held)} of ${counted(results.length, "check")} met.`;
    // What needs attention comes first; the order of the scenario is kept within.
    const rank = { missed: 0, not_measured: 1, held: 2 };
    const judged = results.flatMap((result, i): Judged[] => {
        const condition = conditions[i];
        return condition === undefined ? [] : [[result, condition]];
    });
    const sorted = judged.sort(([a], [b]) => rank[a.judgement] - rank[b.judgement]);
    const heads = ["", "expectation", "checked on", "measured", "limit", "room"].map((title, i) =>
        element("th", { scope: "col", ...(i === 3 || i === 4 ? { class: "figure" } : {}) }, title === "" ? element("span", { class: "unseen" }, "result") : title));
    return section("expectations", "Expectations", lede,
        element("table", { class: "expectations" },
            element("thead", {}, element("tr", {}, ...heads)),
            element("tbody", {}, ...sorted.map(row))));
}
