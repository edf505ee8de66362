// The way around the page, and past what comes first.
import { element } from "./dom.js";

export function contents(sections: readonly HTMLElement[]): HTMLElement {
    const links = sections.flatMap((made) => {
        const title = made.querySelector("h2")?.textContent ?? "";
        return made.id === "" || title === "" ? [] : [element("li", {}, element("a", { href: `#${made.id}` }, title))];
    });
    return element("nav", { class: "contents", "aria-label": "Contents" }, element("ul", {}, ...links));
}

export function skip_link(): HTMLElement {
    return element("a", { class: "skip", href: "#results" }, "Skip to the results");
}
