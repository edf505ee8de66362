// Can the page be used without a mouse, without seeing it, in either theme, and by whom motion makes sick?
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { open } from "./browser.js";

const reports = ["compared.html", "empty.html"];

test("landmarks, one first heading, no level skipped, every id once", async () => {
    for (const name of reports) {
        const { page } = await open(name);
        for (const role of ["banner", "navigation", "main", "contentinfo"] as const) assert.equal(await page.getByRole(role).count(), 1, `${name}: ${role}`);
        const outline = await page.evaluate(() => ({
            levels: [...document.querySelectorAll("h1, h2, h3, h4")].map((one) => Number(one.tagName.slice(1))),
            ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
            labels: [...document.querySelectorAll("[aria-labelledby]")].map((one) => document.getElementById(one.getAttribute("aria-labelledby")!) !== null),
            language: document.documentElement.lang,
        }));
        assert.equal(outline.levels.filter((level) => level === 1).length, 1);
        outline.levels.forEach((level, i) => assert.ok(level <= (outline.levels[i - 1] ?? 0) + 1, `${name}: h${level} follows h${outline.levels[i - 1]}`));
        assert.equal(new Set(outline.ids).size, outline.ids.length);
        assert.ok(outline.labels.every((found) => found));
        assert.equal(outline.language, "en");
        await page.close();
    }
});

test("everything that can be focused or is a picture has a name", async () => {
    const { page } = await open("compared.html");
    const nameless = await page.evaluate(() => {
        const name_of = (one: Element): string => one.getAttribute("aria-label") ?? (one as HTMLInputElement).labels?.[0]?.textContent ?? one.textContent ?? "";
        return [...document.querySelectorAll("a, button, input, summary, [tabindex='0'], [role=img], [role=application], svg:not([aria-hidden=true])")]
            .filter((one) => one.closest("[aria-hidden=true]") === null && name_of(one).trim() === "").map((one) => one.outerHTML.slice(0, 80));
    });
    assert.deepEqual(nameless, []);
    await page.close();
});

test("each chart has its figures as a table", async () => {
    const { page } = await open("compared.html");
    const drawers = page.locator("figure.chart:has(.plot) > details");
    assert.equal(await drawers.count(), await page.locator(".plot").count());
    for (const drawer of await drawers.all()) {
        await drawer.locator("summary").click();
        await drawer.locator("tbody tr").nth(1).waitFor();
        assert.notEqual(await drawer.locator("caption").innerText(), "");
    }
    await page.close();
});

test("the keyboard reaches the results first, and everything shows its focus", async () => {
    const { page } = await open("compared.html");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), "Skip to the results");
    assert.ok((await page.locator(".skip").boundingBox())!.y >= 0, "the link shows when it has the focus");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "results");
    const seen = new Set<string>();
    for (let i = 0; i < 40; ++i) {
        await page.keyboard.press("Tab");
        const found = await page.evaluate(() => {
            const one = document.activeElement!, shown = one instanceof HTMLInputElement ? one.nextElementSibling! : one;
            return { what: one.tagName, outline: parseFloat(getComputedStyle(shown).outlineWidth), style: getComputedStyle(shown).outlineStyle };
        });
        assert.ok(found.outline >= 2 && found.style !== "none", JSON.stringify(found));
        seen.add(found.what);
    }
    for (const kind of ["CANVAS", "BUTTON", "INPUT", "SUMMARY"]) assert.ok(seen.has(kind), `${kind} is among ${[...seen].join(" ")}`);
    await page.close();
});

