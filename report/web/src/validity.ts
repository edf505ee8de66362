// Could the client keep up? If not, no figure below means anything.
import { element, section } from "./dom.js";
import { visible, words } from "./format.js";
import { icon, type Tone } from "./status.js";
import type { Summary, ValidityCheck } from "./run.js";

const names: Record<string, [title: string, meaning: string]> = {
    send_lag: ["Send lag", "from the moment a request was due until it was written"],
    uncertain_tokens: ["Uncertain tokens", "arrivals that a pause of the client itself could have grouped"],
    delivered_load: ["Delivered load", "requests started of those that were due"],
    clock: ["Clock", "steps of the system's clock during the run"],
    rows: ["Records", "requests the writer could not keep"],
    receive_lag: ["Receive lag", "from the kernel's receive stamp to the client's read"],
    loop_lag: ["Loop lag", "how late the workers' timers fired"],
    processor: ["Processor", "how much of the time the workers were busy"],
    core_wait: ["Wait for a core", "how much of the time the workers were ready but other programs ran"],
    kernel_stamps: ["Kernel stamps", "reads that had to be timed by the client instead"],
    descriptors: ["Open files", ""],
    ports: ["Local ports", ""],
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
    const rank = { invalid: 0, warning: 1, ok: 2 };
    const checks = [...validity.checks].sort((a, b) => rank[a.state] - rank[b.state]);
    const notes = validity.health.notes ?? [];
    return section("validity", "Could the client keep up?", lede,
        element("ul", { class: "checks" }, ...checks.map(check_row)),
        notes.length > 0 && element("ul", { class: "notes" }, ...notes.map((note) => element("li", {}, visible(note)))));
}
