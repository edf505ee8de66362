// Opens real reports, written by the C++ exporter, in Chromium.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { open } from "./browser.js";

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

test("dragging, keys and buttons zoom all rasters together, and back", async () => {
    const { page, complaints } = await open("gateway.html");
    const canvas = page.locator("#arrivals canvas").first(), shown = page.locator(".zoom output");
    await painted(page, "#arrivals canvas");
    const picture = (index: number): Promise<string> => page.locator("#arrivals canvas").nth(index).evaluate((one) => (one as HTMLCanvasElement).toDataURL());
    const whole = await shown.innerText();
    assert.match(whole, /^0\sms to \d/);
    const before = [await picture(0), await picture(1)];
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + 180, box.y + 60, { steps: 4 });
    await page.mouse.up();
    const dragged = await shown.innerText();
    assert.notEqual(dragged, whole);
    assert.notEqual(await picture(0), before[0]);
    assert.notEqual(await picture(1), before[1], "the other target follows");
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await shown.innerText(), dragged);
    await page.keyboard.press("Escape");
    assert.ok(await page.getByRole("button", { name: "Show the whole time" }).isDisabled());
    const all = await shown.innerText();
    await page.getByRole("button", { name: "Zoom in" }).click();
    assert.notEqual(await shown.innerText(), all);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await shown.innerText(), all, "the next button zooms out, by keyboard");
    assert.deepEqual(complaints, []);
    await page.close();
});

test("the pointer on a dot tells its time and tokens", async () => {
    const { page } = await open("gateway.html");
    await painted(page, "#arrivals canvas");
    const canvas = page.locator("#arrivals canvas").nth(1), hint = page.locator("#arrivals .hint").nth(1);
    const seen = new Set<string>();
    for (let x = 60; x < 260; x += 4) {
        await canvas.hover({ position: { x, y: 200 } });
        seen.add(/here (\d+) token events? at /.exec(await hint.innerText())?.[1] ?? "");
    }
    assert.ok([...seen].some((tokens) => Number(tokens) > 8), `blocks of many tokens: ${[...seen].join(" ")}`);
    await page.close();
});

