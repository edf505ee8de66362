// Colours live in page.css; canvases ask for them here and repaint when they change.

const pictures = new Map<Element, () => void>();

/** The value of a custom property of page.css, such as `--ink`. */
export function colour(name: string): string {
    return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** The colour of the n-th target, the same in every picture. */
export function series_colour(index: number): string {
    return colour(`--series-${(index % 6) + 1}`);
}

/** Repaints a picture when colours change, for as long as its element is on the page. */
export function on_theme_change(picture: Element, repaint: () => void): void {
    pictures.set(picture, repaint);
}

function repaint_all(): void {
    for (const [picture, repaint] of pictures) {
        if (picture.isConnected) repaint();
        else pictures.delete(picture);
    }
}

/** Watches the system's theme; paper is always light. */
export function watch_theme(): void {
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint_all);
    const root = document.documentElement;
    window.addEventListener("beforeprint", () => {
        root.dataset["paper"] = "";
        repaint_all();
    });
    window.addEventListener("afterprint", () => {
        delete root.dataset["paper"];
        repaint_all();
    });
}
