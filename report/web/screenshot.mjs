// Takes a picture of a report.
// Usage: node screenshot.mjs REPORT.html OUT.png [--dark] [--width N] [--clip] [--section ID]
//   --clip        only the first screen (3:2) instead of the whole page
//   --section ID  only one section: expectations, validity, figures, arrivals, percentiles, course, outcomes, buffering
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";

const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
        dark: { type: "boolean", default: false },
        width: { type: "string", default: "1400" },
        clip: { type: "boolean", default: false },
        section: { type: "string" },
    },
});
const [report, out] = positionals;
const width = Number(values.width);
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

function refuse(sentence) {
    console.error(sentence);
    process.exit(2);
}
if (report === undefined || out === undefined || positionals.length > 2) refuse("usage: screenshot.mjs REPORT.html OUT.png [--dark] [--width N] [--clip] [--section ID]");
if (!existsSync(report)) refuse(`${report}: no such file`);
if (!(width >= 200 && width <= 8000)) refuse(`--width ${values.width}: give pixels from 200 to 8000`);
if (!existsSync(executablePath)) refuse(`Chromium is not at ${executablePath}: install the package chromium, or set CHROMIUM`);

const profile = await mkdtemp(join(tmpdir(), "streamgauge-chromium-"));
const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height: Math.round((width * 2) / 3) },
    colorScheme: values.dark ? "dark" : "light",
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars"],
});
try {
    const page = await context.newPage();
    await page.goto(pathToFileURL(resolve(report)).href);
    await page.waitForSelector("footer");
    // Charts draw when they first get a width: two frames later everything stands.
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    if (values.section !== undefined) {
        const box = await page.locator(`#${values.section}`).boundingBox({ timeout: 5000 });
        await page.screenshot({ path: out, fullPage: true, clip: { x: 0, y: box.y - 40, width, height: box.height + 80 } });
    } else {
        await page.screenshot({ path: out, fullPage: !values.clip });
    }
} finally {
    await context.close();
    await rm(profile, { recursive: true, force: true });
}