/** Texts whose contrast is below WCAG AA (4.5, or 3 for large ones), with the figure. */
function faint_texts(page: Page): Promise<string[]> {
    return page.evaluate(() => {
        type Colour = [red: number, green: number, blue: number, alpha: number];
        const parse = (text: string): Colour => {
            const [red = 0, green = 0, blue = 0, alpha = 1] = (text.match(/[\d.]+/g) ?? []).map(Number);
            return [red, green, blue, alpha];
        };
        const over = (top: Colour, below: Colour): Colour => [0, 1, 2].map((i) => top[i]! * top[3] + below[i]! * (1 - top[3])).concat(1) as Colour;
        const paper = (one: Element | null): Colour => {
            if (one === null) return [255, 255, 255, 1];
            const own = parse(getComputedStyle(one).backgroundColor);
            return own[3] === 1 ? own : over(own, paper(one.parentElement));
        };
        const luminance = (colour: Colour): number => {
            const part = (value: number): number => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
            return 0.2126 * part(colour[0]) + 0.7152 * part(colour[1]) + 0.0722 * part(colour[2]);
        };
        const faint: string[] = [];
        for (const one of document.querySelectorAll<HTMLElement>("#page *")) {
            const own = [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent).join("").trim();
            if (own === "" || one.getClientRects().length === 0 || (one as HTMLButtonElement).disabled || one.closest("svg") !== null) continue;
            const style = getComputedStyle(one), below = paper(one);
            const [a, b] = [luminance(over(parse(style.color), below)), luminance(below)];
            const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
            if (contrast < (large ? 3 : 4.5)) faint.push(`${contrast.toFixed(2)} ${own.slice(0, 40)}`);
        }
        return faint;
    });
}

for (const dark of [false, true]) {
    test(`text stands out from its ground in the ${dark ? "dark" : "light"} theme`, async () => {
        for (const name of [...reports, "hostile.html"]) {
            const { page } = await open(name, { dark });
            await page.locator("details:not([open]) > summary").evaluateAll((all) => all.forEach((one) => (one as HTMLElement).click()));
            assert.deepEqual(await faint_texts(page), [], name);
            await page.close();
        }
    });

    test(`lines and fills of pictures stand out in the ${dark ? "dark" : "light"} theme`, async () => {
        const { page } = await open("compared.html", { dark });
        const faint = await page.evaluate(() => {
            const style = getComputedStyle(document.documentElement);
            const parts = (name: string): number[] => {
                const hex = style.getPropertyValue(name).trim();
                return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
            };
            const luminance = (name: string): number => { const [r, g, b] = parts(name); return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!; };
            const names = [1, 2, 3, 4, 5, 6].map((i) => `--series-${i}`).concat(["wait", "resolve", "connect", "tls", "header", "byte", "token", "stream"].map((step) => `--step-${step}`));
            return names.map((name) => {
                const [a, b] = [luminance(name), luminance("--paper")];
                return [name, (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)] as const;
            }).filter(([, contrast]) => !(contrast >= 3)).map(([name, contrast]) => `${name} ${contrast.toFixed(2)}`);
        });
        assert.deepEqual(faint, []);
        await page.close();
    });
}

test("nothing moves where the reader asked for stillness", async () => {
    const behaviour = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior);
    const moving = await open("healthy.html", { moving: true }), still = await open("healthy.html");
    assert.equal(await behaviour(moving.page), "smooth");
    assert.equal(await behaviour(still.page), "auto");
    await moving.page.close();
    await still.page.close();
});

for (const dark of [false, true]) {
    for (const width of [390, 1280]) {
        test(`no text is cut or runs over the edge at ${width} px, ${dark ? "dark" : "light"}`, async () => {
            const { page, complaints } = await open("compared.html", { width, dark });
            const wide = await page.evaluate((limit) => [...document.querySelectorAll<HTMLElement>("#page *")].filter((one) => {
                if (one.closest(".scroll, .unseen, .skip, pre, .u-wrap, svg, .expectations thead, .interval-axis") !== null) return false;
                return one.getBoundingClientRect().right > limit + 0.5;
            }).map((one) => `${one.tagName}.${one.className} ${one.textContent?.slice(0, 30)}`), width);
            assert.deepEqual(wide, []);
            assert.deepEqual(complaints, []);
            await page.close();
        });
    }
}
