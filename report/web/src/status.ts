// Marks: an icon and a word, so that nothing depends on colour alone.
import { element, svg } from "./dom.js";

export type Tone = "good" | "bad" | "warning" | "neutral";

const paths: Record<Tone, string> = {
    good: "M4.5 8.5 L7 11 L11.5 5.5",
    bad: "M5.3 5.3 L10.7 10.7 M10.7 5.3 L5.3 10.7",
    warning: "M8 4.4 L8 8.8 M8 11.2 L8 11.3",
    neutral: "M5.2 8 L10.8 8",
};

export function icon(tone: Tone): SVGElement {
    return svg("svg", { class: `icon ${tone}`, viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
        svg("circle", { cx: 8, cy: 8, r: 7.25 }), svg("path", { d: paths[tone] }));
}

export function mark(tone: Tone, word: string): HTMLElement {
    return element("span", { class: `mark ${tone}` }, icon(tone), word);
}

/** The little square that stands for a target in every picture. */
export function swatch(index: number): HTMLElement {
    return element("span", { class: `swatch series-${(index % 6) + 1}`, "aria-hidden": "true" });
}
