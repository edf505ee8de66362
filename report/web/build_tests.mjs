// Compiles the page's tests in tests/report/web, each into one module: node build_tests.mjs OUT
import { build } from "esbuild";
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const tests = resolve(dirname(fileURLToPath(import.meta.url)), "../../tests/report/web");

/** The browser's driver stays in node_modules of this room, wherever the tests are built. */
const driver = {
    name: "driver",
    setup({ onResolve }) {
        const file = createRequire(import.meta.url).resolve("playwright-core").replace(/index\.js$/, "index.mjs");
        onResolve({ filter: /^playwright-core$/ }, () => ({ path: pathToFileURL(file).href, external: true }));
    },
};

const names = (await readdir(tests)).filter((name) => name.endsWith("_test.ts"));
await build({
    entryPoints: names.map((name) => join(tests, name)),
    outdir: resolve(process.argv[2] ?? "."),
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node18",
    sourcemap: "inline",
    logLevel: "warning",
    tsconfigRaw: "{}",
    plugins: [driver],
});
