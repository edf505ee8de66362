// The stretch of time that several pictures show together.

export class TimeView {
    private listeners: (() => void)[] = [];
    private low = 0;
    private high: number;

    /** `whole` is the end of the time there is; `closest` how far one can go in. */
    constructor(readonly whole: number, readonly closest = whole / 400) {
        this.high = whole;
    }

    get from(): number {
        return this.low;
    }
    get to(): number {
        return this.high;
    }
    get is_whole(): boolean {
        return this.low === 0 && this.high === this.whole;
    }

    follow(take: () => void): void {
        this.listeners.push(take);
    }

    /** Shows `from` to `to`, whichever comes first, moved and widened to what there is. */
    show(from: number, to: number): void {
        const span = Math.min(this.whole, Math.max(this.closest, Math.abs(to - from)));
        const middle = (from + to) / 2;
        this.low = Math.min(this.whole - span, Math.max(0, middle - span / 2));
        this.high = this.low + span;
        for (const take of this.listeners) take();
    }

    /** Makes the stretch `factor` times as long; `anchor` stays where it is. */
    zoom(factor: number, anchor = (this.low + this.high) / 2): void {
        const span = Math.min(this.whole, Math.max(this.closest, (this.high - this.low) * factor));
        const share = (anchor - this.low) / (this.high - this.low);
        const from = anchor - share * span;
        this.show(from, from + span);
    }

    /** Moves by a share of what is shown. */
    pan(share: number): void {
        const step = (this.high - this.low) * share;
        this.show(this.low + step, this.high + step);
    }

    reset(): void {
        this.show(0, this.whole);
    }
}
