// The arrival raster: each row a stream, each dot a token, time from left to right. A path that streams draws
// fine even grain; a path that buffers draws clumps with nothing between them.
import { element, section, drawer, table, type Child } from "./dom.js";
import { buffering_title, buffering_tone } from "./buffering_words.js";
import { Choice } from "./choice.js";
import { count, counted, visible, words } from "./format.js";
import { last_end_us, rows_of, shared_end_us } from "./raster_layout.js";
import { RasterPicture, us } from "./raster_picture.js";
import { mark, swatch } from "./status.js";
import { TimeView } from "./time_view.js";
import type { Group, Raster } from "./run.js";

function stream_table(raster: Raster): HTMLElement {
    const figure = (title: string): { title: string; figure: boolean } => ({ title, figure: true });
    const optional = (value: number | undefined): string => (value === undefined ? "\u2013" : us(value));
    return table(`Streams of ${visible(raster.target)}`,
        [{ title: "stream" }, { title: "outcome" }, figure("first token"), figure("end"), figure("token events"), figure("arrivals"), figure("longest gap")],
        rows_of(raster, "start").map(({ stream, dots }) => [
            element("code", {}, visible(stream.request_id)), words(visible(stream.outcome)), optional(stream.ttft_us), optional(stream.end_us),
            count(stream.tokens), count(dots.length), optional(stream.max_gap_us)]));
}

function picture(raster: Raster, group: Group | undefined, view: TimeView, index: number, order: Choice): HTMLElement {
    const verdict = group?.buffering.verdict;
    const shown = counted(raster.streams.length, "stream");
    const label = `Arrivals of ${visible(raster.target)}: ${shown}, time since sent. ` +
        (verdict === undefined ? "" : `${buffering_title(verdict)}. `) + "Up and down go through the streams, plus and minus zoom, left and right move, 0 shows all. A table follows.";
    const children: Child[] = [
        element("h3", {}, swatch(index), visible(raster.target)),
        verdict !== undefined && element("p", { class: "headline" }, mark(buffering_tone(verdict.kind), buffering_title(verdict))),
        raster.streams.length === 0 ? element("p", { class: "quiet" }, "No stream of this target was kept.")
            : new RasterPicture(raster, view, index, order, label).node,
        element("p", { class: "quiet" }, raster.timelines > raster.streams.length ? `${count(raster.streams.length)} of ${counted(raster.timelines, "recorded stream")} shown.` : `${shown}.`),
        drawer("Streams as a table", () => stream_table(raster)),
    ];
    return element("figure", {}, ...children);
}

/** Buttons for what dragging and keys do, and the stretch that is shown, in words. */
function zoom_buttons(view: TimeView): HTMLElement {
    const shown = element("output", { class: "quiet" });
    const button = (label: string, text: string, act: () => void): HTMLButtonElement => {
        const made = element("button", { type: "button", "aria-label": label }, text);
        made.addEventListener("click", act);
        return made;
    };
    const whole = button("Show the whole time", "all", () => view.reset());
    const tell = (): void => {
        shown.textContent = `${us(view.from)} to ${us(view.to)}`;
        whole.disabled = view.is_whole;
    };
    view.follow(tell);
    tell();
    return element("div", { class: "zoom", role: "group", "aria-label": "Zoom" }, element("span", {}, "Time shown"),
        button("Zoom in", "+", () => view.zoom(0.5)), button("Zoom out", "\u2212", () => view.zoom(2)), whole, shown);
}

export function raster_section(rasters: Raster[], groups: Group[], targets: readonly string[]): HTMLElement | false {
    if (rasters.every((raster) => raster.streams.length === 0)) return false;
    const order = new Choice([
        { value: "ttft", label: "by first token" }, { value: "start", label: "as started" }, { value: "length", label: "by length" },
    ], "ttft");
    const view = new TimeView(last_end_us(rasters));
    view.show(0, shared_end_us(rasters));
    const pictures = rasters.map((raster) =>
        picture(raster, groups.find((group) => group.target === raster.target), view, targets.indexOf(raster.target), order));
    return section("arrivals", "Arrivals",
        "Each row is one stream, each dot tokens as they arrived; a larger dot is more tokens at once. Fine grain is a stream that flows; clumps with nothing between them are a path that holds tokens back. A cross is a failed request, an arrow a stream that goes on.",
        element("div", { class: "tools" }, order.buttons("Order of rows"), zoom_buttons(view)),
        element("div", { class: "pair" }, ...pictures));
}
