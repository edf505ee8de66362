// Some streams as they arrived, and the same had nothing held them, side by side on one time axis.
import { element, type Child } from "./dom.js";
import { counted, duration, visible } from "./format.js";
import { ideal_rows, row_height, shared_end_us, type Row } from "./raster_layout.js";
import { paint_raster } from "./raster_paint.js";
import { on_theme_change, series_colour } from "./theme.js";
import type { Raster } from "./run.js";

const height_wanted = 190;

function picture(rows: readonly Row[], end_us: number, index: number, label: string): HTMLElement {
    const canvas = element("canvas", { role: "img", "aria-label": label });
    const paint = (): void => paint_raster(canvas, {
        rows, row_height: row_height(rows.length, height_wanted), from_us: 0, to_us: end_us, colour: series_colour(index),
    });
    new ResizeObserver(paint).observe(canvas);
    on_theme_change(canvas, paint);
    return element("div", { class: "raster" }, canvas);
}

const meaning = {
    stamps: "The same tokens when the server says it sent them, plus the shortest delay of their stream.",
    estimated: "The same tokens released evenly: the last of each burst stays where it is, the others are spread over the time they took to be made.",
};

export function ideal_figure(raster: Raster, all: readonly Raster[], index: number): Child {
    const { arrived, ideal } = ideal_rows(raster);
    if (arrived.length === 0) return null;
    const end_us = shared_end_us(all), streams = counted(arrived.length, "stream");
    const target = visible(raster.target);
    const held = raster.holds.p95_ns;
    const summary = held === undefined ? "" : ` 95 of 100 tokens were held no longer than ${duration(held)}.`;
    return element("div", { class: "pair ideal" },
        element("figure", {}, element("h4", {}, "As they arrived"),
            picture(arrived, end_us, index, `${streams} of ${target} as they arrived.${summary} The streams' figures are in the table under Arrivals.`),
            element("p", { class: "quiet" }, `${streams}, time since sent.`)),
        element("figure", {}, element("h4", {}, "Ideal: nothing held back"),
            picture(ideal, end_us, index, `The same ${streams} had nothing held their tokens. The distribution of hold below tells the difference.`),
            element("p", { class: "quiet" }, raster.holds.from_stamps ? meaning.stamps : meaning.estimated)));
}
