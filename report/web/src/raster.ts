// The arrival raster: each row a stream, each dot a token, time from left to right. A path that streams draws
// fine even grain; a path that buffers draws clumps with nothing between them.
import { element, section, drawer, table, type Child } from "./dom.js";
import { buffering_title, buffering_tone } from "./buffering.js";
import { count, counted, duration, visible, words } from "./format.js";
import { dot_radius, row_at, row_height, rows_of, shared_end_us, type Order, type Row } from "./raster_layout.js";
import { ticks } from "./scale.js";
import { mark, swatch } from "./status.js";
import { colour, on_theme_change, series_colour } from "./theme.js";
import { Choice } from "./choice.js";
import type { Group, Raster } from "./run.js";

const margin = { top: 6, right: 10, bottom: 26, left: 4 };
const height_wanted = 400;

const us = (value: number): string => duration(value * 1e3);

function is_error(outcome: string): boolean {
    return outcome !== "completed" && outcome !== "cancelled";
}

/** One stream in a sentence, for the pointer and for the ear. */
export function stream_text(row: Row): string {
    const { stream, dots } = row;
    const parts = [
        visible(stream.request_id).slice(0, 8),
        words(visible(stream.outcome)),
        stream.ttft_us === undefined ? "no token" : `first token ${us(stream.ttft_us)}`,
        `${counted(stream.tokens, "token event")} in ${counted(dots.length, "arrival")}`,
    ];
    if (stream.max_gap_us !== undefined) parts.push(`longest gap ${us(stream.max_gap_us)}`);
    if (stream.end_us !== undefined) parts.push(`ended after ${us(stream.end_us)}`);
    return parts.join(" \u00b7 ");
}

/** One target's canvas and what hovers over it. */
class RasterPicture {
    private readonly canvas: HTMLCanvasElement;
    private readonly hint = element("p", { class: "hint", "aria-live": "polite" });
    private rows: Row[] = [];
    private row = 0;
    private selected: number | undefined;

    constructor(private readonly raster: Raster, private readonly end_us: number, private readonly index: number, order: Choice, label: string) {
        this.canvas = element("canvas", { tabindex: "0", role: "img", "aria-label": label });
        order.follow((value) => {
            this.rows = rows_of(this.raster, value as Order);
            this.select(undefined);
        });
        new ResizeObserver(() => this.paint()).observe(this.canvas);
        on_theme_change(this.canvas, () => this.paint());
        this.canvas.addEventListener("pointermove", (event) => this.select(row_at(event.offsetY - margin.top, this.rows.length, this.row)));
        this.canvas.addEventListener("pointerleave", () => this.select(undefined));
        this.canvas.addEventListener("blur", () => this.select(undefined));
        this.canvas.addEventListener("keydown", (event) => this.step(event));
    }

    get node(): HTMLElement {
        return element("div", { class: "raster" }, this.canvas, this.hint);
    }

    private step(event: KeyboardEvent): void {
        const moves: Record<string, (at: number) => number> = {
            ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: () => this.rows.length - 1,
        };
        const move = moves[event.key];
        if (move === undefined || this.rows.length === 0) return;
        event.preventDefault();
        this.select(Math.min(this.rows.length - 1, Math.max(0, move(this.selected ?? -1))));
    }

    private select(index: number | undefined): void {
        this.selected = index;
        const row = index === undefined ? undefined : this.rows[index];
        this.hint.textContent = row === undefined ? "Point at a stream, or use the arrow keys, to name it." : stream_text(row);
        this.hint.classList.toggle("idle", row === undefined);
        this.paint();
    }

    private paint(): void {
        const width = this.canvas.clientWidth;
        if (width === 0) return;
        this.row = row_height(this.rows.length, height_wanted);
        const height = Math.round(this.rows.length * this.row + margin.top + margin.bottom);
        const ratio = window.devicePixelRatio || 1;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(height * ratio);
        this.canvas.style.height = `${height}px`;
        const context = this.canvas.getContext("2d");
        if (context === null) return;
        context.setTransform(ratio, 0, 0, ratio, 0, 0);
        const inner = width - margin.left - margin.right;
        const x = (at_us: number): number => margin.left + (at_us / this.end_us) * inner;
        this.paint_axis(context, x, inner, height);
        this.rows.forEach((row, i) => this.paint_row(context, row, i, x));
    }

    private paint_axis(context: CanvasRenderingContext2D, x: (at: number) => number, inner: number, height: number): void {
        const bottom = height - margin.bottom;
        context.font = `11px ${colour("--sans")}`;
        context.textBaseline = "top";
        const marks = ticks(this.end_us, Math.max(2, Math.floor(inner / 70)));
        marks.forEach((at, i) => {
            context.fillStyle = colour("--line");
            context.fillRect(Math.round(x(at)), margin.top, 1, bottom - margin.top + 4);
            context.fillStyle = colour("--muted");
            const text = at === 0 ? "sent" : us(at);
            context.textAlign = i === 0 ? "left" : x(at) > inner - 16 ? "right" : "center";
            context.fillText(text, i === 0 ? margin.left : Math.min(x(at), margin.left + inner + 4), bottom + 8);
        });
    }

