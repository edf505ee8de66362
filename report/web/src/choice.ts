// A choice the reader makes once and several sections follow.
import { element } from "./dom.js";

export interface Option {
    value: string;
    label: string;
}

let groups = 0;

export class Choice {
    private listeners: ((value: string) => void)[] = [];
    private radios: HTMLInputElement[] = [];

    constructor(readonly options: readonly Option[], private current: string) {}

    get value(): string {
        return this.current;
    }

    /** Calls `take` now and on every change. */
    follow(take: (value: string) => void): void {
        this.listeners.push(take);
        take(this.current);
    }

    private choose(value: string): void {
        this.current = value;
        for (const radio of this.radios) radio.checked = radio.value === value;
        for (const take of this.listeners) take(value);
    }

    /** Radio buttons for this choice. Several may be on the page; they move together. */
    buttons(legend: string): HTMLElement {
        const name = `choice-${++groups}`;
        const labels = this.options.map((option) => {
            const radio = element("input", { type: "radio", name, value: option.value });
            radio.checked = option.value === this.current;
            radio.addEventListener("change", () => this.choose(option.value));
            this.radios.push(radio);
            return element("label", {}, radio, element("span", {}, option.label));
        });
        return element("fieldset", { class: "choice" }, element("legend", {}, legend), ...labels);
    }
}
