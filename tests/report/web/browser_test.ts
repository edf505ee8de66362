// Opens real reports, written by the C++ exporter, in Chromium. FIXTURES names their directory.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
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

interface Opened {
    page: Page;
    /** Console errors, script errors, blocked content, dialogs and requests beyond the file itself. */
    complaints: string[];
}

async function open(name: string, options: { width?: number; dark?: boolean } = {}): Promise<Opened> {
    const page = await context.newPage();
    const complaints: string[] = [];
    const url = pathToFileURL(join(fixtures, name)).href;
    page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
    page.on("request", (request) => { if (request.url() !== url && !request.url().startsWith("data:")) complaints.push(`request: ${request.url()}`); });
    await page.setViewportSize({ width: options.width ?? 1400, height: 900 });
    await page.emulateMedia({ colorScheme: options.dark ? "dark" : "light" });
    await page.goto(url);
    await page.waitForSelector("footer");
    return { page, complaints };
}

/** How many pixels of a canvas are not transparent, and the commonest strong colour. */
async function painted(page: Page, selector: string): Promise<{ pixels: number; share: number }> {
    await page.waitForFunction((s) => (document.querySelector<HTMLCanvasElement>(s)?.width ?? 0) > 300, selector);
    return page.evaluate((s) => {
        const canvas = document.querySelector<HTMLCanvasElement>(s)!;
        const data = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
        let pixels = 0;
        for (let i = 3; i < data.length; i += 4) if (data[i]! > 0) ++pixels;
        return { pixels, share: pixels / (canvas.width * canvas.height) };
    }, selector);
}

test("a report shows its verdict, every section and no complaint", async () => {
    const { page, complaints } = await open("gateway.html");
    assert.match(await page.innerText(".verdict"), /^Failed\s+(?!Failed)\S/);
    assert.match(await page.title(), /Chat through the gateway/);
    assert.match(await page.innerText(".facts"), /18446744073709551557/, "a seed beyond 2^53 keeps every digit");
    assert.deepEqual(await page.locator("main > section > h2").allInnerTexts(), [
        "Expectations", "Could the client keep up?", "Figures", "Arrivals", "Buffering", "Percentiles", "Distributions", "Over time",
        "To the first token", "Slowest requests", "Outcomes"]);
    const rows = page.locator(".expectations tbody tr");
    assert.equal(await rows.count(), 16, "four checks on two targets in two phases");
    assert.match(await rows.first().innerText(), /missed/, "what failed comes first");
    assert.match(await page.innerText(".expectations"), /errors < 1%\s+implied/);
    assert.match(await page.innerText("#validity"), /Yes[\s\S]*Receive lag\s*ok\s*p50 .*p99 /);
    assert.match(await page.innerText("#figures"), /buffering\s+none\s+block/);
    assert.match(await page.innerText("#arrivals"), /Held in blocks of 4,096/);
    assert.match(await page.innerText("#outcomes"), /try again in 2s/);
    assert.match(await page.innerText("#buffering"), /held back, 4096 bytes at a time/);
    assert.equal(await page.locator(".chart .u-over").count(), 15, "a hold, four curves, four histograms and six courses");
    assert.deepEqual(complaints, []);
    await page.close();
});