    private paint_row(context: CanvasRenderingContext2D, row: Row, index: number, x: (at: number) => number): void {
        const middle = margin.top + (index + 0.5) * this.row;
        const right = x(this.end_us);
        if (index === this.selected) {
            context.fillStyle = colour("--highlight");
            context.fillRect(0, middle - Math.max(this.row, 5) / 2, right + margin.right, Math.max(this.row, 5));
        }
        // The wait for the first token: a hairline, so that its shape over all rows shows.
        context.fillStyle = colour("--wait");
        const waited = Math.min(right, x(row.dots[0]?.at_us ?? row.last_us));
        context.fillRect(x(0), middle - 0.5, Math.max(0, waited - x(0)), 1);
        context.fillStyle = index === this.selected ? colour("--ink") : series_colour(this.index);
        for (const dot of row.dots) {
            if (dot.at_us > this.end_us) break;
            this.paint_dot(context, x(dot.at_us), middle, dot_radius(dot.tokens, this.row));
        }
        if (is_error(row.stream.outcome)) this.paint_failure(context, Math.min(right, x(row.last_us)), middle);
        if (row.last_us > this.end_us) this.paint_beyond(context, right, middle);
    }

    private paint_dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
        if (radius < 1) {
            context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
            return;
        }
        context.beginPath();
        context.arc(x, y, radius, 0, 2 * Math.PI);
        context.fill();
    }

    private paint_failure(context: CanvasRenderingContext2D, x: number, y: number): void {
        context.strokeStyle = colour("--bad");
        context.lineWidth = 1.4;
        context.beginPath();
        for (const side of [1, -1]) {
            context.moveTo(x - 3, y - 3 * side);
            context.lineTo(x + 3, y + 3 * side);
        }
        context.stroke();
    }

    /** The stream goes on past the axis. */
    private paint_beyond(context: CanvasRenderingContext2D, x: number, y: number): void {
        context.fillStyle = colour("--muted");
        context.beginPath();
        context.moveTo(x + 2, y - 2.5);
        context.lineTo(x + 7, y);
        context.lineTo(x + 2, y + 2.5);
        context.fill();
    }
}

function stream_table(raster: Raster): HTMLElement {
    const figure = (title: string): { title: string; figure: boolean } => ({ title, figure: true });
    const optional = (value: number | undefined): string => (value === undefined ? "\u2013" : us(value));
    return table(`Streams of ${visible(raster.target)}`,
        [{ title: "stream" }, { title: "outcome" }, figure("first token"), figure("end"), figure("token events"), figure("arrivals"), figure("longest gap")],
        rows_of(raster, "start").map(({ stream, dots }) => [
            element("code", {}, visible(stream.request_id)), words(visible(stream.outcome)), optional(stream.ttft_us), optional(stream.end_us),
            count(stream.tokens), count(dots.length), optional(stream.max_gap_us)]));
}

function picture(raster: Raster, group: Group | undefined, end_us: number, index: number, order: Choice): HTMLElement {
    const verdict = group?.buffering.verdict;
    const shown = counted(raster.streams.length, "stream");
    const label = `Arrival raster of ${visible(raster.target)}: ${shown}, time since sent from 0 to ${us(end_us)}. ` +
        (verdict === undefined ? "" : `${buffering_title(verdict)}. `) + "Arrow keys go through the streams; a table follows.";
    const children: Child[] = [
        element("h3", {}, swatch(index), visible(raster.target)),
        verdict !== undefined && element("p", { class: "headline" }, mark(buffering_tone(verdict.kind), buffering_title(verdict))),
        raster.streams.length === 0 ? element("p", { class: "quiet" }, "No stream of this target was kept.")
            : new RasterPicture(raster, end_us, index, order, label).node,
        verdict !== undefined && element("p", { class: "evidence" }, visible(verdict.evidence)),
        element("p", { class: "quiet" }, raster.timelines > raster.streams.length ? `${count(raster.streams.length)} of ${counted(raster.timelines, "recorded stream")} shown.` : `${shown}.`),
        drawer("Streams as a table", () => stream_table(raster)),
    ];
    return element("figure", {}, ...children);
}

export function raster_section(rasters: Raster[], groups: Group[], targets: readonly string[]): HTMLElement | false {
    if (rasters.every((raster) => raster.streams.length === 0)) return false;
    const order = new Choice([
        { value: "ttft", label: "by first token" }, { value: "start", label: "as started" }, { value: "length", label: "by length" },
    ], "ttft");
    const end_us = shared_end_us(rasters);
    const pictures = rasters.map((raster) =>
        picture(raster, groups.find((group) => group.target === raster.target), end_us, targets.indexOf(raster.target), order));
    return section("arrivals", "Arrivals",
        "Each row is one stream, each dot tokens as they arrived; a larger dot is more tokens at once. Fine grain is a stream that flows; clumps with nothing between them are a path that holds tokens back. A cross is a failed request, an arrow a stream that goes on.",
        order.buttons("Order of rows"),
        element("div", { class: "pair" }, ...pictures));
}
