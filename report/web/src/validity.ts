// Could the client keep up? If not, no figure below means anything.
import { element, section } from "./dom.js";
import { visible, words } from "./format.js";
import { icon, type Tone } from "./status.js";
import type { Summary, ValidityCheck } from "./run.js";

const names: Record<string, [title: string, meaning: string]> = {
    send_lag: ["Send lag", "from the moment a request was due to its last byte written"],
    uncertain_tokens: ["Token times", "share of tokens whose arrival only the client's own pause could have grouped"],
    delivered_load: ["Load delivered", "requests started of those due"],
    clock: ["Clock", "steps of the system clock during the run"],
    rows: ["Records", "rows the writer could not take"],
    receive_lag: ["Receive lag", "from the kernel's receive stamp to the client's read"],
};

const states: Record<ValidityCheck["state"], [Tone, string]> = {
    ok: ["good", "ok"], warning: ["warning", "warning"], invalid: ["bad", "invalid"],
};

function check_row(check: ValidityCheck): HTMLElement {
    const [tone, word] = states[check.state];
    const [title, meaning] = names[check.name] ?? [words(check.name), ""];
    return element("li", { class: check.state },
        icon(tone),
        element("div", {},
            element("strong", {}, visible(title), element("span", { class: `word ${tone}` }, word)),
            element("span", { class: "figures" }, visible(check.figure)),
            meaning !== "" && element("small", {}, meaning),
            check.remedy !== "" && element("p", { class: "remedy" }, visible(check.remedy))));
}

export function validity_section(validity: Summary["validity"]): HTMLElement {
    const warned = validity.checks.some((check) => check.state === "warning");
    const lede = !validity.valid ? "No: the client itself distorted the figures. Mend what is named here and run again."
        : warned ? "Yes, with a remark. The figures describe the service, not this client."
            : "Yes. The figures describe the service, not this client.";
    const notes = validity.health.notes ?? [];
    return section("validity", "Could the client keep up?", lede,
        element("ul", { class: "checks" }, ...validity.checks.map(check_row)),
        notes.length > 0 && element("ul", { class: "notes" }, ...notes.map((note) => element("li", {}, visible(note)))));
}