test("the raster paints and names streams by pointer and keyboard", async () => {
    const { page, complaints } = await open("gateway.html");
    const canvas = page.locator(".raster canvas").first();
    assert.ok((await painted(page, ".raster canvas")).pixels > 5000);
    await canvas.hover({ position: { x: 200, y: 60 } });
    const hint = page.locator(".raster .hint").first();
    assert.match(await hint.innerText(), /^[0-9a-f]{8}-[0-9a-f-]{27} · .*(first token|no token)/);
    await canvas.focus();
    await page.keyboard.press("Home");
    const first = await hint.innerText();
    await page.keyboard.press("ArrowDown");
    assert.notEqual(await hint.innerText(), first);
    const drawer = page.locator("#arrivals figure details").first();
    await drawer.locator("summary").click();
    await drawer.locator("table").waitFor();
    assert.equal(await drawer.locator("tbody tr").count(), 150);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("a buffered path leaves gaps where a streaming one has grain", async () => {
    const { page } = await open("gateway.html");
    await painted(page, ".raster canvas");
    // Arrivals per stream as the table tells them: a token each, or a block each.
    const means = await page.evaluate(() => {
        const run = JSON.parse(document.getElementById("run")!.textContent!) as { rasters: { streams: { tokens: number; steps: number[] }[] }[] };
        return run.rasters.map((raster) => {
            const told = raster.streams.filter((stream) => stream.steps.length > 0);
            return told.reduce((sum, stream) => sum + stream.tokens / stream.steps.length, 0) / told.length;
        });
    });
    assert.ok(means[0]! < 1.1 && means[1]! > 8, String(means));
    await page.close();
});

test("the phase changes the figures", async () => {
    const { page, complaints } = await open("gateway.html");
    const due = page.locator("#figures tbody tr").nth(1);
    const all = await due.innerText();
    await page.locator("#figures").getByLabel("peak", { exact: true }).check();
    assert.notEqual(await due.innerText(), all);
    assert.equal(await page.locator("#percentiles input:checked").getAttribute("value"), "peak", "the choice is one for the page");
    assert.match(await page.innerText("#outcomes"), /completed/);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("hostile text stays text", async () => {
    const { page, complaints } = await open("hostile.html");
    const text = await page.innerText("body");
    for (const part of ["</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "&lt;b&gt;&amp;&#x3c;script&#x3e;", "__proto__", "\u241b[31mred"]) {
        assert.ok(text.includes(part), `${part} is shown as it came`);
    }
    assert.ok(!text.includes("\u001b"), "no control character reaches the page");
    assert.match(await page.innerText(".expectations .not_measured"), /not measured[\s\S]*<\/script>/);
    assert.match(await page.innerText("#validity li.warning"), /warning[\s\S]*<\/script>/);
    assert.equal(await page.locator("main img, main script, main a, main b, main i, main iframe").count(), 0);
    await page.locator("#arrivals figure details summary").first().click();
    await page.locator("#arrivals figure details table").first().waitFor();
    assert.match(await page.innerText("#arrivals figure details"), /<i>[0-9a-f]{8}/);
    assert.equal(await page.locator("main i").count(), 0);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("the content policy lets no other script run and no request leave", async () => {
    let hits = 0;
    const server = createServer((_request, response) => {
        ++hits;
        response.end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    const { page, complaints } = await open("healthy.html");
    const ran = await page.evaluate(async (origin) => {
        const script = document.createElement("script");
        script.textContent = "window.intruder = true";
        document.body.append(script);
        const image = document.createElement("img");
        const failed = new Promise((done) => image.addEventListener("error", done));
        image.src = `${origin}/track.png`;
        document.body.append(image);
        await failed;
        await fetch(`${origin}/data`).catch(() => undefined);
        return "intruder" in window;
    }, `http://127.0.0.1:${port}`);
    assert.equal(ran, false);
    assert.equal(hits, 0);
    assert.equal(complaints.filter((text) => /Content Security Policy/.test(text)).length >= 3, true, "the browser names all three");
    await page.close();
    await new Promise((closed) => server.close(closed));
});

test("dark and light differ, on the page and in the canvas", async () => {
    const { page, complaints } = await open("healthy.html", { dark: true });
    const look = (): { paper: string; legend: string; pixel: string } => {
        const canvas = document.querySelector<HTMLCanvasElement>(".raster canvas")!;
        const data = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height).data;
        const tally = new Map<string, number>();
        for (let i = 0; i < data.length; i += 4) {
            if (data[i + 3] !== 255) continue;
            const key = `${data[i]},${data[i + 1]},${data[i + 2]}`;
            tally.set(key, (tally.get(key) ?? 0) + 1);
        }
        const marker = document.querySelector(".chart .u-series:last-child .u-marker")!;
        return { paper: getComputedStyle(document.body).backgroundColor, legend: getComputedStyle(marker).borderBottomColor, pixel: [...tally].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "" };
    };
    await painted(page, ".raster canvas");
    await page.waitForSelector(".chart .u-series:last-child .u-marker", { state: "attached" });
    const dark = await page.evaluate(look);
    await page.emulateMedia({ colorScheme: "light" });
    // Styles follow the theme at once, charts and canvas a few frames later, when their listener has run.
    const followed = (now: typeof dark): boolean => now.paper !== dark.paper && now.legend !== dark.legend && now.pixel !== dark.pixel;
    let light = await page.evaluate(look);
    for (let frame = 0; frame < 300 && !followed(light); ++frame) {
        await page.evaluate(() => new Promise(requestAnimationFrame));
        light = await page.evaluate(look);
    }
    assert.ok(followed(light), `dark ${JSON.stringify(dark)}, light ${JSON.stringify(light)}`);
    assert.deepEqual(complaints, []);
    await page.close();
});

for (const name of ["gateway.html", "healthy.html", "empty.html", "hostile.html"]) {
    test(`${name} fits a phone`, async () => {
        const { page, complaints } = await open(name, { width: 390 });
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(width <= 390, `the page is ${width} px wide`);
        assert.deepEqual(complaints, []);
        await page.close();
    });
}

test("a run without figures says so and breaks nothing", async () => {
    const { page, complaints } = await open("empty.html");
    assert.match(await page.innerText(".verdict"), /Not measurable/);
    assert.match(await page.innerText("header"), /stopped early \(signal 2\)/);
    assert.equal(await page.locator("canvas").count(), 0);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("a report prints on light paper", async () => {
    const { page, complaints } = await open("healthy.html", { dark: true });
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 20_000);
    assert.deepEqual(complaints, []);
    await page.close();
});
