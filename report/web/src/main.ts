// Puts the report together: reads the run's data from the page and lays out one section after the other.
import { buffering_section } from "./buffering.js";
import { Choice } from "./choice.js";
import { baseline_section, comparison_page } from "./comparison.js";
import { connections_section } from "./connections.js";
import { contents, skip_link } from "./contents.js";
import { course_section } from "./course.js";
import { curves_section } from "./curves.js";
import { definitions_footer } from "./definitions.js";
import { element } from "./dom.js";
import { expectations_section } from "./expectations.js";
import { figures_section } from "./figures.js";
import { visible } from "./format.js";
import { histograms_section } from "./histogram.js";
import { labels_section } from "./labels.js";
import { outcomes_section } from "./outcomes.js";
import { pairs_section } from "./pairs.js";
import { raster_section } from "./raster.js";
import { watch_theme } from "./theme.js";
import { validity_section } from "./validity.js";
import { verdict_header, verdict_word } from "./verdict.js";
import { waterfall_section } from "./waterfall.js";
import type { ComparedRuns, Group, Run } from "./run.js";

/** All measured phases together first, then each phase; one phase alone needs no choice. */
function phase_choice(groups: Group[]): Choice {
    const names = [...new Set(groups.map((group) => group.phase))];
    const measured = names.filter((name) => name !== "" && !groups.some((group) => group.phase === name && group.warmup));
    const warmups = names.filter((name) => name !== "" && !measured.includes(name));
    const options = [];
    if (names.includes("")) options.push({ value: "", label: measured.length > 1 ? "all measured" : measured[0] === undefined ? "measured" : visible(measured[0]) });
    if (measured.length > 1 || !names.includes("")) options.push(...measured.map((name) => ({ value: name, label: visible(name) })));
    options.push(...warmups.map((name) => ({ value: name, label: /warm/i.test(name) ? visible(name) : `${visible(name)} (warm-up)` })));
    return new Choice(options, options[0]?.value ?? "");
}

function lay_out(run: Run, page: HTMLElement): void {
    const { summary, rasters } = run;
    const targets = summary.run.targets.map((target) => target.name);
    const phase = phase_choice(summary.groups);
    const whole = summary.groups.filter((group) => group.phase === "");
    const measured = summary.groups.length > 0;
    const sections = [
        expectations_section(summary.verdict.expectations, run.conditions),
        baseline_section(summary.baseline),
        validity_section(summary.validity),
        measured && figures_section(summary.groups, targets, phase),
        labels_section(summary.labels ?? [], targets),
        raster_section(rasters, whole, targets),
        whole.length > 0 && buffering_section(whole, rasters, targets),
        pairs_section(summary.comparisons ?? [], summary.hops, targets, phase),
        measured && curves_section(summary.groups, targets, phase),
        measured && histograms_section(summary.groups, targets, phase),
        course_section(run.courses, targets, summary.run.phases),
        measured && connections_section(summary.groups, targets, phase),
        waterfall_section(rasters, targets),
        measured && outcomes_section(summary.groups, phase),
    ].filter((made): made is HTMLElement => made !== false);
    page.replaceChildren(skip_link(), verdict_header(run), contents(sections),
        element("main", { id: "results", tabindex: "-1" }, ...sections), definitions_footer(run));
    document.title = `${visible(summary.run.scenario_name)}: ${verdict_word(summary)[1].toLowerCase()} (streamgauge)`;
}

const page = document.getElementById("page");
const run = JSON.parse(document.getElementById("run")?.textContent ?? "null") as Run | ComparedRuns | null;
if (page !== null) {
    watch_theme();
    if (run === null) page.replaceChildren(element("p", { class: "notice" }, "This page holds no run. streamgauge report RUN --html FILE writes one."));
    else if ("comparison" in run) comparison_page(run.comparison, page);
    else lay_out(run, page);
}
