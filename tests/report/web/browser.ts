// A real Chromium for the page's tests. FIXTURES names the directory of the reports that the C++ exporter wrote.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { pathToFileURL } from "node:url";
import { chromium, type BrowserContext, type Page } from "playwright-core";

const executable = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const fixtures = resolve(process.env["FIXTURES"] ?? "");

let profile: string;
let context: BrowserContext;

before(async () => {
    assert.ok(existsSync(executable), `The browser test needs Chromium at ${executable}: install the package chromium, or set CHROMIUM.`);
    profile = await mkdtemp(join(tmpdir(), "streamgauge-chromium-"));
    context = await chromium.launchPersistentContext(profile, {
        executablePath: executable, headless: true, viewport: { width: 1400, height: 900 },
        args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
});

after(async () => {
    await context?.close();
    if (profile !== undefined) await rm(profile, { recursive: true, force: true });
});

export interface Opened {
    page: Page;
    /** Console errors, script errors, blocked content, dialogs and requests beyond the file itself. */
    complaints: string[];
}

export interface Look {
    width?: number;
    dark?: boolean;
    /** Motion is allowed; most tests want none, so that nothing moves under the pointer. */
    moving?: boolean;
}

export async function open(name: string, look: Look = {}): Promise<Opened> {
    const page = await context.newPage();
    const complaints: string[] = [];
    const url = pathToFileURL(join(fixtures, name)).href;
    page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on("request", (request) => { if (request.url() !== url && !request.url().startsWith("data:")) complaints.push(`request: ${request.url()}`); });
    await page.setViewportSize({ width: look.width ?? 1400, height: 900 });
    await page.emulateMedia({ colorScheme: look.dark ? "dark" : "light", reducedMotion: look.moving ? "no-preference" : "reduce" });
    await page.goto(url);
    await page.waitForSelector("footer");
    return { page, complaints };
}
