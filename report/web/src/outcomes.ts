// How requests ended, and what the server said when they ended badly.
import { element, section, table } from "./dom.js";
import { count, percent, visible, words } from "./format.js";
import type { Choice } from "./choice.js";
import type { Group } from "./run.js";

const meanings: Record<string, string> = {
    completed: "the API's end mark arrived",
    truncated: "the response ended without the end mark",
    error_event: "the server reported an error inside the stream",
    http_error: "a status other than 2xx",
    malformed: "what came was not what was announced",
    resolve_failed: "the name could not be resolved",
    connect_failed: "no connection",
    tls_failed: "no TLS session",
    reset: "the connection broke",
    timeout_connect: "no connection in time",
    timeout_first_token: "no first token in time",
    timeout_idle: "no byte for too long",
    timeout_stall: "no token for too long",
    timeout_total: "not done in time",
    cancelled: "by the scenario, as intended",
    not_started: "due, but never sent",
    aborted: "the run was stopped",
};

function examples(group: Group): HTMLElement | false {
    if (group.error_examples.length === 0) return false;
    return element("div", { class: "examples" }, element("h3", {}, visible(group.target)),
        element("ul", {}, ...group.error_examples.map(([outcome, detail]) =>
            element("li", {}, element("strong", {}, words(visible(outcome))), " ", element("code", {}, visible(detail))))));
}

function content(groups: Group[]): HTMLElement {
    const seen = new Set(groups.flatMap((group) => Object.entries(group.outcomes).filter(([, amount]) => amount > 0).map(([name]) => name)));
    const names = [...Object.keys(meanings), ...seen].filter((name, i, all) => seen.has(name) && all.indexOf(name) === i);
    const rows = names.map((name) => [
        element("div", {}, words(visible(name)), element("small", {}, meanings[name] ?? "")),
        ...groups.map((group) => {
            const amount = group.outcomes[name] ?? 0;
            const all = Object.values(group.outcomes).reduce((sum, part) => sum + part, 0);
            const limited = name === "http_error" && group.rate_limited > 0 ? `, ${count(group.rate_limited)} rate limited (429)` : "";
            return amount === 0 ? element("span", { class: "quiet" }, "0")
                : element("div", {}, count(amount), element("small", {}, percent(amount / all) + limited));
        }),
    ]);
    return element("div", {},
        table("Outcomes per target", [{ title: "outcome" }, ...groups.map((group) => ({ title: visible(group.target), figure: true }))], rows),
        ...groups.map(examples).filter((made): made is HTMLElement => made !== false));
}

export function outcomes_section(groups: Group[], phase: Choice): HTMLElement {
    const place = element("div", {});
    phase.follow((name) => place.replaceChildren(content(groups.filter((group) => group.phase === name))));
    return section("outcomes", "Outcomes", "Exactly one per request. A failed stream is counted, never dropped.", place);
}
