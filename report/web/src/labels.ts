// Answers told apart by a header of the response: each value's figures beside the others'.
import { element, section, table, type Child } from "./dom.js";
import { percentile_cell } from "./figures.js";
import { count, percent, visible } from "./format.js";
import { swatch } from "./status.js";
import type { Label, LabelledGroup } from "./run.js";

function errors_cell(group: LabelledGroup): Child {
    const { errors } = group;
    return element("div", {}, percent(errors.of === 0 ? 0 : errors.count / errors.of), errors.count > 0 && element("small", {}, `${count(errors.count)} of ${count(errors.of)}`));
}

function label_table(label: Label, order: readonly string[]): HTMLElement {
    const figures: [title: string, metric: string, quantile: number][] = [
        ["TTFT p50", "ttft", 0.5], ["TTFT p95", "ttft", 0.95], ["TTFT p99", "ttft", 0.99], ["TPOT p50", "tpot", 0.5], ["TPOT p95", "tpot", 0.95], ["E2E p50", "e2e", 0.5], ["E2E p95", "e2e", 0.95]];
    const rows = label.groups.map((group): Child[] => [
        element("div", {}, visible(group.value), element("small", {}, swatch(order.indexOf(group.target)), " ", visible(group.target))),
        count(group.due), errors_cell(group),
        ...figures.map(([, metric, quantile]) => percentile_cell(group.metrics[metric], quantile))]);
    return element("div", { class: "label" },
        element("h3", {}, `${visible(label.name)} `, element("span", { class: "quiet" }, `header ${visible(label.header)}`)),
        table(`By ${visible(label.name)}`, [{ title: "value" }, { title: "requests", figure: true }, { title: "errors", figure: true },
            ...figures.map(([title]) => ({ title, figure: true }))], rows));
}

export function labels_section(labels: readonly Label[], order: readonly string[]): HTMLElement | false {
    const known = labels.filter((label) => label.groups.length > 0);
    if (known.length === 0) return false;
    return section("labels", "By label", "Answers told apart by a header of the response, over all measured phases. (none): the header was not there, or no answer came; (other): values beyond the first twenty.",
        ...known.map((label) => label_table(label, order)));
}
