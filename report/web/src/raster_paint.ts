// Paints rows of dots on a canvas: one row a stream, one dot an arrival, time from left to right.
import { duration } from "./format.js";
import { dot_radius, type Row } from "./raster_layout.js";
import { ticks_between } from "./scale.js";
import { colour } from "./theme.js";

export const margin = { top: 6, right: 10, bottom: 26, left: 4 };

export interface RasterLook {
    rows: readonly Row[];
    row_height: number;
    from_us: number;
    to_us: number;
    colour: string;
    selected?: number | undefined;
    /** A stretch being chosen, in canvas pixels. */
    band?: readonly [number, number] | undefined;
}

export function is_error(outcome: string): boolean {
    return outcome !== "completed" && outcome !== "cancelled";
}

/** Gives the canvas its size on this screen and its context, or nothing where it is not laid out. */
function prepare(canvas: HTMLCanvasElement, look: RasterLook): CanvasRenderingContext2D | null {
    const width = canvas.clientWidth;
    if (width === 0) return null;
    const height = Math.round(look.rows.length * look.row_height + margin.top + margin.bottom);
    const ratio = window.devicePixelRatio || 1;
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    canvas.style.height = `${height}px`;
    const context = canvas.getContext("2d");
    context?.setTransform(ratio, 0, 0, ratio, 0, 0);
    return context;
}

export function inner_width(canvas: HTMLCanvasElement): number {
    return Math.max(1, canvas.clientWidth - margin.left - margin.right);
}

export function paint_raster(canvas: HTMLCanvasElement, look: RasterLook): void {
    const context = prepare(canvas, look);
    if (context === null) return;
    const inner = inner_width(canvas), bottom = margin.top + look.rows.length * look.row_height;
    const x = (at_us: number): number => margin.left + ((at_us - look.from_us) / (look.to_us - look.from_us)) * inner;
    paint_axis(context, look, x, inner, bottom);
    context.save();
    context.beginPath();
    context.rect(0, 0, canvas.clientWidth, bottom + 3);
    context.clip();
    look.rows.forEach((row, i) => paint_row(context, look, row, i, x));
    if (look.band !== undefined) {
        const [a, b] = look.band;
        context.fillStyle = colour("--highlight");
        context.fillRect(Math.min(a, b), margin.top, Math.abs(b - a), bottom - margin.top);
    }
    context.restore();
}

function paint_axis(context: CanvasRenderingContext2D, look: RasterLook, x: (at: number) => number, inner: number, bottom: number): void {
    context.font = `11px ${colour("--sans")}`;
    context.textBaseline = "top";
    const right = margin.left + inner;
    for (const at of ticks_between(look.from_us, look.to_us, Math.max(2, Math.floor(inner / 76)))) {
        context.fillStyle = colour("--line");
        context.fillRect(Math.round(x(at)), margin.top, 1, bottom - margin.top + 4);
        context.fillStyle = colour("--muted");
        context.textAlign = x(at) < margin.left + 16 ? "left" : x(at) > right - 16 ? "right" : "center";
        context.fillText(at === 0 ? "sent" : duration(at * 1e3), Math.max(margin.left, Math.min(x(at), right + 4)), bottom + 8);
    }
}

function paint_row(context: CanvasRenderingContext2D, look: RasterLook, row: Row, index: number, x: (at: number) => number): void {
    const middle = margin.top + (index + 0.5) * look.row_height;
    const left = x(look.from_us), right = x(look.to_us), chosen = index === look.selected;
    if (chosen) {
        context.fillStyle = colour("--highlight");
        context.fillRect(0, middle - Math.max(look.row_height, 5) / 2, right + margin.right, Math.max(look.row_height, 5));
    }
    // The wait for the first token: a hairline, so that its shape over all rows shows.
    context.fillStyle = colour("--wait");
    const begin = Math.max(left, x(0)), waited = Math.min(right, x(row.dots[0]?.at_us ?? row.last_us));
    context.fillRect(begin, middle - 0.5, Math.max(0, waited - begin), 1);
    context.fillStyle = chosen ? colour("--ink") : look.colour;
    for (const dot of row.dots) {
        if (dot.at_us > look.to_us) break;
        if (dot.at_us >= look.from_us) paint_dot(context, x(dot.at_us), middle, dot_radius(dot.tokens, look.row_height));
    }
    if (is_error(row.stream.outcome) && row.last_us >= look.from_us) paint_failure(context, Math.min(right, x(row.last_us)), middle);
    if (row.last_us > look.to_us) paint_beyond(context, right, middle);
}

function paint_dot(context: CanvasRenderingContext2D, x: number, y: number, radius: number): void {
    if (radius < 1) {
        context.fillRect(x - radius, y - radius, 2 * radius, 2 * radius);
        return;
    }
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
}

function paint_failure(context: CanvasRenderingContext2D, x: number, y: number): void {
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
function paint_beyond(context: CanvasRenderingContext2D, x: number, y: number): void {
    context.fillStyle = colour("--muted");
    context.beginPath();
    context.moveTo(x + 2, y - 2.5);
    context.lineTo(x + 7, y);
    context.lineTo(x + 2, y + 2.5);
    context.fill();
}