test("a held target stands beside its ideal, with the distribution of hold and the remedy", async () => {
    const { page, complaints } = await open("gateway.html");
    const card = page.getByRole("article", { name: "Buffering of gateway" });
    assert.equal(await card.locator(".ideal canvas").count(), 2);
    const pixels = await card.locator(".ideal canvas").evaluateAll((all) => all.map((one) => (one as HTMLCanvasElement).toDataURL().length));
    assert.ok(pixels.every((length) => length > 2000) && pixels[0] !== pixels[1], String(pixels));
    assert.match(await card.innerText(), /released evenly[\s\S]*How long tokens were held[\s\S]*estimated from this side[\s\S]*What mends it/);
    await card.getByText("Figures as a table").click();
    assert.match(await card.locator("details table").first().innerText(), /p95\s+[23]\d\d\sms[\s\S]*286\s\S\s312\sms/);
    const direct = page.getByRole("article", { name: "Buffering of direct" });
    assert.match(await direct.innerText(), /95 of 100 token events were held for less than 1\sms/);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("the slowest requests open into their steps", async () => {
    const { page, complaints } = await open("gateway.html");
    const falls = page.locator("#slowest .fall");
    assert.equal(await falls.count(), 16);
    await falls.first().locator("summary").focus();
    await page.keyboard.press("Enter");
    assert.match(await falls.first().innerText(), /Request\s+[0-9a-f]{8}-[0-9a-f-]{27}[\s\S]*to the first token[\s\S]*streaming/);
    assert.match(await page.innerText("#connections"), /\d+ of 1,200 requests opened a connection/);
    await page.locator("#connections").getByText("Figures as a table").click();
    assert.match(await page.innerText("#connections table"), /DNS[\s\S]*1\sms[\s\S]*TCP[\s\S]*9\sms[\s\S]*TLS[\s\S]*21\sms/);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("pairs show what the way adds, and which hop holds", async () => {
    const { page, complaints } = await open("compared.html");
    const pairs = page.locator("#pairs");
    assert.match(await pairs.innerText(), /1 target against direct[\s\S]*gateway\s+holds\s+direct[\s\S]*Tokens are held at gateway[\s\S]*holds tokens back[\s\S]*The order matters/);
    assert.equal(await pairs.getByRole("img", { name: /^gateway: 318\sms, 95 % interval 309\s\S\s327\sms$/ }).count(), 1);
    await pairs.getByRole("figure").filter({ hasText: "What the way adds" }).getByText("Figures as a table").click();
    assert.match(await pairs.locator("details[open] table").last().innerText(), /118\s+2 failed[\s\S]*318\sms[\s\S]*292\sms[\s\S]*12\sms\s+p = 0.031, it matters[\s\S]*0.4\s%/);
    await page.locator("#pairs").getByLabel("peak", { exact: true }).check();
    assert.match(await pairs.innerText(), /No pairs in this phase/);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("a label has a table of its values, target by target", async () => {
    const { page, complaints } = await open("compared.html");
    const labels = page.locator("#labels");
    assert.match(await labels.innerText(), /By label[\s\S]*cache\s+header x-cache[\s\S]*HIT\s+direct[\s\S]*MISS\s+direct[\s\S]*\(none\)\s+direct[\s\S]*HIT\s+gateway/);
    assert.equal(await labels.locator("tbody tr").count(), 6);
    assert.match(await labels.locator("tbody tr").first().innerText(), /700\s+1\s%\s+7 of 700\s+\d+\sms\s+[\d.]+\s\S\s[\d.]+\sms/, "a percentile stands with its interval");
    assert.equal(await page.locator(".contents a[href='#labels']").count(), 1);
    assert.deepEqual(complaints, []);
    await page.close();
});

/** How many lines the text of each element takes. */
const lines = (page: Page, selector: string): Promise<number[]> => page.locator(selector).evaluateAll((all) => all.map((one) => {
    const texts = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange();
    const tops = new Set<number>();
    while (texts.nextNode() !== null) {
        range.selectNodeContents(texts.currentNode);
        for (const box of range.getClientRects()) tops.add(Math.round(box.top));
    }
    return tops.size;
}));

for (const width of [1400, 1100, 390]) {
    test(`what an expectation allows stays in one line at ${width} px`, async () => {
        const { page } = await open("compared.html", { width });
        const found = await lines(page, ".expectations td.limit");
        assert.equal(found.length, 16);
        assert.ok(found.every((count) => count === 1), String(found));
        await page.close();
    });
}

for (const dark of [false, true]) {
    test(`on a phone the table of a label scrolls in its box, its values stay, ${dark ? "dark" : "light"}`, async () => {
        const { page, complaints } = await open("compared.html", { width: 390, dark });
        const box = page.locator("#labels .scroll");
        assert.ok(await box.evaluate((one) => one.scrollWidth > one.clientWidth + 100));
        assert.deepEqual(await page.locator("#labels thead th").allInnerTexts(),
            ["value", "requests", "errors", "TTFT p50", "TTFT p95", "TTFT p99", "TPOT p50", "TPOT p95", "E2E p50", "E2E p95"], "each heading says what it is, whatever is scrolled away");
        for (const cells of ["#labels thead th", "#labels td:nth-child(5) small"]) assert.ok((await lines(page, cells)).every((count) => count === 1), cells);
        const value = page.locator("#labels tbody th").first();
        const before = (await value.boundingBox())!;
        await box.evaluate((one) => { one.scrollLeft = 150; });
        const after = (await value.boundingBox())!;
        assert.equal(after.x, before.x);
        const [paper, behind] = await value.evaluate((one) => [getComputedStyle(document.body).backgroundColor, getComputedStyle(one).backgroundColor]);
        assert.equal(behind, paper, "what scrolls past does not shine through");
        assert.deepEqual(complaints, []);
        await page.close();
    });
}

test("on a phone the names of targets are not broken", async () => {
    const { page } = await open("compared.html", { width: 390 });
    for (const heads of ["#outcomes thead th", "#figures thead th.figure"]) {
        const found = await lines(page, heads);
        assert.ok(found.length > 2 && found.every((count) => count === 1), `${heads}: ${found}`);
    }
    await page.close();
});

test("a legend tells figures only where the pointer is", async () => {
    const { page } = await open("compared.html");
    const chart = page.locator("#percentiles .chart").first();
    await chart.locator(".u-over").waitFor();
    assert.match(await chart.locator(".u-legend").innerText(), /^\s*direct\s+gateway\s*$/);
    await chart.locator(".u-over").hover({ position: { x: 1, y: 60 } });
    assert.match(await chart.locator(".u-legend").innerText(), /at p50\s+direct\s*\d+\sms\s+gateway\s*\d+\sms/, "the curve begins at the median");
    await page.close();
});

test("the baseline shows each change with its interval and verdict", async () => {
    const { page, complaints } = await open("compared.html");
    const section = page.locator("#baseline");
    assert.match(await section.innerText(), /Against the baseline[\s\S]*runs\/1, runs\/2[\s\S]*1 of 5 gated figures got worse/);
    const rows = section.locator("tbody tr");
    assert.equal(await rows.count(), 6);
    assert.match(await rows.first().innerText(), /ttft\.p95\s+gated\s+gateway, steady\s+worse\s+\+25\.0\s%\s+\+19\.0\s\S\s\+31\.0\s%\s+200\sms\s+250\sms/);
    const undecided = await rows.filter({ hasText: "max_gap.p95" }).innerText();
    assert.match(undecided, /undecided\s+the phase is too short[^+]*\+10\.0\s%\s+300\sms\s+330\sms/, "bare figures, with the reason");
    assert.match(await rows.filter({ hasText: "errors" }).innerText(), /\+0\.10\spoints[\s\S]*0\.4\s%\s+0\.5\s%/);
    assert.match(await rows.last().innerText(), /e2e\.p95\s+gateway/, "what is not gated comes last");
    assert.match(await section.innerText(), /3 damaged rows[\s\S]*Within these runs only[\s\S]*at least 5\s% and 2\sms, of errors 0\.5\s%/);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("compared runs have a page of their own", async () => {
    const { page, complaints } = await open("runs.html");
    assert.match(await page.innerText("header"), /1 of 5 gated figures got worse[\s\S]*baseline\s+runs\/1[\s\S]*candidate\s+runs\/new/i);
    assert.match(await page.title(), /1 of 5 gated figures got worse/);
    assert.equal(await page.locator("#comparison tbody tr").count(), 6);
    for (const role of ["banner", "main", "contentinfo"] as const) assert.equal(await page.getByRole(role).count(), 1, role);
    assert.deepEqual(complaints, []);
    await page.close();
});

test("several runs have a column each, and hostile names stay text", async () => {
    const { page, complaints } = await open("hostile_runs.html");
    assert.deepEqual(await page.locator("#comparison thead th").allInnerTexts(), ["figure", "baseline", "run 1", "run 2"]);
    assert.match(await page.locator("#comparison tbody tr").first().innerText(), /250\sms\s+\+25\.0\s%[\s\S]*worse[\s\S]*250\sms[\s\S]*better/);
    const text = await page.innerText("body");
    for (const part of ["</script><script>alert(5)</script>", "<img src=x onerror=alert(6)>", "<b>bold</b>", "\u241b[31mred"]) {
        assert.ok(text.includes(part), `${part} is shown as it came`);
    }
    assert.equal(await page.locator("#page img, #page script, #page b, #page a").count(), 0);
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
    // Everything that can be opened, opened: no text became an element anywhere.
    await page.locator("details:not([open]) > summary").evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()));
    assert.equal(await page.locator("body i, body b, main img, main script, main a, body iframe").count(), 0);
    assert.ok((await page.innerText("#slowest")).includes("<img src=x onerror=alert(2)>"), "a body shows as it came");
    assert.match(await page.innerText("#labels tbody th"), /^HIT<img src=x onerror=alert\(2\)>\u241b\[31mred/);
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

test("the notice of what the page contains goes along, in full", async () => {
    const { page } = await open("healthy.html");
    const notices = await page.evaluate(() => [...document.body.childNodes].filter((node) => node.nodeType === Node.COMMENT_NODE).map((node) => node.textContent ?? ""));
    assert.equal(notices.length, 1);
    assert.match(notices[0]!, /This page contains uplot \d+\.\d+\.\d+:\s+The MIT License[\s\S]*Copyright \(c\) \d{4} Leon Sorokin[\s\S]*shall be included in\s+all copies[\s\S]*THE SOFTWARE IS PROVIDED "AS IS"/);
    await page.close();
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

for (const name of ["gateway.html", "compared.html", "healthy.html", "empty.html", "hostile.html", "runs.html", "hostile_runs.html"]) {
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

test("a report prints on light paper, without what only a screen can do", async () => {
    const { page, complaints } = await open("healthy.html", { dark: true });
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 20_000);
    await page.emulateMedia({ media: "print" });
    for (const screen_only of [".contents", ".zoom", ".choice", ".hint"]) {
        assert.equal(await page.locator(screen_only).filter({ visible: true }).count(), 0, screen_only);
    }
    assert.ok(await page.locator("#figures table").first().isVisible());
    assert.deepEqual(complaints, []);
    await page.close();
});
