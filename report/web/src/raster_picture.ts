// One target's raster to look into: the pointer or the arrow keys name a stream, dragging or + and - zoom.
import { element } from "./dom.js";
import { counted, duration, visible, words } from "./format.js";
import { dot_near, row_at, row_height, rows_of, type Dot, type Order, type Row } from "./raster_layout.js";
import { inner_width, margin, paint_raster } from "./raster_paint.js";
import { on_theme_change, series_colour } from "./theme.js";
import type { Choice } from "./choice.js";
import type { Raster } from "./run.js";
import type { TimeView } from "./time_view.js";

const height_wanted = 400;
const idle_text = "Point at a stream to name it. Drag sideways to zoom.";

export const us = (value: number): string => duration(value * 1e3);

/** One stream in a sentence, for the pointer and for the ear. */
export function stream_text(row: Row, dot?: Dot): string {
    const { stream, dots } = row;
    const parts = [
        visible(stream.request_id),
        words(visible(stream.outcome)),
        stream.ttft_us === undefined ? "no token" : `first token ${us(stream.ttft_us)}`,
        `${counted(stream.tokens, "token event")} in ${counted(dots.length, "arrival")}`,
    ];
    if (stream.max_gap_us !== undefined) parts.push(`longest gap ${us(stream.max_gap_us)}`);
    if (stream.end_us !== undefined) parts.push(`ended after ${us(stream.end_us)}`);
    if (dot !== undefined) parts.push(`here ${counted(dot.tokens, "token event")} at ${us(dot.at_us)}`);
    return parts.join(" \u00b7 ");
}

export class RasterPicture {
    readonly node: HTMLElement;
    private readonly canvas: HTMLCanvasElement;
    private readonly hint = element("p", { class: "hint", "aria-live": "polite" });
    private rows: Row[] = [];
    private selected: number | undefined;
    private band: [number, number] | undefined;

    constructor(private readonly raster: Raster, private readonly view: TimeView, private readonly index: number, order: Choice, label: string) {
        this.canvas = element("canvas", { tabindex: "0", role: "application", "aria-roledescription": "arrival raster", "aria-label": label });
        this.node = element("div", { class: "raster" }, this.canvas, this.hint);
        order.follow((value) => {
            this.rows = rows_of(this.raster, value as Order);
            this.select(undefined);
        });
        view.follow(() => this.paint());
        new ResizeObserver(() => this.paint()).observe(this.canvas);
        on_theme_change(this.canvas, () => this.paint());
        this.listen();
    }

    private listen(): void {
        this.canvas.addEventListener("pointerdown", (event) => this.begin(event));
        this.canvas.addEventListener("pointermove", (event) => this.move(event));
        this.canvas.addEventListener("pointerup", () => this.finish());
        this.canvas.addEventListener("pointercancel", () => this.drop());
        this.canvas.addEventListener("pointerleave", () => { if (this.band === undefined) this.select(undefined); });
        this.canvas.addEventListener("dblclick", () => this.view.reset());
        this.canvas.addEventListener("blur", () => this.select(undefined));
        this.canvas.addEventListener("keydown", (event) => this.step(event));
    }

    private get row(): number {
        return row_height(this.rows.length, height_wanted);
    }

    private time_at(x: number): number {
        const share = (x - margin.left) / inner_width(this.canvas);
        return this.view.from + share * (this.view.to - this.view.from);
    }

    private begin(event: PointerEvent): void {
        if (event.button !== 0) return;
        this.band = [event.offsetX, event.offsetX];
        this.canvas.setPointerCapture(event.pointerId);
    }

    private move(event: PointerEvent): void {
        if (this.band !== undefined) this.band[1] = event.offsetX;
        const index = row_at(event.offsetY - margin.top, this.rows.length, this.row);
        this.select(index, this.time_at(event.offsetX));
    }

    /** A drag of some pixels chose a stretch; less was a click. */
    private finish(): void {
        const band = this.band;
        this.band = undefined;
        if (band !== undefined && Math.abs(band[1] - band[0]) >= 6) this.view.show(this.time_at(band[0]), this.time_at(band[1]));
        else this.paint();
    }

    private drop(): void {
        this.band = undefined;
        this.paint();
    }

    private step(event: KeyboardEvent): void {
        if (event.ctrlKey || event.metaKey || event.altKey) return;
        const last = this.rows.length - 1;
        const rows: Record<string, (at: number) => number> = { ArrowDown: (at) => at + 1, ArrowUp: (at) => at - 1, Home: () => 0, End: () => last };
        const views: Record<string, () => void> = {
            "+": () => this.view.zoom(0.5), "=": () => this.view.zoom(0.5), "-": () => this.view.zoom(2), "0": () => this.view.reset(),
            Escape: () => this.view.reset(), ArrowLeft: () => this.view.pan(-0.25), ArrowRight: () => this.view.pan(0.25),
        };
        const row = rows[event.key], view = views[event.key];
        if (row === undefined && view === undefined) return;
        event.preventDefault();
        if (row !== undefined && last >= 0) this.select(Math.min(last, Math.max(0, row(this.selected ?? -1))));
        view?.();
    }

    private select(index: number | undefined, at_us?: number): void {
        this.selected = index;
        const row = index === undefined ? undefined : this.rows[index];
        const reach_us = (4 / inner_width(this.canvas)) * (this.view.to - this.view.from);
        const dot = row === undefined || at_us === undefined ? undefined : dot_near(row.dots, at_us, reach_us);
        this.hint.textContent = row === undefined ? idle_text : stream_text(row, dot);
        this.hint.classList.toggle("idle", row === undefined);
        this.paint();
    }

    private paint(): void {
        paint_raster(this.canvas, {
            rows: this.rows, row_height: this.row, from_us: this.view.from, to_us: this.view.to,
            colour: series_colour(this.index), selected: this.selected, band: this.band,
        });
    }
}
