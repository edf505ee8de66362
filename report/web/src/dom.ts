// Builds elements. Text from a run enters the page only here, and only as text nodes and attribute values:
// nothing is ever parsed as HTML.

export type Child = Node | string | number | null | undefined | false;

/** No `style` and no event handlers: the content policy forbids the first, the second are added by code. */
type Attribute =
    | "class" | "id" | "href" | "role" | "title" | "scope" | "colspan" | "tabindex" | "type" | "name" | "value"
    | "for" | "open" | "checked" | "hidden" | "datetime" | `aria-${string}` | `data-${string}`;
export type Attributes = Partial<Record<Attribute, string>>;

function append(parent: Element, children: Child[]): void {
    for (const child of children) {
        if (child === null || child === undefined || child === false) continue;
        parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
}

export function element<K extends keyof HTMLElementTagNameMap>(
    tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== undefined) made.setAttribute(name, value);
    append(made, children);
    return made;
}

export function svg<K extends keyof SVGElementTagNameMap>(
    tag: K, attributes: Record<string, string | number> = {}, ...children: Child[]
): SVGElementTagNameMap[K] {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
    append(made, children);
    return made;
}

export interface Column {
    title: string;
    /** Figures are set right-aligned in tabular numerals. */
    figure?: boolean;
}

/** A table; the first cell of each row is its heading. */
export function table(caption: string, columns: Column[], rows: Child[][]): HTMLElement {
    const cell_class = (index: number): Attributes => (columns[index]?.figure ? { class: "figure" } : {});
    const head = columns.map((column, i) => element("th", { scope: "col", ...cell_class(i) }, column.title));
    const body = rows.map((row) =>
        element("tr", {}, ...row.map((cell, i) =>
            i === 0 ? element("th", { scope: "row", ...cell_class(i) }, cell) : element("td", cell_class(i), cell))));
    return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": caption },
        element("table", {},
            element("caption", { class: "unseen" }, caption),
            element("thead", {}, element("tr", {}, ...head)),
            element("tbody", {}, ...body)));
}

/** A closed drawer with something heavy inside, built when it is first opened (and for printing, never). */
export function drawer(title: string, fill: () => Child): HTMLElement {
    const made = element("details", {}, element("summary", {}, title));
    made.addEventListener("toggle", () => {
        if (made.open && made.childElementCount === 1) append(made, [fill()]);
    });
    return made;
}

export function section(id: string, title: string, lede: string, ...children: Child[]): HTMLElement {
    return element("section", { id, "aria-labelledby": `${id}-title` },
        element("h2", { id: `${id}-title` }, title),
        lede !== "" && element("p", { class: "lede" }, lede),
        ...children);
}
