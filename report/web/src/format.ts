// Figures as a person reads them. Units are set off by a no-break space.

const gap = "\u00a0";
const absent = "\u2013";

/** Three significant digits, never an exponent, thousands set off. */
export function number(value: number): string {
    if (!Number.isFinite(value)) return absent;
    const size = Math.abs(value);
    if (size !== 0 && size < 0.001) return value < 0 ? ">\u2212" + "0.001" : "<0.001";
    const decimals = size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
    return grouped(value.toFixed(decimals).replace(/\.0+$|(\.\d*?)0+$/, "$1"));
}

/** A whole number with its thousands set off: 12,480. */
export function count(value: number): string {
    return grouped(String(Math.round(value)));
}

function grouped(digits: string): string {
    const [whole = "", fraction] = digits.split(".");
    const spaced = whole.replace(/\B(?=(\d{3})+$)/g, ",");
    return (fraction === undefined ? spaced : `${spaced}.${fraction}`).replace("-", "\u2212");
}

/** Nanoseconds with the unit that reads best: 812 ms, 1.25 s, 40.3 µs, 2 min 5 s. */
export function duration(ns: number | null | undefined): string {
    if (ns === null || ns === undefined || !Number.isFinite(ns)) return absent;
    const size = Math.abs(ns);
    if (size === 0) return `0${gap}ms`;
    if (size < 999.5) return `${number(ns)}${gap}ns`;
    if (size < 999.5e3) return `${number(ns / 1e3)}${gap}µs`;
    if (size < 999.5e6) return `${number(ns / 1e6)}${gap}ms`;
    if (size < 119.5e9) return `${number(ns / 1e9)}${gap}s`;
    const seconds = Math.round(ns / 1e9);
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
    const parts = [[hours, "h"], [minutes, "min"], [seconds % 60, "s"]] as const;
    return parts.filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount}${gap}${unit}`).join(" ");
}

/** A share 0..1 as a percentage; tiny but not zero reads "<0.01 %". */
export function percent(share: number): string {
    if (!Number.isFinite(share)) return absent;
    const value = share * 100;
    if (value > 0 && value < 0.01) return `<0.01${gap}%`;
    // 99.996 must not be rounded up to "100".
    if (value < 100 && value > 99.99) return `>99.99${gap}%`;
    const decimals = value >= 10 && value <= 90 ? 1 : 2;
    return `${value.toFixed(decimals).replace(/\.0+$|(\.\d*?)0+$/, "$1")}${gap}%`;
}

/** Two figures of one unit name it once: 268 – 280 ms. */
export function interval(low: string, high: string): string {
    const [low_figure, low_unit] = low.split(gap), [, high_unit] = high.split(gap);
    const first = low_unit !== undefined && low_unit === high_unit && !low.includes(" ") ? low_figure : low;
    return `${first}\u2009\u2013\u2009${high}`;
}

export function per_second(value: number): string {
    return `${number(value)}/s`;
}

export function bytes(value: number): string {
    return `${count(value)}${gap}bytes`;
}

/** 0.95 -> p95, 0.999 -> p99.9, 1 -> max */
export function quantile_name(quantile: number): string {
    if (quantile >= 1) return "max";
    return `p${Number((quantile * 100).toFixed(4))}`;
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** 21 Nov 2025, 04:13 UTC. The same on every reader's machine. */
export function moment(unix_ns: number): string {
    const date = new Date(unix_ns / 1e6);
    if (Number.isNaN(date.getTime())) return absent;
    const two = (value: number): string => String(value).padStart(2, "0");
    return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}, ` +
        `${two(date.getUTCHours())}:${two(date.getUTCMinutes())} UTC`;
}

/** `timeout_first_token` -> `timeout first token` */
export function words(name: string): string {
    return name.replace(/_/g, " ");
}

/** Counts a noun: 1 stream, 2 streams. */
export function counted(amount: number, noun: string, plural = `${noun}s`): string {
    return `${count(amount)} ${amount === 1 ? noun : plural}`;
}

/**
 * Text from outside with its control characters made visible. Characters that hide or turn the direction of
 * text (Unicode TR36) become U+FFFD, so that a name cannot pose as another.
 */
export function visible(text: string): string {
    return text
        .replace(/[\u0000-\u001f\u007f]/g, (c) => (c === "\u007f" ? "\u2421" : String.fromCharCode(0x2400 + c.charCodeAt(0))))
        .replace(/[\u0080-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, "\ufffd");
}
